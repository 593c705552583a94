"""The field for a long code: however it is typed or pasted, it stands there in groups of four."""

from __future__ import annotations

from typing import Any, Final

from app.widgets.text_input import TextInput

GROUP: Final = 4


def grouped(text: str) -> str:
    """Letters and digits in capitals, in groups of four with dashes between."""
    bare = "".join(sign for sign in text.upper() if sign.isalnum())
    return "-".join(bare[at : at + GROUP] for at in range(0, len(bare), GROUP))


class CodeInput(TextInput):
    """Small letters become capitals; spaces and dashes are put where they belong."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(grouped(value), **options)

    def replace(self, text: str, start: int, end: int) -> None:
        super().replace(text, start, end)
        before = grouped(self.value[: self.cursor_position])
        now = grouped(self.value)
        if now != self.value:
            self.value = now
        at_seam = len(before) < len(now) and now[len(before)] == "-" and bool(text)
        self.cursor_position = len(before) + at_seam

    def on_unmount(self) -> None:
        """What was typed goes with the screen."""
        self.set_reactive(TextInput.value, "")
