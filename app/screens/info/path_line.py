"""Where an article stands: Home, its topic, the article; each part before the last can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message

from app.text import safe
from app.widgets.painted import Painted, Run

BETWEEN = " › "


class PathPart(NamedTuple):
    """One part: its name, what it is called, and its key ("" for the last one)."""

    name: str
    title: str
    key: str = ""


class PathLine(Painted):
    """One line; a part that leads somewhere has its key before it."""

    @dataclass
    class Chosen(Message):
        """A part was clicked."""

        name: str

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.parts: tuple[PathPart, ...] = ()

    def show(self, parts: Sequence[PathPart]) -> None:
        """Show another path."""
        if tuple(parts) != self.parts:
            self.parts = tuple(parts)
            self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        runs: list[Run] = []
        left = width
        for place, part in enumerate(self.parts):
            if place:
                runs.append((BETWEEN, "muted"))
            last = place == len(self.parts) - 1
            if part.key and not last:
                runs.append((f"{part.key} ", "accent"))
            left = width - sum(cell_len(text) for text, _tone in runs)
            runs.append((safe(part.title, cells=max(left, 0)), "strong" if last else ""))
        return [runs]

    def on_click(self, event: events.Click) -> None:
        """Go to the part under the pointer."""
        left = 0
        for part in self.parts[:-1]:
            cells = cell_len(f"{part.key} " if part.key else "") + cell_len(safe(part.title))
            if left <= event.x < left + cells:
                self.post_message(self.Chosen(part.name))
                return
            left += cells + cell_len(BETWEEN)
