"""A line that crosses a border is told what use costs there."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, NotFound, Visit, perform
from app.operations.core.border_notices import border_text, moved
from app.operations.core.border_watch import cross_borders
from app.store import Store
from app.units import money_micro
from tests.factories import DAY, Factory

PLAN = "zakelijk-mobiel"
NUMBER = "+31612345678"


@pytest.fixture
def system(factory: Factory) -> Visit:
    return factory.visit("system")


def enter(system: Visit, country: str) -> str:
    text: str = perform(system, "border.enter", line=NUMBER, country=country)
    return text


@pytest.fixture
def line(factory: Factory) -> int:
    return factory.line(factory.account(), number=NUMBER, plan=PLAN)


@pytest.mark.capability("IN-16")
def test_message_has_the_tariffs_of_the_country(system: Visit, line: int, store: Store) -> None:
    text = enter(system, "us")
    tariff = system.content.tariffs.version(PLAN, 202611)
    assert tariff is not None
    assert "United States" in text
    assert f"Data: {money_micro(tariff.zone_prices[2])} per 1\u00a0MB" in text
    assert "Calls to Netherlands: €" in text
    assert "SMS: €" in text
    assert store.rows("SELECT recipient, body, status FROM message") == [(NUMBER, text, "queued")]


def test_prices_are_those_of_the_rulebook(system: Visit, line: int) -> None:
    from app.rating.codes import Kind
    from app.rating.records import Usage
    from app.rating.single import price_one

    tables = system.content.tariffs.tables(PLAN, 202611)
    assert tables is not None
    place = system.content.places.index("JP")
    call = Usage(start=system.now, kind=Kind.VOICE, volume=60, place=place, number=31201234567)
    assert f"{money_micro(price_one(tables, call).charge_micro)} a minute" in enter(system, "JP")


def test_eu_includes(system: Visit, line: int) -> None:
    text = enter(system, "DE")
    assert "Calls to Netherlands: included; received: included." in text
    assert "Data draws on your bundle" in text


def test_same_country_again_and_home_are_no_news(system: Visit, line: int, store: Store) -> None:
    assert enter(system, "US")
    assert enter(system, "US") == ""
    assert enter(system, "NL") == ""
    system.clock.advance(3600)  # type: ignore[attr-defined]
    assert enter(system, "US")
    assert store.row("SELECT count(*) FROM message") == (2,)


def test_info_uit_mutes(system: Visit, line: int, store: Store) -> None:
    perform(system, "sms.receive", sender=NUMBER, text="INFO UIT")
    assert enter(system, "US")
    assert store.row("SELECT status FROM message WHERE key LIKE '%border%'") == ("muted",)


def test_border_of_days_ago_is_kept_and_not_sent(system: Visit, line: int, store: Store) -> None:
    place = system.content.places.index("US")
    with store.transaction() as tx:
        assert moved(tx, system.content, line, place, system.now - 2 * DAY, system.now)
        assert moved(tx, system.content, line, -1, system.now, system.now) is None
    assert store.row("SELECT status, error FROM message") == ("muted", "too late")


def test_usage_in_another_country_crosses_the_border(
    system: Visit, line: int, store: Store, factory: Factory
) -> None:
    factory.usage(line, "data", 1000, system.now - 7200, "NL")
    assert cross_borders(system) == 0
    factory.usage(line, "data", 1000, system.now - 3600, "US")
    assert cross_borders(system) == 1
    assert cross_borders(system) == 0
    assert "United States" in store.rows("SELECT body FROM message WHERE key LIKE '%border%'")[0][0]
    system.clock.advance(60)  # type: ignore[attr-defined]
    assert enter(system, "JP")
    factory.usage(line, "data", 1000, system.now - 1800, "US")  # reported late: the line has gone on
    assert cross_borders(system) == 0
    assert store.row("SELECT last_place FROM line") == (system.content.places.index("JP"),)


def test_data_only_line_hears_of_data_only(system: Visit) -> None:
    place = system.content.places.index("US")
    text = border_text(system.content, PLAN, "data_only", place, system.now)
    assert "Data: €" in text
    assert "Calls" not in text


@pytest.mark.parametrize("country", ["X-SHIP", "X-PLANE", "CN", "GB", "AQ"])
def test_every_kind_of_place_has_a_message(system: Visit, country: str) -> None:
    place = system.content.places.index(country)
    assert "Data: €" in border_text(system.content, PLAN, "voice_data", place, system.now)


def test_unknown_country_and_line(system: Visit, line: int) -> None:
    with pytest.raises(Invalid):
        enter(system, "ZZ")
    with pytest.raises(NotFound):
        perform(system, "border.enter", line="+31600000000", country="US")
