"""Prices by country, and the valid sheet."""

from __future__ import annotations

import pytest

from app.operations.core import NotFound, Visit, perform
from tests.factories import Factory


@pytest.mark.capability("IN-04")
def test_a_country_shows_its_class_prices_and_bundle(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id, bundles=1)
    japan = perform(admin_visit, "tariffs.country", code="jp", line_id=line)
    assert (japan.zone, japan.zone_name, japan.data_micro, japan.data_unit) == (
        "b",
        "Countries B",
        1_500_000,
        1_000_000,
    )
    assert [(bundle.code, bundle.enabled) for bundle in japan.bundles] == [("b", False), ("world", False)]
    assert japan.covered is False
    assert "standard rate" in japan.advice
    assert japan.version == "zakelijk-mobiel@2026-07-01"
    outgoing = [row for row in japan.prices if (row.kind, row.direction) == ("voice", "outgoing")]
    assert outgoing[0].origin == "Japan"
    assert outgoing[0].steps[0].price_micro > 0
    swiss = perform(admin_visit, "tariffs.country", code="CH", line_id=line)
    assert (swiss.zone, swiss.covered) == ("a", True)
    german = perform(admin_visit, "tariffs.country", code="DE", line_id=line)
    assert (german.zone, german.data_included, german.bundles) == ("eu", True, ())
    assert any(row.included for row in german.prices if row.kind == "voice")


def test_a_line_without_bundles_is_told_that_data_is_off(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = factory.line(account_id)
    assert "off" in perform(admin_visit, "tariffs.country", code="US", line_id=line).advice


def test_countries_are_found_in_any_language_and_by_number(admin_visit: Visit) -> None:
    for text in ("zwits", "Switz", "Schweiz", "+41 44 668", "CH"):
        assert perform(admin_visit, "tariffs.search", text=text)[0].code == "CH", text
    with pytest.raises(NotFound):
        perform(admin_visit, "tariffs.country", code="QQ")


def test_the_valid_sheet_lists_every_country_once(admin_visit: Visit) -> None:
    sheet = perform(admin_visit, "tariffs.sheet")
    countries = [name for zone in sheet.zones for name in zone.countries]
    assert len(countries) == len(set(countries)) == admin_visit.content.places.count
    assert sheet.valid_from == "2026-07-01"
    assert [zone.zone for zone in sheet.zones] == ["home", "eu", "a", "b", "rest", "ship_plane"]
    assert len(sheet.bundles) == 4


def test_nobody_signed_in_may_read_tariffs(factory: Factory) -> None:
    visitor = factory.visit("", None)
    assert perform(visitor, "tariffs.country", code="US").covered is None
