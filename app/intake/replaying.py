"""What waits in suspense, tried again: after a line was made, a network added, a tariff completed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.content.sources import SourceMapping
from app.intake.context import Context
from app.intake.files import Block
from app.intake.holding import waiting_for
from app.intake.importing import Intake, keeper_of
from app.intake.keep import Chunk
from app.intake.mediate import mediator_of
from app.intake.rerate import rerate
from app.store import Transaction

PAGE = 20_000
MONTHS = 500
"""Line-months replayed in one transaction."""
STUCK = "('CONFLICT')"
"""Reasons that trying again cannot mend."""


@dataclass(slots=True)
class Replayed:
    """Rows looked at, those that are rated now, those that still wait."""

    rows: int = 0
    rated: int = 0
    waiting: int = 0


def replay(intake: Intake, progress: Callable[[int, int], None] | None = None) -> Replayed:
    """Try everything that waits. Each page is one transaction."""
    with waiting_for(intake.begin) as tx:
        total = count_waiting(tx)
        sources = tx.rows("SELECT id, name FROM source ORDER BY id")
    looked_at = 0
    for source_id, name in sources:
        mapping = intake.mappings.get(name)
        if mapping is None:
            continue
        for seen in replay_rows(intake, mapping, source_id):
            looked_at += seen
            if progress:
                progress(min(looked_at, total), total)
    replay_stored(intake)
    with waiting_for(intake.begin) as tx:
        left = count_waiting(tx)
    if progress:
        progress(total, total)
    return Replayed(total, total - left, left)


def count_waiting(tx: Transaction) -> int:
    """How many rows wait."""
    return int(tx.rows("SELECT count(*) FROM suspense WHERE status = 'waiting'")[0][0])


def replay_rows(intake: Intake, mapping: SourceMapping, source_id: int) -> Iterator[int]:
    """Rows that never became records, page by page; yields how many were looked at."""
    keeper = keeper_of(intake, mapping, source_id, None)
    mediator = mediator_of(mapping, mapping.columns, intake.content, keeper.context.now)
    after = 0
    while True:
        with waiting_for(intake.begin) as tx:
            page = tx.rows(
                "SELECT id, line_no, external_id, raw FROM suspense WHERE status = 'waiting' AND id > :after "
                f"AND source_id = :source AND reason NOT IN {STUCK} ORDER BY id LIMIT :most",
                after=after,
                source=source_id,
                most=PAGE,
            )
            if not page:
                return
            after = page[-1][0]
            readable = [
                (line_no, external_id, raw, cells)
                for _, line_no, external_id, raw in page
                if external_id and (cells := cells_of(raw, mapping)) is not None
            ]
            if readable:
                mediated = mediator.mediate(
                    Block(0, [cells for *_, cells in readable]),
                    [external_id for _, external_id, *_ in readable],
                )
                at = mediated.at
                keeper.keep(
                    tx,
                    Chunk(
                        mediated.columns,
                        mediated.ties,
                        [readable[index][0] for index in at],
                        lambda position, readable=readable, at=at: readable[at[position]][2],  # type: ignore[misc]
                    ),
                )
        yield len(page)


def cells_of(raw: str, mapping: SourceMapping) -> list[str] | None:
    """The cells of a row that waits, None if it has not all columns of the mapping."""
    found = json.loads(raw)
    if not isinstance(found, dict) or any(column not in found for column in mapping.columns):
        return None
    return [str(found[column]) for column in mapping.columns]


def replay_stored(intake: Intake) -> None:
    """Line-months with records that the tariff could not rate."""
    with waiting_for(intake.begin) as tx:
        stored = tx.rows(
            "SELECT line_id, start FROM suspense JOIN usage_record USING (source_id, external_id) "
            "JOIN rated_record ON usage_id = usage_record.id AND rated_record.status = 3 "
            "WHERE suspense.status = 'waiting'"
        )
    context = Context(intake.content, intake.clock.now(), intake.marks)
    keys = sorted({(line, context.month(start)) for line, start in stored})
    for first in range(0, len(keys), MONTHS):
        with waiting_for(intake.begin) as tx:
            context.forget()
            rerate(tx, context, {}, keys[first : first + MONTHS])
