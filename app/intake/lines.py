"""Which line a record belongs to: by the identifiers that held when it started."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.store import Transaction

FOREVER: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Holding:
    """An identifier named a line from an instant (inclusive) to an instant (exclusive)."""

    start: int
    end: int
    line_id: int


class LineIndex:
    """Identifiers of one kind, read as they are met. Combi SIMs and Multisim name their parent line."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._known: dict[str, tuple[Holding, ...]] = {}
        self._version = -1

    def load(self, tx: Transaction, subscribers: Iterable[str]) -> None:
        """Read what is not known yet; what another program changed meanwhile is read again."""
        version = tx.version()
        if version != self._version:
            self._known.clear()
            self._version = version
        new = [value for value in set(subscribers) if value not in self._known]
        if not new:
            return
        self._known.update(dict.fromkeys(new, ()))
        rows = tx.rows(
            "SELECT value, valid_from, valid_to, line_id FROM identifier "
            "WHERE kind = :kind AND value IN (SELECT value FROM json_each(:values)) ORDER BY valid_from",
            kind=self.kind,
            values=json.dumps(new),
        )
        for value, start, end, line_id in rows:
            self._known[value] += (Holding(start, FOREVER if end is None else end, line_id),)

    def unknown(self) -> list[str]:
        """Subscribers that never named a line."""
        return [value for value, holdings in self._known.items() if not holdings]

    def forget(self, subscribers: Iterable[str]) -> None:
        """Read these again."""
        for value in subscribers:
            self._known.pop(value, None)

    def lines_of(self, subscribers: Sequence[str], starts: Sequence[int]) -> list[int | None]:
        """The line that each subscriber named at an instant."""
        plain = {
            value: (holdings[0].start, holdings[0].end, holdings[0].line_id)
            for value, holdings in self._known.items()
            if len(holdings) == 1
        }
        never = (0, 0, 0)
        return [
            only[2]
            if (only := plain.get(subscriber, never))[0] <= start < only[1]
            else self.line_of(subscriber, start)
            for subscriber, start in zip(subscribers, starts, strict=True)
        ]

    def line_of(self, subscriber: str, instant: int) -> int | None:
        """The line that a subscriber named at an instant; the newest, should two overlap."""
        for holding in reversed(self._known.get(subscriber, ())):
            if holding.start <= instant < holding.end:
                return holding.line_id
        return None
