"""The one-line text field under every form."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from app.text import MARKS


class TextInput(Input):
    """A text field of one line that repaints only itself; what is pasted into it loses control codes.

    Textual's own field lays the whole screen out again for every character typed.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def on_key(self, event: events.Key) -> None:
        """A key with Alt is a command, never text."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual's own handler runs after this one and inserts what is left.
        lines = event.text.strip().splitlines() or [""]
        event.text = "".join(character for character in lines[0] if ord(character) not in MARKS)
