"""Settings of a line as records in its stream, each with its instant; rating reads only these."""

from __future__ import annotations

from typing import Any

from app.operations.core.visit import Visit
from app.rating.codes import Kind

MICRO_PER_CENT = 10_000

COMMANDS: dict[str, Kind] = {
    "limit_cents": Kind.LIMIT,
    "hard_limit": Kind.HARD,
    "bars": Kind.BARS,
    "bundles": Kind.BUNDLES,
    "bundle_cap": Kind.CAP,
    "zero_lifted": Kind.ZERO_LIFTED,
    "usage_notice_bytes": Kind.USAGE_NOTICE,
    "roaming_notice_bytes": Kind.ROAMING_NOTICE,
}
"""Column of `line` to the kind of its command."""


def command_value(field: str, value: Any) -> int:
    """What rating counts in: money in micro-euro, switches as 0 and 1."""
    return int(value) * MICRO_PER_CENT if field == "limit_cents" else int(value)


def put(visit: Visit, line_id: int, field: str, value: Any, at: int) -> None:
    """Say that a setting holds from an instant on."""
    put_kind(visit, line_id, COMMANDS[field], command_value(field, value), at)


def put_kind(visit: Visit, line_id: int, kind: Kind, value: int, at: int) -> None:
    """Add a command. Ties count up from 1, so commands of one instant keep their order and precede usage."""
    visit.change.execute(
        "INSERT INTO line_command (line_id, effective_at, tie, kind, value, login_id) "
        "SELECT :line, :at, coalesce(max(id), 0) + 1, :kind, :value, :login FROM line_command",
        line=line_id,
        at=at,
        kind=int(kind),
        value=value,
        login=visit.login_id,
    )


def withdraw(visit: Visit, line_id: int, field: str, after: int) -> None:
    """Remove what was to hold from a later instant on."""
    visit.change.execute(
        "DELETE FROM line_command WHERE line_id = :line AND kind = :kind AND effective_at > :after",
        line=line_id,
        kind=int(COMMANDS[field]),
        after=after,
    )
