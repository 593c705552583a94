"""Places: codes, names, the dated EU and the search of Info > Tariffs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.errors import ContentError
from app.content.reference import Membership, Places
from app.content.reference_files import read_places
from tests.content.conftest import SHIPPED

REFERENCE = SHIPPED / "reference"


@pytest.fixture(scope="module")
def places() -> Places:
    errors: list[ContentError] = []
    found = read_places(REFERENCE, errors)
    assert not errors
    return found


def read_broken(tmp_path: Path, countries: str = "", eu: str = "[members]\n") -> list[ContentError]:
    header = "index,code,calling,en,nl,de\n"
    rows = countries or "0,NL,31,Netherlands,Nederland,Niederlande\n1,BE,32,Belgium,België,Belgien\n"
    (tmp_path / "countries.csv").write_text(header + rows, encoding="utf-8")
    (tmp_path / "eu.toml").write_text(eu, encoding="utf-8")
    errors: list[ContentError] = []
    read_places(tmp_path, errors)
    return errors


def test_codes_and_indexes_belong_together(places: Places) -> None:
    assert places.count == len(places.codes()) == 252
    for index, code in enumerate(places.codes()):
        assert places.index(code) == index
        assert places.code(index) == code
        assert all(places.name(index, language) for language in ("en", "nl", "de"))


def test_indexes_never_move(places: Places) -> None:
    """They are stored with usage: these are the ones of the first edition."""
    stored = {"AD": 0, "NL": 165, "US": 232, "ZW": 249, "X-SHIP": 250, "X-PLANE": 251}
    assert {code: places.index(code) for code in stored} == stored


def test_unknown_places(places: Places) -> None:
    assert places.find("QQ") is None
    with pytest.raises(KeyError):
        places.index("QQ")
    for index in (-1, 252):
        with pytest.raises(IndexError):
            places.code(index)


def test_names_in_three_languages(places: Places) -> None:
    index = places.index("AT")
    assert [places.name(index, language) for language in ("en", "nl", "de")] == [
        "Austria",
        "Oostenrijk",
        "Österreich",
    ]
    assert places.name(index, "fr") == "Austria"


def test_eu_before_and_after_2026(places: Places) -> None:
    before, after = places.eu_at(date(2025, 12, 31)), places.eu_at(date(2026, 1, 1))
    assert after - before == {"UA", "MD"}
    assert before <= after
    assert {"NL", "FR", "HR", "NO", "IS", "LI", "GP", "RE", "AX"} <= before
    assert not {"GB", "CH", "TR", "JE", "GI", "BL", "X-SHIP", "X-PLANE"} & after
    assert places.eu_days() == [date(2026, 1, 1)]


def test_eu_27_and_three_of_the_eea(places: Places) -> None:
    parts = {"AX", "GF", "GP", "MF", "MQ", "RE", "YT"}
    assert len(places.eu_at(date(2025, 6, 1)) - parts) == 30


@pytest.mark.parametrize(
    "typed, language, first",
    [
        ("ned", "nl", "NL"),
        ("NETH", "nl", "NL"),
        ("nl", "en", "NL"),
        ("zwit", "de", "CH"),
        ("osterr", "de", "AT"),
        ("Österreich", "en", "AT"),
        ("côte", "en", "CI"),
        ("cote d iv", "en", "CI"),
        ("+31", "en", "NL"),
        ("0031", "nl", "NL"),
        ("+31 6 7004 2001", "nl", "NL"),
        ("+1 242 555 0100", "en", "BS"),
        ("+1 212 555 0100", "en", "CA"),
        ("380", "nl", "UA"),
        ("schepen", "nl", "X-SHIP"),
        ("x-plane", "en", "X-PLANE"),
        ("bissau", "en", "GW"),
        ("us", "en", "US"),
    ],
)
def test_search(places: Places, typed: str, language: str, first: str) -> None:
    found = places.search(typed, language)
    assert places.code(found[0]) == first


def test_search_without_a_hit_and_with_a_limit(places: Places) -> None:
    assert places.search("  ") == []
    assert places.search("zzz") == []
    assert places.search("+") == []
    assert len(places.search("a", "en", limit=5)) == 5


@given(st.text(max_size=30))
def test_search_takes_any_text(places: Places, typed: str) -> None:
    found = places.search(typed, "nl", limit=300)
    assert len(found) == len(set(found)) <= places.count


@given(st.dates(), st.dates(), st.dates())
def test_membership_is_half_open(start: date, until: date, day: date) -> None:
    assert Membership("UA", start, until).covers(day) == (start <= day < until)


def test_a_membership_ends_on_the_day_before_until(tmp_path: Path) -> None:
    read_broken(tmp_path, eu="[members]\nBE = [{ until = 2020-01-01 }, { from = 2022-01-01 }]\n")
    errors: list[ContentError] = []
    places = read_places(tmp_path, errors)
    assert not errors
    end = date(2020, 1, 1)
    assert [("BE" in places.eu_at(day)) for day in (end - timedelta(days=1), end, date(2022, 1, 1))] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "countries, eu, key, part",
    [
        ("", "[members]\nBE = [{}, { from = 2020-01-01 }]\n", "members.BE", "twice"),
        ("", "[members]\nBE = {}\nBE = {}\n", "", "not TOML"),
        ("", "[members]\nNLD = {}\n", "members.NLD", "Did you mean NL?"),
        ("", "[members]\nBE = { form = 2020-01-01 }\n", "members.BE.form", "Did you mean from?"),
        ("", "[members]\nBE = { from = '2020' }\n", "members.BE.from", "2026-01-31"),
        (
            "",
            "[members]\nBE = { from = 2020-01-01, until = 2020-01-01 }\n",
            "members.BE.until",
            "ends before",
        ),
        ("", "BE = {}\n", "BE", "no setting"),
        ("0,NL,31,N,N,N\n1,NL,31,N,N,N\n", "[members]\n", "line 3", "listed twice"),
        ("0,NL,31,N,N,N\n0,BE,32,B,B,B\n", "[members]\n", "line 3", "never renumber"),
        ("0,NL,+31,N,N,N\n", "[members]\n", "line 2", "without +"),
        ("0,NL,31,N,,N\n", "[members]\n", "line 2", "lacks a name"),
        ("0,NL,31,N,N\n", "[members]\n", "line 2", "5 cells instead of 6"),
    ],
)
def test_mistakes_in_the_tables(tmp_path: Path, countries: str, eu: str, key: str, part: str) -> None:
    errors = read_broken(tmp_path, countries, eu)
    assert any(error.key == key and part in str(error) for error in errors), errors


def test_another_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text("code,index\n", encoding="utf-8")
    (tmp_path / "eu.toml").write_text("[members]\n", encoding="utf-8")
    errors: list[ContentError] = []
    read_places(tmp_path, errors)
    assert [error.key for error in errors] == ["line 1"]
