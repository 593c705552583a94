"""A field that takes one of a few values: shown in one line, changed by left, right, space or a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from app.text import safe
from app.widgets.painted import Painted, Run


class Choice(Painted, can_focus=True):
    """Shows the chosen option between arrows; `options` are (value, title)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,l", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
    ]
    value: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """Another option was chosen."""

        choice: Choice
        value: str

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", **kw: Any) -> None:
        super().__init__(**kw)
        self.options = list(options)
        self.set_reactive(Choice.value, value or (self.options[0][0] if self.options else ""))

    def watch_value(self, value: str) -> None:
        self.post_message(self.Changed(self, value))

    def lines(self, width: int) -> list[list[Run]]:
        title = dict(self.options).get(self.value, "")
        place = [value for value, _title in self.options].index(self.value) + 1 if title else 0
        return [
            [
                ("‹ ", "accent"),
                (safe(title), ""),
                (" ›", "accent"),
                (f"  {place}/{len(self.options)}", "muted"),
            ]
        ]

    def action_turn(self, step: int) -> None:
        values = [value for value, _title in self.options]
        if values:
            self.value = values[(values.index(self.value) + step) % len(values)]

    async def _on_click(self, event: events.Click) -> None:
        self.action_turn(-1 if event.x < 2 else 1)
