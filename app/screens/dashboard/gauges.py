"""A box of meters; each stands for something that enter or a click opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from app.i18n import mark
from app.text import safe
from app.widgets.columns import cell_text
from app.widgets.meter import Meter
from app.widgets.painted import Painted, Run

END = 10
ROOM_FOR_BAR = 21
"""Cells for the percentage with its word, and for that and a short bar, beside label and numbers."""
SHORTEST_LABEL = 12

Target = tuple[str, tuple[str, int] | None]
"""An area and the object in it."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One line: what, how much of how much, in words, and what it opens.

    total None: no bound; -1: only the text `numbers` is shown.
    """

    label: str
    used: int
    total: int | None
    numbers: str
    opens: Target


class Gauges(Painted, can_focus=True):
    """Meters under a title; painted again only when they differ."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", mark("Down"), show=False),
        Binding("up,k", "move(-1)", mark("Up"), show=False),
        Binding("enter", "open", mark("Open")),
    ]

    @dataclass
    class Opened(Message):
        """Something was chosen."""

        opens: Target

    def __init__(self, title: str, empty: str, label_width: int = 18, **options: Any) -> None:
        super().__init__(classes="box", **options)
        self.border_title = Content(safe(title))
        self.empty = empty
        self.label_width = label_width
        self.gauges: tuple[Gauge, ...] = ()
        self.cursor = 0

    def show(self, gauges: Sequence[Gauge]) -> None:
        """Show other figures; the cursor stays on its line."""
        if tuple(gauges) != self.gauges:
            taller = len(gauges) != len(self.gauges)
            self.gauges = tuple(gauges)
            self.cursor = min(self.cursor, max(len(gauges) - 1, 0))
            self.refresh(layout=taller)

    def lines(self, width: int) -> list[list[Run]]:
        if not self.gauges:
            return [[(safe(self.empty, cells=width), "muted")]]
        return [self._line(index, gauge, width) for index, gauge in enumerate(self.gauges)]

    def _line(self, index: int, gauge: Gauge, width: int) -> list[Run]:
        lead: Run = ("› ", "accent") if self.has_focus and index == self.cursor else ("  ", "")
        numbers = max((cell_len(each.numbers) for each in self.gauges if each.total != -1), default=0)
        longest = max(cell_len(each.label) for each in self.gauges)
        label = max(min(longest, width - numbers - ROOM_FOR_BAR), SHORTEST_LABEL)
        if gauge.total == -1:
            # Beside meters the texts begin where the bars do.
            label = label if numbers else self.label_width
            room = max(width - label - 3, 1)
            name = cell_text(gauge.label, label, "left") + " "
            return [lead, (name, ""), (cell_text(gauge.numbers, room, "left"), "muted")]
        meter = Meter(gauge.label, gauge.used, gauge.total, gauge.numbers, label, numbers, END)
        return [lead, *meter.lines(width - 2)[0]]

    def action_move(self, step: int) -> None:
        """Up and down; past the end the focus goes to the next box."""
        wanted = self.cursor + step
        if 0 <= wanted < len(self.gauges):
            self.cursor = wanted
            self.refresh()
        elif step > 0:
            self.screen.focus_next(Gauges)
        else:
            self.screen.focus_previous(Gauges)

    def action_open(self) -> None:
        """Open what the line stands for."""
        if self.gauges:
            self.post_message(self.Opened(self.gauges[self.cursor].opens))

    def on_focus(self) -> None:
        """The cursor shows only in the box that has the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """As above."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click chooses and opens."""
        index = event.get_content_offset(self)
        if index is not None and index.y < len(self.gauges):
            self.cursor = index.y
            self.refresh()
            self.action_open()
