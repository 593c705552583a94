"""Tasks among the results of the search: by words of their titles, or by name as `tour@step`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from app.i18n import _
from app.text import safe

if TYPE_CHECKING:
    from app.operations.tours import TaskRow

MOST = 8
WIDTH = 70
"""Cells of a line of results, as on the narrowest usual terminal."""
SHORTEST = 12


class FoundTask(NamedTuple):
    """A task that can be shown, from which step on; the first one if that is empty."""

    title: str
    tour: str
    step: str = ""
    named: bool = False
    """Whether its name was typed, not words of its title."""

    @property
    def answer(self) -> str:
        """How the list of results names it."""
        return f"{self.tour}@{self.step}"


def tasks_for(tasks: Iterable[TaskRow], text: str) -> list[FoundTask]:
    """The tasks that can be done now and fit what was typed; a name fits as a whole."""
    name, at, step = text.strip().partition("@")
    words = text.casefold().split()
    found = []
    for task in tasks:
        if task.id == name and (at or task.possible):
            found.append(FoundTask(task.title, task.id, step, named=True))
        elif words and task.possible and all(word in task.title.casefold() for word in words):
            found.append(FoundTask(task.title, task.id))
    return found[:MOST]


def task_line(task: FoundTask, cells: int) -> Content:
    """A task in one line, its kind in `cells`; behind its title the name that opens it."""
    name = f" · {safe(task.step)}" if task.step else f"  {safe(task.tour)}"
    title = safe(task.title, cells=max(WIDTH - cells - cell_len(name), SHORTEST))
    return Content.assemble((f"{_('Show me how'):<{cells}}", "$text-accent"), title, (name, "$text-quiet"))
