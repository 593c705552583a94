"""The demo's usage: the same whenever it is made, and in the shape that the intake reads."""

from __future__ import annotations

import calendar
from datetime import date

from app.content import Content
from app.demo import habits
from app.demo.month_shape import share_of_day
from app.demo.stories import SETTINGS, TEXTS
from app.demo.usage import COLUMNS, day_rows, subscribers, trip_on

ZONE = "Europe/Amsterdam"


def test_a_day_is_the_same_whenever_it_is_made(content: Content) -> None:
    people = subscribers(content)
    day = date(2026, 11, 3)
    first = [row for each in people for row in day_rows(each, day, ZONE)]
    second = [row for each in people for row in day_rows(each, day, ZONE)]
    assert first == second
    assert len({row["id"] for row in first}) == len(first)
    assert all(tuple(row) == COLUMNS for row in first)


def test_columns_are_those_of_the_source(content: Content) -> None:
    assert content.sources["loket"].columns == COLUMNS


def test_people_of_trips_and_stories_have_lines(content: Content) -> None:
    names = {each.line.name for each in subscribers(content)}
    groups = {each.group.name for each in subscribers(content)}
    assert {trip.person for trip in habits.TRIPS} <= names
    assert {each.person for each in (*TEXTS, *SETTINGS)} <= names
    assert habits.PREMIUM_CALLERS | habits.CONFERENCES | set(habits.FORWARDERS) <= names
    assert set(habits.POOL_PERCENT) | habits.CALLERS_ABROAD | habits.SILENT <= groups


def test_nobody_is_in_two_places() -> None:
    for trip in habits.TRIPS:
        for day in range(trip.first, trip.last + 1):
            assert trip_on(trip.person, date(2026, 11, day)) == trip


def test_places_of_trips_have_known_networks(content: Content) -> None:
    for code, (mcc, mnc) in habits.NETWORKS.items():
        assert content.networks.place_of(mcc, mnc, date(2026, 11, 1)) == content.places.index(code)


def test_the_days_of_a_month_share_its_volume() -> None:
    for month in range(1, 13):
        days = calendar.monthrange(2026, month)[1]
        total = sum(share_of_day(date(2026, month, day)) for day in range(1, days + 1))
        assert 1_000_000 - days <= total <= 1_000_000
