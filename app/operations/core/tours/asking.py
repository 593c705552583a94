"""Which facts hold now: all of them in one question to the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.clock import month_of
from app.operations.core.scope import line_scope
from app.operations.core.standing import SEEN_SLACK, idle_seconds
from app.operations.core.tours.facts import FACTS
from app.operations.core.visit import Visit

NO_LINES = "FALSE"
"""The scope of who sees none."""
BY_INDEX = {"sqlite": {"by": "INDEXED BY ", "end": ""}, "postgresql": {"by": "/* ", "end": " */"}}
"""How a statement names the index that it is to use; a server has no word for it, and finds it by itself."""


def facts_of(visit: Visit, names: Iterable[str] = tuple(FACTS)) -> dict[str, bool]:
    """Which facts hold for the visitor, by name; a name that is not known never does."""
    found = dict.fromkeys(names, False)
    asked: list[tuple[str, str]] = []
    for name in found:
        fact = FACTS.get(name)
        if fact is None or visit.reach(fact.right) is None:
            continue
        if isinstance(fact.holds, str):
            asked.append((name, fact.holds))
        else:
            found[name] = fact.holds(visit)
    if asked:
        found.update(_ask(visit, asked))
    return found


def _ask(visit: Visit, asked: list[tuple[str, str]]) -> dict[str, bool]:
    """All conditions in one statement."""
    scope, values = line_scope(visit, "VIEW_LINES")
    if scope == NO_LINES:
        asked = [(name, condition) for name, condition in asked if "{lines}" not in condition]
    if not asked:
        return {}
    index = BY_INDEX[visit.store.dialect]
    columns = ", ".join(f"({condition.format(lines=scope, **index)})" for _name, condition in asked)
    row = visit.row(f"SELECT {columns}", **_values(visit), **values)
    assert row is not None
    return {name: bool(held) for (name, _condition), held in zip(asked, row, strict=True)}


def _values(visit: Visit) -> dict[str, Any]:
    sessions = visit.content.access.sessions
    return {
        "account": visit.account_id,
        "login": visit.login_id,
        "own_line": visit.own_line_id if visit.reach("VIEW_MESSAGES") == "own" else None,
        "session": visit.session_id,
        "month": month_of(visit.now, visit.zone),
        "now": visit.now,
        "oldest": visit.now - sessions.longest_seconds,
        "idle": visit.now - idle_seconds(visit) - SEEN_SLACK,
        "latest": visit.now - visit.content.access.help.advice_seconds,
    }
