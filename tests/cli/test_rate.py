"""`loket rate`: priced and explained, nothing stored."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Loket


def test_a_call_is_explained_without_a_database(loket: Loket) -> None:
    told = loket("rate", "call", "--to", "0900123", "--seconds", "61", "--at", "2026-11-03T12:00", "--json")
    assert told.code == 0
    assert told.json["status"] == "rated"
    assert told.json["charge_micro"] > 0
    assert told.json["tariff"] == "zakelijk-mobiel@2026-07-01"
    assert any("31900" in sentence for sentence in told.json["sentences"])


def test_the_edition_of_the_time_holds(loket: Loket) -> None:
    arguments = ("--volume", "5 MB", "--from-country", "MA", "--bundles", "a")
    old = loket("rate", "data", *arguments, "--at", "2026-06-30T23:59:59", "--json").json
    new = loket("rate", "data", *arguments, "--at", "2026-07-01T00:00:00", "--json").json
    assert (old["charge_micro"], old["tariff"]) == (9_000_000, "zakelijk-mobiel@2024-01-01")
    assert (new["charge_micro"], new["tariff"]) == (7_500_000, "zakelijk-mobiel@2026-07-01")


def test_data_outside_the_eu_is_off_without_a_bundle(loket: Loket) -> None:
    told = loket("rate", "data", "1 GB", "--from-country", "us", "--json").json
    assert (told["status"], told["reason"], told["charge_micro"]) == ("blocked", "data_off", 0)


def test_world_stands_alone(loket: Loket) -> None:
    told = loket("rate", "data", "1 GB", "--bundles", "a", "world", "--json")
    assert (told.code, told.json["field"]) == (2, "bundles")


def test_a_bar_is_told(loket: Loket) -> None:
    told = loket(
        "rate", "call", "--to", "+12125550112", "--seconds", "60", "--bars", "international", "--json"
    )
    assert told.json["reason"] == "bar_international"


@pytest.mark.parametrize(
    ("argv", "field"),
    [
        (("call", "--to", "abc", "--seconds", "60"), "to"),
        (("call", "--to", "+491", "--seconds", "60", "--at", "noon"), "at"),
        (("sms", "+491", "--from-country", "XX"), "from_country"),
        (("data", "much"), "volume"),
        (("data", "1 GB", "--plan", "none"), "plan"),
    ],
)
def test_wrong_input_names_the_field(loket: Loket, argv: tuple[str, ...], field: str) -> None:
    told = loket("rate", *argv, "--json")
    assert told.code in (2, 4)
    assert told.json["field"] == field
