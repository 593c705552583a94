"""Which tasks are near: of this screen, of this area or service, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.content.tours import Tour
from app.i18n import _
from app.operations.tours import TaskRow
from app.screens.area_names import area_name
from app.tours.place import inside
from app.tours.task_list import Group

MOBILE: Final = ("lines", "line", "groups")
"""Pages of mobile lines."""


def grouped(tasks: Iterable[TaskRow], tours: Mapping[str, Tour], place: str) -> list[Group]:
    """The tasks under headings, the nearest first; in each those that can be done come first.

    Args:
        place: where the person is.
    """
    area, service = place.partition("/")[0], service_of(place)
    here: list[TaskRow] = []
    near: list[TaskRow] = []
    others: dict[str, list[TaskRow]] = {}
    first: list[TaskRow] = []
    ordered = sorted(tasks, key=lambda task: not task.possible)
    newcomer = all(task.state == "new" for task in ordered)
    for task in ordered:
        if task.introduces and task.possible and newcomer:
            first.append(task)
        elif is_of(tours.get(task.id), place):
            here.append(task)
        elif task.area == area and (not service or task.service in ("", service)):
            near.append(task)
        else:
            others.setdefault(task.area, []).append(task)
    groups = [Group(_("To begin with"), tuple(first)), Group(_("On this screen"), tuple(here))]
    groups = [group for group in (*groups, Group(area_name(area), tuple(near))) if group.tasks]
    if not here and not near:
        groups.append(Group(_("No tasks are shown here yet."), ()))
    groups += [Group(area_name(name), tuple(found)) for name, found in others.items()]
    return groups


def service_of(place: str) -> str:
    """The service that a page of My Products is about; empty elsewhere."""
    area, _slash, part = place.partition("/")
    if area != "my_products":
        return ""
    part = part.partition("/")[0]
    return "mobile" if part in MOBILE else part


def is_of(tour: Tour | None, place: str) -> bool:
    """Whether a task is done at a place: a step of it is shown there, or on the page that it is part of."""
    return tour is not None and any(inside(place, step.screen) for step in tour.steps)
