"""How text is compared: case, accents, spaces and the ways to write a number make no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.search.words import (
    LATER,
    LONGEST,
    TAIL,
    fits,
    fold,
    forms,
    name_terms,
    number_terms,
    starts,
    typed_words,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Müller", "muller"), ("STRAßE", "strasse"), ("Ørsted", "orsted"), ("ﬁn", "fin"), ("Łódź", "lodz")],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_name_is_filed_from_each_of_its_words() -> None:
    assert list(name_terms("Jan de Vries")) == ["jandevries", " devries", " vries"]
    assert list(name_terms("j.o'brien@example.org")) == [
        "jobrienexampleorg",
        " obrienexampleorg",
        " brienexampleorg",
        " exampleorg",
        " org",
    ]
    assert list(name_terms("🙂 …")) == []


def test_a_number_is_filed_both_ways() -> None:
    assert list(number_terms("+31 6 1234")) == ["3161234", "<4321613"]
    assert list(number_terms("")) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0612", ["0612", "31612"]),
        ("+4917", ["4917"]),
        ("004917", ["004917", "4917"]),
        ("612", ["612", "31612"]),
        ("jan", ["jan"]),
    ],
)
def test_numbers_are_looked_up_as_people_write_them(typed: str, found: list[str]) -> None:
    assert forms(typed_words(typed)[0], "31") == found


def test_a_number_in_groups_is_one_word() -> None:
    assert typed_words(" 06 1234-5678 ") == ["0612345678"]
    assert typed_words("+31 (6) 12") == ["+31612"]
    assert typed_words("jan 06") == ["jan", "06"]
    assert typed_words("+ -") == typed_words("%_") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jan devr", True),
        ("vries jan", True),
        ("de vr", True),
        ("JAN VRIES 061", True),
        ("4567", True),
        ("567", False),
        ("ries", False),
        ("jan piet", False),
        ("", False),
    ],
)
def test_what_is_found(typed: str, found: bool) -> None:
    terms = [*name_terms("Jan de Vries"), *number_terms("+31611234567")]
    assert fits(terms, typed_words(typed), "31") is found


@given(st.text(max_size=300))
def test_any_text_is_filed_under_short_clean_terms(text: str) -> None:
    for term in (*name_terms(text), *number_terms(text)):
        assert 0 < len(term) <= LONGEST + 1
        assert term.strip(LATER + TAIL).isalnum()
    for word in words(text):
        assert fits(name_terms(text), [word], "") or len(words(text)) > 24
    for word in typed_words(text):
        assert list(starts(forms(word, "31")))
