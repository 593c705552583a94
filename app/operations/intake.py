"""How usage gets in: import files, look at what waits, try it again or let it go.

The operations are called `usage.…`; app.operations.usage loads this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.operations.core import Invalid, NotFound, OperationError, Unavailable, Visit, audit, operation
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.reasons import reason_text
from app.operations.core.wrong_words import wrong_text
from app.rating.codes import Reason
from app.store import StoreError

if TYPE_CHECKING:
    from app.intake.importing import Intake, Summary
    from app.intake.replaying import Replayed

NEWEST_FIRST = Order(("suspense.id",), (int,), descending=True)
SIGN = "imports"
"""What a living import shows to others."""
RUNS_NEWEST_FIRST = Order(("import_run.id",), (int,), descending=True)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SuspenseRow:
    """A row that waits: where it stood, which column is wrong and why, and the row by column as JSON."""

    id: int
    source: str
    file: str
    line_no: int
    field: str
    reason: str
    text: str
    raw: str
    status: str
    created_at: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import: rows = rated + suspended + duplicates + rejected.

    status: "running", "done", "failed" or "interrupted"; error: why not done, and what to do.
    """

    id: int
    source: str
    file: str
    started_at: int
    finished_at: int | None
    status: str
    rows: int
    rated: int
    suspended: int
    duplicates: int
    rejected: int
    error: str


@operation("usage.import_file", right="IMPORT_USAGE", own_transactions=True)
def import_file(
    visit: Visit, path: str, source: str = "", provision: bool = False, progress: Progress | None = None
) -> Summary:
    """Import a file of usage: CSV, gzip or not, or Parquet.

    Importing a file again changes nothing; an interrupted import is simply started again.

    Args:
        path: the file.
        source: name of the mapping; empty to find it by the header.
        provision: make a line for each unknown subscriber, and a customer of the source's name.
        progress: called with bytes read and bytes to read.
    """
    from app.intake import importing
    from app.intake.errors import IntakeError

    try:
        with visit.store.hold_sign(SIGN) as alone:
            if alone:
                close_interrupted(visit)
            summary = importing.import_file(intake_of(visit), Path(path), source, provision, progress)
    except IntakeError as error:
        raise Invalid(str(error), "path") from error
    except StoreError as error:
        raise stopped(error) from error
    except KeyboardInterrupt:
        written_down(visit, "usage.import_file", {"path": path, "source": source}, "failed")
        raise
    written_down(visit, "usage.import_file", {"path": path, "source": summary.source, "rows": summary.rows})
    return summary


@operation("usage.replay", right="REPLAY_USAGE", own_transactions=True)
def replay(visit: Visit, progress: Progress | None = None) -> Replayed:
    """Try again all that waits in suspense, after a line, a network or a tariff was added.

    Args:
        progress: called with rows looked at and rows to look at.
    """
    from app.intake.replaying import replay as replay_all

    try:
        done = replay_all(intake_of(visit), progress)
    except StoreError as error:
        raise stopped(error) from error
    except KeyboardInterrupt:
        written_down(visit, "usage.replay", {}, "failed")
        raise
    written_down(visit, "usage.replay", {"rows": done.rows, "rated": done.rated})
    return done


@operation("usage.suspense", right="REPLAY_USAGE", changes=False)
def suspense(
    visit: Visit,
    after: str | None = None,
    before: str | None = None,
    limit: int = 128,
    status: str = "waiting",
    reason: str = "",
) -> Page[SuspenseRow]:
    """Rows that could not be rated, the newest first.

    Args:
        after: the page of older rows below the row with this key; before: the page above it.
        limit: rows of the page.
        status: "waiting", "replayed" or "dismissed".
        reason: only rows with this reason, like UNKNOWN_LINE.
    """
    return read_page(
        visit,
        "SELECT suspense.id, suspense.id, source.name, coalesce(import_run.file_name, ''), line_no, field, "
        "reason, detail, raw, suspense.status, created_at FROM suspense "
        "JOIN source ON source.id = suspense.source_id "
        "LEFT JOIN import_run ON import_run.id = suspense.run_id "
        "WHERE {where} AND suspense.status = :status AND (:reason = '' OR reason = :reason) {order}",
        NEWEST_FIRST,
        suspense_row,
        after=after,
        before=before,
        limit=limit,
        status=status,
        reason=reason,
    )


@operation("usage.dismiss", right="REPLAY_USAGE")
def dismiss(visit: Visit, suspense_id: int) -> None:
    """Let a row in suspense go: it will not be rated, and is kept for the record.

    Args:
        suspense_id: its number.
    """
    changed = visit.change.execute(
        "UPDATE suspense SET status = 'dismissed', settled_at = :now WHERE id = :id AND status = 'waiting'",
        now=visit.now,
        id=suspense_id,
    ).rowcount
    if not changed:
        raise NotFound(_("There is no such row waiting."), "suspense_id")
    visit.touch("suspense", suspense_id)


@operation("usage.runs", right="IMPORT_USAGE", changes=False)
def runs(visit: Visit, after: str | None = None, before: str | None = None, limit: int = 128) -> Page[RunRow]:
    """Imports, the newest first.

    Args:
        after: the page of older imports below the one with this key; before: the page above it.
        limit: rows of the page.
    """
    alive = visit.store.sees_sign(SIGN)
    return read_page(
        visit,
        "SELECT import_run.id, import_run.id, source.name, file_name, started_at, finished_at, status, rows, "
        "rated, suspended, duplicates, rejected, error FROM import_run "
        "JOIN source ON source.id = import_run.source_id WHERE {where} {order}",
        RUNS_NEWEST_FIRST,
        lambda row: run_row(row, alive),
        after=after,
        before=before,
        limit=limit,
    )


def run_row(row: tuple[Any, ...], alive: bool) -> RunRow:
    """One import; a running one that no process works on was interrupted."""
    from app.intake.runs import INTERRUPTED, REPEATED

    found = RunRow(*row)
    if found.error == REPEATED:
        return replace(
            found, status="interrupted", error=_("It was interrupted. The file was imported again later.")
        )
    if found.error == INTERRUPTED or (found.status == "running" and not alive):
        text = _("It was interrupted. Import the file again: what was stored already counts once.")
        return replace(found, status="interrupted", error=text)
    return found


def close_interrupted(visit: Visit) -> None:
    """Write down which imports were interrupted, before a new one begins."""
    from app.intake.runs import tell_interrupted

    if visit.row("SELECT 1 FROM import_run WHERE status = 'running' LIMIT 1") is not None:
        with visit.transaction() as tx:
            tell_interrupted(tx)


def suspense_row(row: tuple[Any, ...]) -> SuspenseRow:
    """One row of the queue; what is wrong in the words of the import, else of its reason."""
    number, source, file, line_no, field, reason, detail, raw, status, created_at = row
    text = wrong_text(detail) or (reason_text(Reason[reason]) if reason in Reason.__members__ else reason)
    return SuspenseRow(number, source, file, line_no, field, reason, text, raw, status, created_at)


def intake_of(visit: Visit) -> Intake:
    """What imports work with, for this visit."""
    from app.content.errors import ContentError, raise_if_any
    from app.content.sources_file import read_sources
    from app.intake.importing import Intake
    from app.operations.core.rating_store import StoredMarks

    errors: list[ContentError] = []
    mappings = read_sources(visit.content.folder, errors)
    raise_if_any(errors)
    cache = visit.store.folder / "compiled"
    return Intake(visit.transaction, visit.content, visit.clock, StoredMarks(visit), mappings, cache)


def written_down(visit: Visit, name: str, facts: dict[str, object], outcome: str = "done") -> None:
    """The audit row of work that committed in parts; what was stored before it was stopped stays."""
    with visit.transaction():
        audit.append(visit, name, outcome, json.dumps(facts))


def stopped(error: StoreError) -> OperationError:
    """The database gave up in the middle: what was committed stays, the rest comes with the next try."""
    text = _(
        "{problem} What was stored before stays; start again and the rest follows, nothing counts twice."
    )
    return Unavailable(text.format(problem=error))
