"""All keys that work here, the nearest to the cursor first."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from app.commands import key_name
from app.i18n import _, mark
from app.widgets.modal import Modal


class KeyReference(Modal[None]):
    """What each key does on the screen below."""

    has_help = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,enter", "close", mark("Close"), id="keys.close"),
    ]

    def __init__(self, below: Screen[None]) -> None:
        super().__init__()
        self.lines = key_lines(below)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = Content(_("Keys on this screen"))
            with VerticalScroll():
                yield Static(Content("\n").join(self.lines), markup=False)
            yield Static(Content("esc " + _("Close")), classes="dialog-foot")

    def on_click(self) -> None:
        """A click closes."""
        self.dismiss()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()


def key_lines(screen: Screen[None]) -> list[Content]:
    """One line for each action: its keys, and what it does."""
    keys: dict[str, list[str]] = {}
    says: dict[str, str] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.description and (binding.id or binding.show) and not binding.system:
            keys.setdefault(binding.action, []).append(key_name(key))
            says[binding.action] = _(binding.description)
    lines = []
    for action, signs in keys.items():
        shown = " ".join(dict.fromkeys(signs))
        lines.append(
            Content.assemble((shown, "bold $text-accent"), " " * max(18 - cell_len(shown), 1), says[action])
        )
    return lines
