"""One search over everything the visitor may see; an exact number comes first."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit, operation
from app.operations.core.line_rows import page_of_lines
from app.operations.core.matching import literally

LINES_SHOWN = 8
PLACES_SHOWN = 4
ACCOUNTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `kind` is "line", "account" or "place"; `exact` if the text is its number."""

    kind: str
    id: int
    number: str
    title: str
    detail: str
    exact: bool


@operation("search.everything", right="VIEW_ACCOUNT", changes=False)
def everything(visit: Visit, text: str) -> list[Hit]:
    """Lines, customers and countries that match what was typed.

    Args:
        text: part of a number, a name, a department or a country in any language.
    """
    wanted = text.strip()
    if len(wanted) < 2:
        return []
    hits = [*_accounts(visit, wanted), *_lines(visit, wanted), *_places(visit, wanted)]
    return sorted(hits, key=lambda hit: not hit.exact)


def _lines(visit: Visit, text: str) -> list[Hit]:
    digits = "".join(letter for letter in text if letter.isdigit())
    return [
        Hit(
            "line",
            row.id,
            row.number,
            row.person,
            row.department,
            bool(digits) and row.number.endswith(digits) and len(digits) >= len(row.number) - 3,
        )
        for row in page_of_lines(visit, text, None, None, None, LINES_SHOWN).rows
    ]


def _accounts(visit: Visit, text: str) -> list[Hit]:
    if visit.content.matrix.scope(visit.role, "LIST_ACCOUNTS") is None:
        return []
    plain = literally(text)
    rows = visit.rows(
        "SELECT id, number, name FROM account WHERE number = :number OR name LIKE :start ESCAPE '\\' "
        "OR name LIKE :word ESCAPE '\\' ORDER BY number <> :number, name LIMIT :limit",
        number=text,
        start=f"{plain}%",
        word=f"% {plain}%",
        limit=ACCOUNTS_SHOWN,
    )
    return [Hit("account", key, number, name, "", number == text) for key, number, name in rows]


def _places(visit: Visit, text: str) -> list[Hit]:
    if any(letter.isdigit() for letter in text):
        return []
    places = visit.content.places
    return [
        Hit("place", index, places.code(index), places.name(index, visit.language), "", False)
        for index in places.search(text, visit.language)[:PLACES_SHOWN]
    ]
