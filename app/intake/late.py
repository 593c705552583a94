"""Usage of months that are closed: rated, marked, and billed as a difference with a reference."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.intake.context import Context
from app.store import Transaction

Key = tuple[int, int]


class Late:
    """The closed ones among lines and months that are about to be rated, and what they cost before."""

    def __init__(self, tx: Transaction, context: Context, keys: Iterable[Key]) -> None:
        self.tx = tx
        self.context = context
        self.keys: set[Key] = set()
        self._before: dict[tuple[int, int, int], dict[int, int]] = {}
        if tx.row("SELECT 1 FROM closing LIMIT 1") is None:
            return
        closings = {
            (account, month): closing
            for closing, account, month in tx.rows("SELECT id, account_id, month FROM closing")
        }
        for key in keys:
            account = context.line(tx, key[0]).account_id
            closing = closings.get((account, key[1]))
            if closing is not None:
                self.keys.add(key)
                place = (closing, account, key[1])
                if place not in self._before:
                    self._before[place] = context.marks.due(tx, account, key[1])

    def adjust(self) -> None:
        """Write down what each line of the closed months now costs more or less."""
        for (closing, account, month), before in self._before.items():
            after = self.context.marks.due(self.tx, account, month)
            for line in sorted({*before, *after}):
                difference = after.get(line, 0) - before.get(line, 0)
                if difference:
                    self._write(closing, line, month, difference)

    def _write(self, closing: int, line: int, month: int, difference: int) -> None:
        self.tx.execute(
            "INSERT INTO adjustment (closing_id, line_id, at, difference_micro, reference) "
            "VALUES (:closing, :line, :at, :difference, :reference) "
            "ON CONFLICT (closing_id, line_id, at) DO UPDATE SET "
            "difference_micro = adjustment.difference_micro + excluded.difference_micro",
            closing=closing,
            line=line,
            at=self.context.now,
            difference=difference,
            reference=f"{month}-{closing}-{line}",
        )


def too_late(tx: Transaction, context: Context, lines: Iterable[int]) -> dict[int, int]:
    """For accounts of lines with many closings: the oldest month that still takes records, by line."""
    allowed = context.content.operator.policies.late_months
    rows = tx.rows(
        "SELECT line.id, closing.month FROM closing JOIN line ON line.account_id = closing.account_id "
        "WHERE line.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:lines)) ORDER BY closing.month DESC",
        lines=json.dumps(sorted(set(lines))),
    )
    months: dict[int, list[int]] = {}
    for line, month in rows:
        months.setdefault(line, []).append(month)
    return {line: found[allowed - 1] for line, found in months.items() if len(found) > allowed > 0}
