"""What rating a line's month needs besides its records, and what is told to the floors above."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.clock import month_bounds, month_of
from app.content import Content
from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tables import TariffTables
from app.store import Transaction

KINDS = {"voice_data": 1, "data_only": 2}


class Reader(Protocol):
    """Whatever answers reads: an open transaction, or a visit."""

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """All rows."""
        ...

    def row(self, sql: str, **values: Any) -> Any:
        """The first row, or None."""
        ...


class Marks(Protocol):
    """What happens when records pass marks; given by the operations, which know messages and closings."""

    def of(
        self,
        rating: Rating,
        state: State,
        tariff: TariffTables,
        usage: Usage,
        month: int,
        usage_id: int | None,
    ) -> list[Any]:
        """The marks of one rating; `state` is the one right after it."""
        ...

    def tell(self, tx: Transaction, line_id: int, marks: list[Any], now: int) -> None:
        """Queue messages about them, each told once."""
        ...

    def due(self, tx: Transaction, account_id: int, month: int) -> dict[int, int]:
        """Micro-euro of usage and overage by line, as a month of an account stands now."""
        ...


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line as rating sees it, whatever the month."""

    account_id: int
    account: str
    number: str
    kind: str
    data_bundle: str
    plan: str
    earlier: tuple[tuple[int, str], ...] = ()
    """Bundles of earlier months, each with the instant up to which it counted, ascending."""

    def bundle(self, month_end: int) -> str:
        """The data bundle in the month that ends at an instant."""
        return next((bundle for until, bundle in self.earlier if until >= month_end), self.data_bundle)


@dataclass(slots=True)
class Context:
    """One run's content, clock and hooks, with what was read of lines and closings."""

    content: Content
    now: int
    marks: Marks
    lines: dict[int, LineFacts] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    """Hour since 1970 to its month, where the whole hour lies in one month."""
    tariffs: dict[tuple[str, int], tuple[str, TariffTables | None]] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The operator's time zone, in which months begin and end."""
        return self.content.operator.time_zone

    def month(self, instant: int) -> int:
        """The billing month of an instant."""
        hour = instant // 3600
        found = self.months.get(hour)
        if found is None:
            found = month_of(instant, self.zone)
            first, end = month_bounds(found, self.zone)
            if first <= hour * 3600 and hour * 3600 + 3600 <= end:
                self.months[hour] = found
        return found

    def line(self, tx: Reader, line_id: int) -> LineFacts:
        """The facts of a line, read once a transaction (see `forget`)."""
        found = self.lines.get(line_id)
        if found is None:
            self.read_lines(tx, [line_id])
            found = self.lines.get(line_id)
            if found is None:
                raise LookupError(f"no line {line_id}")
        return found

    def read_lines(self, tx: Reader, line_ids: Iterable[int]) -> None:
        """Read the facts of many lines at once."""
        wanted = json.dumps(sorted(set(line_ids)))
        earlier: dict[int, list[tuple[int, str]]] = {}
        for line, until, bundle in tx.rows(
            "SELECT line_id, until, data_bundle FROM earlier_bundle "
            "WHERE line_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines)) ORDER BY line_id, until",
            lines=wanted,
        ):
            earlier.setdefault(line, []).append((until, bundle))
        rows = tx.rows(
            "SELECT line.id, line.account_id, account.number, line.number, line.kind, line.data_bundle, "
            "line.plan FROM line JOIN account ON account.id = line.account_id "
            "WHERE line.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines))",
            lines=wanted,
        )
        self.lines.update((row[0], LineFacts(*(*row[1:], tuple(earlier.get(row[0], ()))))) for row in rows)

    def forget(self) -> None:
        """Lines may change between transactions."""
        self.lines.clear()

    def tariff(self, plan: str, month: int) -> tuple[str, TariffTables | None]:
        """Version and tables of a plan's month; none where the plan has no tariff then."""
        found = self.tariffs.get((plan, month))
        if found is None:
            known = self.content.tariffs
            version = known.version(plan, month) if plan in known.plans() else None
            found = (version.version, known.tables(plan, month)) if version else ("", None)
            self.tariffs[plan, month] = found
        return found

    def terms(self, facts: LineFacts, version: str, month: int) -> LineTerms:
        """What is fixed for the line in the month. Allowances and pools matter at closing only."""
        bundle = self.content.catalogue.data_bundles.get(facts.bundle(month_bounds(month, self.zone)[1]))
        subject = 0
        if version:
            tariff = self.content.tariffs.named(version)
            subject = tariff.subject_index(facts.number) or tariff.subject_index(facts.account)
        return LineTerms(
            kind=KINDS.get(facts.kind, 1),
            unlimited=int(bundle.unlimited) if bundle else 0,
            zero=int(bundle.is_zero) if bundle else 0,
            subject=subject,
        )
