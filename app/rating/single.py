"""The price of one call, message or volume of data, without storing anything."""

from __future__ import annotations

from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.rulebook import rate
from app.rating.tables import TariffTables


def price_one(
    tariff: TariffTables, usage: Usage, line: LineTerms | None = None, state: State | None = None
) -> Rating:
    """Rate one record for a line in a state; a Voice & Data line without a bundle abroad if none is given.

    `state` is not moved. `tariff` is the version of the month in which the record starts.
    """
    moved = State()
    if state is not None:
        for name in State.__slots__:
            value = getattr(state, name)
            setattr(moved, name, list(value) if isinstance(value, list) else value)
    out = Rating()
    rate(usage, line or LineTerms(), moved, tariff, out)
    return out
