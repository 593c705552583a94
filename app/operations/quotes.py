"""Looking at a quote again, and accepting it."""

from __future__ import annotations

import importlib

from app.operations.core import Visit, operation
from app.operations.core.quoting import Booked, Quote, claim, read_quote


@operation("quotes.get", right="ORDER", changes=False)
def get(visit: Visit, quote_id: int) -> Quote:
    """A quote as it was shown.

    Args:
        quote_id: the quote.
    """
    return read_quote(visit, quote_id)[0]


@operation("quotes.accept", right="ORDER")
def accept(visit: Visit, quote_id: int) -> Booked:
    """Book exactly what a quote says.

    Args:
        quote_id: the quote.
    """
    quote, payload = read_quote(visit, quote_id)
    claim(visit, quote)
    module = importlib.import_module(f"app.operations.{quote.operation.split('.')[0]}")
    line_id, version, text = module.book(visit, payload)
    return Booked(read_quote(visit, quote_id)[0], line_id, version, text)
