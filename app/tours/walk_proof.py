"""What shows that a tour did what it promises; and the secrets that its steps type."""

from __future__ import annotations

from app.content.tours import Step, Tour
from app.screens.desk import Desk
from app.store import Row
from app.tours.practice_answers import Answers
from app.tours.walk_keys import secrets_in
from app.vault import Vault


class Proof:
    """Looks into the practice copy that a tour is walked on, in the thread of its desk."""

    def __init__(self, desk: Desk, tour: Tour) -> None:
        self.desk, self.tour = desk, tour

    async def newest_row(self) -> int:
        """The number of the newest row of the log."""
        row = await self._row("SELECT coalesce(max(seq), 0) FROM audit")
        return int(row[0]) if row else 0

    async def happened(self, since: int) -> bool:
        """Whether the outcome of the tour was written down after that row."""
        find = "SELECT 1 FROM audit WHERE seq > :since AND operation = :name AND outcome = 'done'"
        return await self._row(find, since=since, name=self.tour.outcome) is not None

    async def missing(self, since: int) -> str:
        """What a walk that came to its end has not done; empty if all is well."""
        tour = self.tour
        if tour.outcome and _is_audited(tour.outcome) and not await self.happened(since):
            return f"{tour.outcome} did not happen"
        find = "SELECT 1 FROM tour_run WHERE tour = :tour AND state = 'finished'"
        return "" if await self._row(find, tour=tour.id) else "no finished run was written down"

    async def secrets(self, step: Step) -> dict[str, str]:
        """What a step types of the practice's passwords and codes, by name."""
        desk = self.desk

        def read() -> dict[str, str]:
            assert desk.store is not None
            assert desk.content is not None
            answers = Answers(desk.store, desk.content, Vault(desk.settings.keys), desk.clock.now())
            return {name: answers.answer(name) for name in secrets_in(step)}

        return await desk.run(read)

    async def _row(self, sql: str, **values: object) -> Row | None:
        store = self.desk.store
        assert store is not None
        return await self.desk.run(lambda: store.row(sql, **values))


def _is_audited(operation: str) -> bool:
    """Whether a success leaves a row: reads leave none."""
    from app.operations.core import registry

    try:
        return registry.get(operation).changes
    except (KeyError, ImportError):
        return True
