"""The two lines on top: whose portal, for which account, who is here; and the six categories."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from app.screens.practice_mark import CLASS, name_on_top
from app.text import safe

GAP = 3
OPERATOR_CELLS = 30
PERSON_CELLS = 28


class TopLine(Widget):
    """Operator on the left (a click goes home), account and person on the right."""

    @dataclass
    class Home(Message):
        """The operator's name was clicked."""

    @dataclass
    class AccountClicked(Message):
        """The account was clicked: the person wants another one."""

    account: reactive[str] = reactive("")
    service: reactive[str] = reactive("")
    person: reactive[str] = reactive("")

    def __init__(self, operator: str) -> None:
        super().__init__(id="top-line")
        self.operator = safe(operator, cells=OPERATOR_CELLS)

    def on_mount(self) -> None:
        self.operator = name_on_top(self, self.operator)

    def right_end(self) -> tuple[str, str]:
        """Account with service, and person, as there is room: the service goes first, names are cut last."""
        person = safe(self.person, cells=PERSON_CELLS)
        room = max(self.size.width - cell_len(self.operator) - cell_len(person) - 2 * GAP, 0)
        account = " · ".join(filter(None, (safe(self.account), safe(self.service))))
        if cell_len(account) > room:
            account = safe(self.account, cells=room) if room else ""
        return account, person

    def render(self) -> Content:
        width = self.size.width
        account, person = self.right_end()
        between = " " * GAP if account else ""
        right = account + between + person
        gap = max(width - cell_len(self.operator) - cell_len(right), 1)
        return Content.assemble(
            (self.operator, "bold reverse $text-warning" if self.has_class(CLASS) else "bold $text-accent"),
            " " * gap,
            (account, "bold"),
            between,
            person,
        )

    def on_click(self, event: events.Click) -> None:
        """Left is home, right is the account."""
        if event.x < cell_len(self.operator):
            self.post_message(self.Home())
        elif event.x >= self.size.width - cell_len("".join(self.right_end())) - GAP:
            self.post_message(self.AccountClicked())


class AreaTabs(Widget):
    """The six categories; the number is the key. The current one is marked without colour too."""

    @dataclass
    class Chosen(Message):
        """A category was clicked."""

        name: str

    current: reactive[str] = reactive("")

    def __init__(self, areas: list[tuple[str, str]]) -> None:
        super().__init__(id="area-tabs")
        self.areas = areas

    def parts(self) -> list[tuple[str, str]]:
        """(name, text) of each tab; short of room the numbers stay and the space between them goes."""
        gap = 3 if sum(len(title) + 6 for _, title in self.areas) <= self.size.width else 1
        return [(name, f"{number} {title}" + " " * gap) for number, (name, title) in enumerate(self.areas, 1)]

    def render(self) -> Content:
        pieces: list[tuple[str, str]] = []
        for name, text in self.parts():
            label = text.rstrip()
            pieces.append((label, "bold underline $foreground" if name == self.current else "$text-quiet"))
            pieces.append((text[len(label) :], ""))
        return Content.assemble(*pieces)

    def on_click(self, event: events.Click) -> None:
        """Open the category under the pointer."""
        left = 0
        for name, text in self.parts():
            if left <= event.x < left + cell_len(text):
                self.post_message(self.Chosen(name))
                return
            left += cell_len(text)

    def spans(self) -> dict[str, tuple[int, int]]:
        """Where each category stands: its first cell, and how many it takes."""
        found, left = {}, 0
        for name, text in self.parts():
            found[name] = (left, cell_len(text.rstrip()))
            left += cell_len(text)
        return found
