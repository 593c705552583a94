"""The bottom line: what can be done here and by which key, and always "? Need help" at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.message import Message

from app.i18n import _
from app.text import safe
from app.widgets.painted import Painted, Run, joined


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does, and why it does nothing now (empty when it works)."""

    id: str
    key: str
    title: str
    reason: str = ""


class KeyBar(Painted):
    """One line fed by `hints()`, which is asked again whenever the keys of the screen change.

    Hints that do not fit are left out from the end; a hint that cannot be used now is shown dimmed and in
    brackets, and says why when it is pressed or clicked.
    """

    @dataclass
    class Chosen(Message):
        """A hint was clicked; `id` is the command."""

        id: str

    def __init__(self, hints: Callable[[], Sequence[Hint]], **options: Any) -> None:
        super().__init__(**options)
        self._ask = hints
        self._hints: list[Hint] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.update())
        self.call_after_refresh(self.update)

    def update(self) -> None:
        """Ask for the hints again, and repaint when they changed."""
        if self.screen is not self.app.screen:
            return  # a dialog is above: what it offers is not ours to show
        hints = list(self._ask())
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        help = self._help()
        room = width - sum(cell_len(text) for text, _tone in help) - 1
        return [joined([run for _hint, pair in self._fitting(room) for run in pair], help, width)]

    def _help(self) -> list[Run]:
        return [(" ?", "accent"), (f" {_('Need help')} ", "")]

    def _fitting(self, room: int) -> list[tuple[Hint, list[Run]]]:
        shown: list[tuple[Hint, list[Run]]] = []
        for hint in self._hints:
            title = safe(hint.title)
            pair = [(f" {hint.key}", "muted" if hint.reason else "accent")]
            pair.append((f" ({title}) ", "muted") if hint.reason else (f" {title} ", ""))
            room -= sum(cell_len(text) for text, _tone in pair)
            if room < 0:
                break
            shown.append((hint, pair))
        return shown

    async def _on_click(self, event: events.Click) -> None:
        help_width = sum(cell_len(text) for text, _tone in self._help())
        if event.x >= self.size.width - help_width:
            self.post_message(self.Chosen("portal.help"))
            return
        at = 0
        for hint, pair in self._fitting(self.size.width - help_width - 1):
            at += sum(cell_len(text) for text, _tone in pair)
            if event.x < at:
                self.post_message(self.Chosen(hint.id))
                return
