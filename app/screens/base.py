"""The application under the portal with the commands that every screen has: jump, keys, theme, quit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from app.commands import Commanded, bindings, offers, reference
from app.i18n import _
from app.keymap import KeymapError, load_keymap
from app.widgets.base_app import SafeApp
from app.widgets.jump import JumpOverlay
from app.widgets.key_bar import Hint, KeyBar
from app.widgets.key_reference import KeyReference

THEMES: Final = ("dark", "light", "contrast", "ansi")


class CommandApp(SafeApp, Commanded):
    """Base of the portal's application; `keymap_file` holds the person's own keys.

    A subclass says what the palette is, in `do_portal_palette`.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "portal.palette", "portal.jump", "portal.keys", "portal.theme", "portal.quit"
    )

    def __init__(self, keymap_file: Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.keys: dict[str, str] = {}
        self.keymap_problem = ""
        if keymap_file is not None:
            try:
                self.keys = load_keymap(keymap_file)
            except KeymapError as error:
                self.keymap_problem = str(error)
        if self.keys:
            self.set_keymap(self.keys)

    def _on_ready(self) -> None:
        if self.keymap_problem:
            title = _("Your own keys are not in use")
            self.notify(self.keymap_problem, title=title, severity="error", timeout=20, markup=False)

    def hints(self) -> list[Hint]:
        """Return what the key bar shows for the active screen."""
        return [
            Hint(offer.command.id, offer.key, _(offer.command.title), offer.reason)
            for offer in offers(self)
            if offer.command.shown
        ]

    async def on_key_bar_chosen(self, message: KeyBar.Chosen) -> None:
        message.stop()
        await self.give(message.id)

    async def give(self, id: str) -> None:
        """Give the command `id` as if its key were pressed, where the active screen offers it."""
        for offer in offers(self):
            if offer.command.id == id:
                await self.run_action(offer.action, offer.node)
                return

    def do_portal_jump(self) -> None:
        def chosen(widget: Widget | None) -> None:
            if widget is not None:
                widget.focus()

        self.push_screen(JumpOverlay(self.screen), chosen)

    def do_portal_keys(self) -> None:
        self.push_screen(KeyReference(reference(self.keys)))

    def do_portal_theme(self) -> None:
        place = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(place + 1) % len(THEMES)]

    def do_portal_quit(self) -> None:
        self.exit(0)
