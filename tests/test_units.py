from __future__ import annotations

from datetime import date as Date

import pytest
from babel.core import Locale
from babel.numbers import format_currency, format_percent
from hypothesis import example, given
from hypothesis import strategies as st

from app import units
from app.number_formats import formats
from app.unit_input import (
    UnitError,
    parse_count,
    parse_date,
    parse_duration,
    parse_money,
    parse_money_micro,
    parse_volume,
)

LANGUAGES = st.sampled_from(["en", "nl", "de", "fr"])
AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS, LANGUAGES)
def test_money_round_trip(cents: int, language: str) -> None:
    assert parse_money(units.money(cents, language), language) == cents


@given(AMOUNTS, LANGUAGES)
def test_micro_money_round_trip(micro: int, language: str) -> None:
    assert parse_money_micro(units.money_micro(micro, language), language) == micro


@given(AMOUNTS, LANGUAGES)
def test_count_round_trip(number: int, language: str) -> None:
    assert parse_count(units.count(number, language), language) == number


@given(st.integers(0, 10**14), LANGUAGES)
@example(995, "en")
@example(995_000, "en")
@example(999_995, "en")
def test_volume_round_trip_within_what_is_shown(size: int, language: str) -> None:
    again = parse_volume(units.volume(size, language), language)
    assert abs(again - size) * 200 <= max(size, 1)
    assert units.volume(again, language) == units.volume(size, language)


def test_a_bare_volume_is_of_the_unit_that_is_said_beside_it() -> None:
    assert parse_volume("5") == 5
    assert parse_volume("1.5", "en", unit="GB") == 1_500_000_000
    assert parse_volume("200 MB", unit="GB") == 200_000_000
    assert parse_volume("0", unit="MB") == 0


@given(st.integers(-(10**6), 10**6))
def test_duration_round_trip(seconds: int) -> None:
    assert parse_duration(units.duration(seconds)) == seconds


@given(st.dates())
def test_dates_are_read(day: Date) -> None:
    if day.year >= 1000:
        assert parse_date(day.isoformat()) == day
        assert parse_date(f"{day.day}.{day.month}.{day.year}") == day


@pytest.mark.parametrize("language", ["en", "nl", "de"])
@pytest.mark.parametrize("cents", [0, 5, 100, 123_456_789, -100_050])
def test_money_is_written_as_cldr_says(cents: int, language: str) -> None:
    from decimal import Decimal

    assert units.money(cents, language) == format_currency(Decimal(cents) / 100, "EUR", locale=language)


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_names_are_those_of_cldr(language: str) -> None:
    locale, style = Locale.parse(language), formats(language)
    assert list(style.months) == [locale.months["format"]["wide"][index] for index in range(1, 13)]
    assert list(style.short_months) == [
        locale.months["format"]["abbreviated"][index] for index in range(1, 13)
    ]
    assert list(style.days) == [locale.days["format"]["abbreviated"][index] for index in range(7)]
    assert units.percent(80, 100, language) == format_percent(0.8, locale=language)


def test_examples() -> None:
    assert parse_money("1.000,50", "nl") == 100_050
    assert parse_money("1,000.50", "en") == 100_050
    assert parse_money("€ 7", "nl") == 700
    assert units.money_micro(12_345, "en") == "€0.012345"
    assert units.money_micro(2_500_000, "en") == "€2.50"
    assert units.volume(1_500_000_000, "de") == "1,5\u00a0GB"
    assert units.volume(999_999_999, "en") == "1\u00a0GB"
    assert units.duration(3_725) == "1:02:05"
    assert units.instant(1_795_264_000, "Europe/Amsterdam", "en") == "21 Nov 2026 13:26"
    assert units.date(1_795_264_000, "Europe/Amsterdam", "de") == "21.11.2026"
    assert units.month(202611, "nl") == "november 2026"


@pytest.mark.parametrize("text", ["1,000.50", "1.50", "abc", "", "12,345", "1e5", "9" * 20, "١٢"])
def test_a_refused_amount_shows_how_to_type_it(text: str) -> None:
    with pytest.raises(UnitError, match=r"1\.000,50"):
        parse_money(text, "nl")


@pytest.mark.parametrize("text", ["1:99", "1:99:00", "x", "1:2:3:4"])
def test_a_refused_duration_shows_how_to_type_it(text: str) -> None:
    with pytest.raises(UnitError, match="2:05"):
        parse_duration(text)


@pytest.mark.parametrize(
    "parse, text", [(parse_volume, "1 PB"), (parse_count, "1.5"), (parse_date, "31-02-2026")]
)
def test_other_refusals(parse, text: str) -> None:
    with pytest.raises(UnitError, match="for instance"):
        parse(text)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+31670042108", "+31 6 7004 2108"),
        ("+31201234567", "+31 201 234 567"),
        ("+14155550123", "+1 415 555 0123"),
        ("+352621123456", "+352 621 123 456"),
        ("+4930123456", "+49 301 234 56"),
        ("1266", "1266"),
        ("Bank", "Bank"),
        ("+31", "+31"),
        ("", ""),
    ],
)
def test_phone_numbers_are_grouped(stored: str, shown: str) -> None:
    assert units.phone(stored) == shown
