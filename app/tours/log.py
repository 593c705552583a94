"""Notes where somebody is in a tour, for taking it up again and for the operator's figures: ids and times."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from app.content.tours import Step
from app.i18n import language
from app.screens.desk import Desk


class RunLog:
    """The notes of one run, written beside what the person does. What cannot be written is left out."""

    def __init__(self, desk: Desk, tour: str) -> None:
        self.desk, self.tour = desk, tour
        self.run = 0
        self.step = ""
        self.backs = self.wrongs = self.shown = 0
        """Of the step that is shown."""
        self._since = monotonic()
        self._visit: Any = None

    def reach(self, step: Step) -> None:
        """A step is shown."""
        if not self.step:
            self._later(lambda runs, visit: self._begun(runs.begin(visit, self.tour, step.id)))
        elif step.id != self.step:
            figures = self._figures()
            self._later(lambda runs, visit: runs.reach(visit, self.run, step.id, *figures))
        self.step = step.id

    def end(self, why: str) -> None:
        """The tour is over: "finished", or a word for why it was left."""
        figures = self._figures()
        if why == "finished":
            self._later(lambda runs, visit: runs.finish(visit, self.run, *figures))
        else:
            self._later(lambda runs, visit: runs.leave(visit, self.run, why, *figures))

    def _begun(self, run: int) -> None:
        self.run = run

    def _figures(self) -> tuple[int, int, int, int]:
        figures = (round(monotonic() - self._since), self.backs, self.wrongs, self.shown)
        self._since = monotonic()
        self.backs = self.wrongs = self.shown = 0
        return figures

    def _later(self, write: Callable[[Any, Any], object]) -> None:
        if self.desk.store is None or self.desk.content is None:
            return
        if self._visit is None:  # a run is its login's, also when they sign out in the middle of it
            self._visit = self.desk.visit or _visitor(self.desk)
        visit = self._visit

        def work() -> None:
            from app.operations.core.errors import OperationError
            from app.operations.core.tours import runs
            from app.store import StoreError

            with suppress(OperationError, StoreError):
                write(runs, visit)

        self.desk.later(work)


def _visitor(desk: Desk) -> Any:
    """Nobody yet, at this terminal."""
    from app.screens.sign_in.visitor import visitor

    return visitor(desk, language())
