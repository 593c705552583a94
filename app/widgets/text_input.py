"""The one-line text field under every form."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from app.text import MARKS


class TextInput(Input, inherit_bindings=False):
    """A text field of one line that repaints only itself; what is pasted into it loses control codes.

    Textual's own field lays the whole screen out again for every character typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # ^K is the search over everything, from every field too.
        binding
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.key != "ctrl+k"
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A slash is text here, though Textual does not find the character of that key by its name."""
        return super().check_consume_key(key, "/" if key == "slash" else character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ctrl+K is the portal's search everywhere; Textual's field would delete with it."""
        return action != "delete_right_all"

    def on_key(self, event: events.Key) -> None:
        """A key with Alt is a command, never text."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        # Textual's own handler runs after this one and inserts what is left.
        lines = event.text.strip().splitlines() or [""]
        event.text = "".join(character for character in lines[0] if ord(character) not in MARKS)
