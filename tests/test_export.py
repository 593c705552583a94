"""Exports: JSON as it is, CSV that no spreadsheet calculates."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export import csv_text, inert, json_text


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    amount: int | None
    on: bool = True
    more: tuple[str, ...] = ()


@pytest.mark.capability("BX-40")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\ufeff="])
def test_a_cell_that_would_be_a_formula_is_inert(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.capability("BX-40")
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_text_of_a_csv_begins_a_formula(texts: list[str]) -> None:
    text = csv_text([Record(name, 1) for name in texts])
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_numbers_stay_numbers() -> None:
    assert csv_text([Record("a", -5), Record("b", None, False, ("x", "y"))]).splitlines() == [
        "name,amount,on,more",
        "a,-5,true,[]",
        'b,,false,"[""x"", ""y""]"',
    ]


def test_json_keeps_every_sign() -> None:
    told = json.loads(json_text([Record("Ömer =1", 3, more=("é",))]))
    assert told == [{"name": "Ömer =1", "amount": 3, "on": True, "more": ["é"]}]
