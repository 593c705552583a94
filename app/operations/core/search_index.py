"""Reading the index of the search: stretches of sorted terms, a bounded number of rows each.

Nothing here runs along a table: what is typed becomes a few stretches of `search_term`, and what several
words must all fit is looked up object by object, starting from the word that the fewest have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.operations.core.visit import Visit
from app.store.search.kinds import SearchKind
from app.store.search.words import forms, starts

BEHIND = "\U0010ffff"
"""Sorted behind all that a term holds."""
MOST_WORDS = 6
MOST_TRIED = 5_000
"""Objects that have the rarest of several words and are looked at one by one for the others."""

ALL = 1 << 40

Found = tuple[int, int, str]
"""Object, account, and the term it was found under."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, and where: of one account, or of all with `account_id` None."""

    kind: SearchKind
    words: tuple[str, ...]
    home: str
    account_id: int | None = None

    @property
    def together(self) -> list[str]:
        """Stretches for all words written as one: a name in its order, a number in groups."""
        return list(starts(forms("".join(self.words), self.home))) if self.words else []

    @property
    def apart(self) -> list[list[str]]:
        """Stretches for each word."""
        return [list(starts(forms(word, self.home))) for word in self.words[:MOST_WORDS]]


def find(visit: Visit, wanted: Wanted, limit: int, *, thorough: bool = False) -> list[Found]:
    """The first objects that fit, best first: exact, beginning with it, with a later word, ending with it.

    Args:
        thorough: take the time to find also those few that have several words which are each very common.
    """
    found: dict[tuple[int, int], Found] = {}
    for start in wanted.together:
        if len(found) < limit:
            _add(found, _stretch(visit, wanted, start, 2 * limit))
    if len(found) < limit and len(wanted.words) > 1:
        common, words = rarest_first(visit, wanted)
        sql, values = (gathered_apart if common and thorough else tried_apart)(wanted, words)
        apart = f"SELECT object_id, account_id, '' FROM ({sql}) AS found LIMIT :limit"
        _add(found, visit.rows(apart, limit=limit, **values))
    return list(found.values())[:limit]


def _add(found: dict[tuple[int, int], Found], rows: list[Any]) -> None:
    for row in rows:
        found.setdefault(row[:2], tuple(row))


def _stretch(visit: Visit, wanted: Wanted, start: str, limit: int) -> list[Any]:
    where, values = stretch(wanted, start)
    return visit.rows(
        f"SELECT object_id, account_id, term FROM search_term WHERE {where} ORDER BY term LIMIT :limit",
        limit=limit,
        **values,
    )


def stretch(wanted: Wanted, start: str, name: str = "start") -> tuple[str, dict[str, Any]]:
    """The condition for the terms that begin with `start`."""
    condition = f"kind = {wanted.kind.code} AND term >= :{name} AND term < :{name}_end"
    values: dict[str, Any] = {name: start, f"{name}_end": start + BEHIND}
    if wanted.account_id is not None:
        condition = f"account_id = :account AND {condition}"
        values["account"] = wanted.account_id
    return condition, values


def stretches(wanted: Wanted, given: list[str], name: str) -> tuple[str, dict[str, Any]]:
    """A query for object and account of all terms in some stretches; an object may come more than once."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    for number, start in enumerate(given):
        where, more = stretch(wanted, start, f"{name}{number}")
        parts.append(f"SELECT object_id, account_id FROM search_term WHERE {where}")
        values |= more
    return " UNION ALL ".join(parts), values


def count_up_to(visit: Visit, wanted: Wanted, given: list[str], most: int) -> int:
    """How many terms lie in some stretches, counted no further than `most`."""
    sql, values = stretches(wanted, given, "start")
    row = visit.row(
        f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) AS one LIMIT :most) AS found", most=most, **values
    )
    return int(row[0]) if row else 0


def rarest_first(visit: Visit, wanted: Wanted) -> tuple[bool, list[list[str]]]:
    """The stretches of each word, the rarest first, and whether even that one is common.

    Terms are counted no further than that takes; of common words the longer is taken for the rarer.
    """
    counted = [
        (count_up_to(visit, wanted, given, MOST_TRIED), -len(given[0]), given) for given in wanted.apart
    ]
    counted.sort()
    return counted[0][0] >= MOST_TRIED, [given for _count, _length, given in counted]


def tried_apart(wanted: Wanted, words: list[list[str]]) -> tuple[str, dict[str, Any]]:
    """A query for objects of the rarest word, looked at one by one: not all, if that one is common."""
    sql, values = stretches(wanted, words[0], "rarest")
    return looked_at(wanted, f"{sql} LIMIT {MOST_TRIED}", words[1:], values), values


def gathered_apart(wanted: Wanted, words: list[list[str]]) -> tuple[str, dict[str, Any]]:
    """A query for objects of the second rarest word that are among those of the rarest: all of them."""
    sql, values = stretches(wanted, words[1], "second")
    among, more = stretches(wanted, words[0], "rarest")
    values |= more
    # Without its limit the query would gather the rarest once for each stretch of the second.
    both = (
        f"SELECT object_id, account_id FROM ({sql} LIMIT {ALL}) AS second "
        f"WHERE object_id IN (SELECT object_id FROM ({among}) AS rarest)"
    )
    return (looked_at(wanted, both, words[2:], values) if len(words) > 2 else both), values


def looked_at(wanted: Wanted, sql: str, words: list[list[str]], values: dict[str, Any]) -> str:
    """A query for those objects of another that have each of some words; `values` gets what it binds."""
    tests = [has_word(given, f"word{number}_", values) for number, given in enumerate(words)]
    return (
        f"SELECT DISTINCT entry.object_id, entry.account_id FROM ({sql}) AS tried "
        f"CROSS JOIN search_entry AS entry WHERE entry.kind = {wanted.kind.code} "
        "AND entry.object_id = tried.object_id AND entry.account_id = tried.account_id "
        f"AND {' AND '.join(tests)}"
    )


def has_word(given: list[str], name: str, values: dict[str, Any]) -> str:
    """A condition on `entry` that one of its terms begins like a stretch; `values` gets what it binds."""
    tests = []
    for number, start in enumerate(given):
        values[f"{name}{number}"] = f"\n{start}"
        tests.append(f"instr(entry.terms, :{name}{number}) > 0")
    return f"({' OR '.join(tests)})"


def each_fits(wanted: Wanted, values: dict[str, Any]) -> Iterator[str]:
    """Conditions on `entry`, one for each word."""
    for number, given in enumerate(wanted.apart):
        yield has_word(given, f"each{number}_", values)
