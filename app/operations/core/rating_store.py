"""Where lines stand: replay a line's month after a change, read its state; what intake calls back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.content import Content
from app.intake.context import Context
from app.intake.rerate import rerate
from app.intake.streams import SETTING_OF, first_state, read_commands, read_counters
from app.operations.core.marks import Mark, marks_of
from app.operations.core.month_end import due
from app.operations.core.notices import queue_crossings
from app.operations.core.visit import Visit
from app.rating.codes import Kind
from app.rating.records import State, state_from
from app.store import Transaction


@dataclass(slots=True)
class StoredMarks:
    """What happens when records pass marks; see `app.intake.context.Marks`."""

    visit: Visit
    content: Content = field(init=False)

    def __post_init__(self) -> None:
        self.content = self.visit.content

    of = staticmethod(marks_of)

    def tell(self, tx: Transaction, line_id: int, marks: list[Mark], now: int) -> None:
        """Queue messages about marks, each told once."""
        queue_crossings(tx, self.content, line_id, marks, now)

    def due(self, tx: Transaction, account_id: int, month: int) -> dict[int, int]:
        """Micro-euro by line of a month of an account as it stands now."""
        return due(self.visit, account_id, month)


def context_of(visit: Visit) -> Context:
    """What rating works with for this visit."""
    return Context(visit.content, visit.now, StoredMarks(visit))


def recount(visit: Visit, line_id: int, month: int) -> None:
    """Replay a line's month from storage, in the open transaction of a changing operation.

    Updates ratings, counter and marks, and queues messages about marks that are new.
    """
    rerate(visit.change, context_of(visit), {}, [(line_id, month)])


def current_state(visit: Visit, line_id: int, month: int) -> State:
    """Settings and counters of a line in a month; where nothing was counted, the settings up to now."""
    stored = read_counters(visit, [(line_id, month)]).get((line_id, month))
    if stored is not None:
        return state_from(stored)
    context: Any = context_of(visit)
    commands = read_commands(visit, context, [(line_id, month)]).get(line_id, [])
    return first_state([command for command in commands if Kind(command[2]) in SETTING_OF], visit.now)
