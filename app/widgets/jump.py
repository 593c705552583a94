"""Jump labels: a letter over everything that can take the cursor; pressing it goes there."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Label

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class JumpOverlay(ModalScreen[Widget | None]):
    """Shows a letter on each focusable widget of `below`; the result is the widget chosen, or None."""

    has_help = False

    def __init__(self, below: Screen[Any], **kw: Any) -> None:
        super().__init__(**kw)
        shown = [widget for widget in below.focus_chain if widget.region.area]
        shown.sort(key=lambda widget: (widget.region.y, widget.region.x))
        self.targets = dict(zip(LETTERS, shown, strict=False))

    def compose(self) -> ComposeResult:
        for letter, widget in self.targets.items():
            label = Label(f" {letter} ", classes="jump", markup=False)
            label.styles.offset = (widget.region.x, widget.region.y)
            yield label

    def on_click(self, event: events.Click) -> None:
        """A click goes to the part it is on."""
        here = (event.screen_x, event.screen_y)
        found = [widget for widget in self.targets.values() if widget.region.contains(*here)]
        self.dismiss(found[-1] if found else None)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(self.targets.get(event.character or ""))
