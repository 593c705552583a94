"""Phone numbers as people and networks write them, and whose they are."""

from __future__ import annotations

from app.content import Content
from app.operations.core.visit import Visit


def international(number: str, content: Content) -> str:
    """E.164 with the plus sign, as numbers of lines are stored: "06 1234-5678" at home in NL is +31612345678.

    What holds no digits comes back as it was.
    """
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if not digits:
        return number.strip()
    if number.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        places = content.places
        return f"+{places.calling(places.index(content.operator.home_country))[0]}{digits[1:]}"
    return f"+{digits}"


def line_of_number(visit: Visit, number: str) -> int | None:
    """The line that has this number now, by its own number or by an identifier that holds."""
    row = visit.row("SELECT id FROM line WHERE number = :number AND status <> 'ended'", number=number)
    row = row or visit.row(
        "SELECT line_id FROM identifier WHERE kind = 'msisdn' AND value IN (:number, :digits)"
        " AND valid_from <= :now AND coalesce(valid_to, :now + 1) > :now ORDER BY valid_from DESC LIMIT 1",
        number=number,
        digits=number.removeprefix("+"),
        now=visit.now,
    )
    return int(row[0]) if row else None
