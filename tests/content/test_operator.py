"""Where customers pay to: an account number that was mistyped is found when the content is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as library

from app.content.operator import is_iban

IBANS = ("NL91ABNA0417164300", "DE89370400440532013000", "NO9386011117947", "BE71096123456769")


@pytest.mark.parametrize("iban", IBANS)
def test_an_account_number_is_one(iban: str) -> None:
    assert is_iban(iban)
    assert library.is_valid(iban)


@pytest.mark.parametrize(
    "text", ["", "NL", "NL91", "nl91abna0417164300", "NL91 ABNA 0417 1643 00", "NL٩١ABNA0417164300"]
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_iban(text)


@given(st.sampled_from(IBANS), st.data())
def test_one_wrong_figure_or_two_that_changed_places_are_found(iban: str, data: st.DataObject) -> None:
    figures = [place for place, sign in enumerate(iban) if sign.isdigit()]
    place = data.draw(st.sampled_from(figures))
    wrong = iban[:place] + data.draw(st.sampled_from("0123456789")) + iban[place + 1 :]
    assert is_iban(wrong) == (wrong == iban)
    place = data.draw(st.sampled_from([each for each in figures if each + 1 in figures]))
    turned = iban[:place] + iban[place : place + 2][::-1] + iban[place + 2 :]
    assert is_iban(turned) == (turned == iban)
