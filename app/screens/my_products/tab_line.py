"""A line of tabs: the current one is bold and underlined, each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from app.text import cut

GAP = 2


class Tab(NamedTuple):
    """One tab; `key` is the letter that opens it, if it has one."""

    name: str
    title: str
    key: str = ""


class TabLine(Widget):
    """Tabs in one line. `current` is the name of the one shown."""

    DEFAULT_CSS = "TabLine { height: 1; }"

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        tabs: TabLine
        name: str

        @property
        def control(self) -> TabLine:
            """The line that sent this."""
            return self.tabs

    current: reactive[str] = reactive("")

    def __init__(self, tabs: Sequence[Tab], **options: Any) -> None:
        super().__init__(**options)
        self.tabs = list(tabs)
        self.asked = ""
        """The one to be shown when its data has come; of two that come at once, the one asked for last."""

    def next(self, step: int) -> str:
        """The name of the tab `step` places on; the last is followed by the first."""
        names = [tab.name for tab in self.tabs]
        return names[(names.index(self.current) + step) % len(names)]

    def _fitting(self) -> tuple[list[str], int]:
        """The titles and the gap between them; short of room the gap goes first, then the longest titles.

        Where one is can be read whole, as long as the others leave any room.
        """
        titles = [tab.title for tab in self.tabs]
        room = self.size.width
        gap = GAP if sum(map(cell_len, titles)) + GAP * (len(titles) - 1) <= room else 1
        room -= gap * (len(titles) - 1)
        others = [place for place, tab in enumerate(self.tabs) if tab.name != self.current]
        while sum(map(cell_len, titles)) > room and others:
            longest = max(others, key=lambda place: cell_len(titles[place]))
            if cell_len(titles[longest]) <= 4:
                break
            titles[longest] = cut(titles[longest], cell_len(titles[longest]) - 1)
        return titles, gap

    def render(self) -> Content:
        pieces: list[tuple[str, str]] = []
        titles, gap = self._fitting()
        for tab, title in zip(self.tabs, titles, strict=True):
            chosen = tab.name == self.current
            pieces.append((title, "bold underline $foreground" if chosen else "$text-quiet"))
            pieces.append((" " * gap, ""))
        return Content.assemble(*pieces[:-1])

    def on_click(self, event: events.Click) -> None:
        """Open the tab under the pointer."""
        for name, (left, width) in self.spans().items():
            if left <= event.x < left + width:
                self.post_message(self.Chosen(self, name))

    def spans(self) -> dict[str, tuple[int, int]]:
        """Where each tab stands: its first cell, and how many it takes."""
        found, left = {}, 0
        titles, gap = self._fitting()
        for tab, title in zip(self.tabs, titles, strict=True):
            found[tab.name] = (left, cell_len(title))
            left += cell_len(title) + gap
        return found
