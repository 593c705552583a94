"""What one record of usage costs and what it sets off: the service description as code.

The rules are plain functions over integers. They run as they are on `Usage`, `LineTerms`, `State` and
`Rating`; `app.rating.batch` compiles the very same functions for NumPy record arrays. They therefore keep
to integers, attributes and indexing.
"""

from __future__ import annotations

from app.rating.records import LineTerms, Rating, State, Usage
from app.rating.tables import TariffTables


def rate(usage: Usage, line: LineTerms, state: State, tariff: TariffTables, out: Rating) -> None:
    """Rate the next record of a line's stream: fills `out`, moves `state`.

    Records of one line come in the order of (start, tie), each once; `tariff` is the version of the
    record's month. Never raises on any integers: what cannot be rated is SUSPENDED with a reason.
    """
