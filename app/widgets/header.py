"""The top of every screen: operator, selected service, who is signed in, and the areas on keys 1 to 6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.message import Message

from app.text import safe
from app.widgets.painted import Painted, Run, joined


class Header(Painted):
    """Two lines. Assign by `show()`; `areas` are (id, title) in the order of their keys."""

    @dataclass
    class AreaChosen(Message):
        """An area was clicked."""

        id: str

    class ServiceClicked(Message):
        """The selected service was clicked: offer the others."""

    def __init__(self, operator: str, areas: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.operator, self.areas = operator, list(areas)
        self.active = self.areas[0][0] if self.areas else ""
        self.service = self.person = ""

    def show(
        self,
        *,
        active: str | None = None,
        service: str | None = None,
        person: str | None = None,
        areas: Sequence[tuple[str, str]] | None = None,
    ) -> None:
        """Change what is given, and repaint."""
        self.active = self.active if active is None else active
        self.service = self.service if service is None else service
        self.person = self.person if person is None else person
        self.areas = self.areas if areas is None else list(areas)
        self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        right: list[Run] = []
        if self.service:
            right.append((f" {safe(self.service, cells=width // 3)} ▾ ", "strong"))
        if self.person:
            right.append((f" {safe(self.person, cells=width // 3)} ", "muted"))
        top = joined([(f" {safe(self.operator)} ", "brand")], right, width)
        return [top, self._tabs(width)]

    def _tabs(self, width: int) -> list[Run]:
        gap = " " if self._tabs_width(4) > width else "  "
        tabs: list[Run] = []
        for number, (id, title) in enumerate(self.areas, 1):
            here = id == self.active
            tabs.append((f"{gap[1:]}{'›' if here else ' '}{number}", "active" if here else "accent"))
            tabs.append((f" {safe(title)} ", "active" if here else ""))
        return tabs

    def _tabs_width(self, extra: int) -> int:
        return sum(cell_len(title) + extra + 1 for _id, title in self.areas)

    async def _on_click(self, event: events.Click) -> None:
        if event.y == 1:
            at = 0
            runs = self._tabs(self.size.width)
            for number, (id, _title) in enumerate(self.areas):
                at += cell_len(runs[number * 2][0]) + cell_len(runs[number * 2 + 1][0])
                if event.x < at:
                    self.post_message(self.AreaChosen(id))
                    return
        elif self.service and event.x > self.size.width // 3:
            self.post_message(self.ServiceClicked())
