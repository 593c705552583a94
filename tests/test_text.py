from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import MARKS, cut, safe, width

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_nothing_hidden_is_left(text: str) -> None:
    for character in safe(text):
        assert unicodedata.category(character) not in HIDDEN or character in "\u200c\u200d"


def test_every_hidden_code_point_has_a_mark() -> None:
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in HIDDEN and code not in (0x200C, 0x200D):
            assert MARKS[code].isprintable(), hex(code)


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Lu"])))
def test_marks_are_one_for_one(text: str) -> None:
    assert len(safe(text)) == len(text)


@given(st.text())
def test_safe_twice_is_safe_once(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def test_known_attacks_become_visible() -> None:
    assert safe("a\x1b]0;owned\x07b") == "a␛]0;owned␇b"
    assert safe("\x9b2J") == "�2J"
    assert safe("gp\u202egnp.exe") == "gp⇄gnp.exe"
    assert safe("pay\u200bpal") == "pay␣pal"
    assert safe("e\u0301") == "é"
    assert safe("\ud800") == "�"


def test_newlines_stay_only_where_they_are_allowed() -> None:
    assert safe("a\r\nb\rc", lines=True) == "a\nb\nc"
    assert safe("a\nb") == "a␊b"


@given(st.text(), st.integers(1, 40))
def test_a_cut_text_fits(text: str, cells: int) -> None:
    shown = safe(text, cells=cells)
    assert width(shown) <= cells
    assert shown == safe(text) or shown.endswith("…")


@pytest.mark.parametrize("cells, shown", [(0, ""), (1, "…"), (4, "abc…"), (5, "abcde"), (9, "abcde")])
def test_cut_ascii(cells: int, shown: str) -> None:
    assert cut("abcde", cells) == shown


def test_wide_characters_count_double() -> None:
    assert safe("日本語", cells=5) == "日本…"
    assert safe("日本語", cells=6) == "日本語"
