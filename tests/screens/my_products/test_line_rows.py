"""Amounts in the list of lines."""

from __future__ import annotations

import pytest

from app.i18n import use_language
from app.screens.my_products.line_rows import whole_money


@pytest.mark.parametrize(
    "language, cents, shown",
    [
        ("en", 500_000, "€5,000"),
        ("nl", 500_000, "€ 5.000"),
        ("de", 500_000, "5.000 €"),
        ("nl", 100_000, "€ 1.000"),
        ("nl", 5_000, "€ 50"),
        ("de", 5_050, "50,50 €"),
        ("nl", 100_050, "€ 1.000,50"),
    ],
)
def test_cents_are_left_out_only_where_there_are_none(language: str, cents: int, shown: str) -> None:
    with use_language(language):
        assert whole_money(cents).replace("\u00a0", " ") == shown
