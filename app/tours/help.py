"""What F1 opens: the tasks of the screen, and what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from app.i18n import _
from app.operations.core.errors import OperationError, Unavailable
from app.operations.tours import TaskRow, visitor_tasks
from app.screens.area import OpenArea, PracticeWanted, TourWanted
from app.screens.shell import Shell
from app.tours.grouping import grouped
from app.tours.place import place_of_screen
from app.tours.task_list import KEYS, PRACTISE, PREFIX, Group, TaskList

if TYPE_CHECKING:
    from app.tours.host import Host

ARTICLES: Final = "articles"
"""The row that leads to what there is to read."""


def show_tasks(host: Host, screen: Screen[Any]) -> None:
    """Let the person choose a task, and show it."""
    place = place_of_screen(screen)
    tasks: list[TaskRow] = []

    async def read() -> list[Group]:
        tasks.extend(await read_tasks(host))
        content = host.app.desk.content
        return grouped(tasks, content.tours.tours if content is not None else {}, place)

    def chosen(answer: str | None) -> None:
        if answer == KEYS:
            show_keys(host, screen)
        elif answer == ARTICLES:
            screen.post_message(OpenArea("info", ("service", 0)))
        elif answer is not None and answer.startswith(PRACTISE):
            host.app.post_message(PracticeWanted(answer.removeprefix(PRACTISE)))
        elif answer is not None:
            id = answer.removeprefix(PREFIX)
            begun = next((task.step for task in tasks if task.id == id and task.state == "begun"), "")
            host.app.post_message(TourWanted(id, begun))

    more = [(ARTICLES, _("Articles to read"))] if isinstance(screen, Shell) else []
    host.app.push_screen(TaskList(read, more), chosen)


async def read_tasks(host: Host) -> list[TaskRow]:
    """The tasks of who is there; none where they cannot be read."""
    desk = host.app.desk
    try:
        await desk.opened()
        if desk.visit is not None:
            found: list[TaskRow] = await desk.do("tours.tasks")
            return found
    except (OperationError, Unavailable):
        return []
    return visitor_tasks(desk.content) if desk.content is not None else []


def show_keys(host: Host, screen: Screen[Any]) -> None:
    """What the keys do on a screen."""
    from app.screens.key_reference import KeyReference

    host.app.push_screen(KeyReference(screen))
