"""The tasks that the full screen guides through, as steps to read."""

from __future__ import annotations

from typing import Any

from app.cli.plain.talk import Choice, Talk
from app.i18n import _


def read_task(talk: Talk, _about: dict[str, Any]) -> None:
    """Choose a task; its steps are said, with the keys of the full screen."""
    from app.cli.plain_tour import plain_tour

    choices = [
        Choice(each.id, each.title, "" if each.possible else " ".join(filter(None, (each.reason, each.who))))
        for each in talk.session.do("tours.tasks")
    ]
    chosen = talk.choose(_("Which task?"), choices, empty=_("There are no tasks."))
    tour = talk.session.content.tours.tours[chosen]
    for line in plain_tour(tour, talk.session.settings).lines():
        talk.say(line)
