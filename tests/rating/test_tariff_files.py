"""The tariffs that come with Loket, and what a mistake in one says."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from app.content.errors import ContentError, InvalidContent
from app.content.reference import Places
from app.content.reference_files import read_places
from app.content.tariffs import Tariffs, load_tariffs
from app.rating.codes import Kind, Reason, Status, Zone
from app.rating.records import Usage
from app.rating.single import price_one
from app.settings import shipped_content

CONTENT = shipped_content()
PLAN = "zakelijk-mobiel"
FILE = "tariffs/zakelijk-mobiel/2026-07-01.toml"
JULY, NOVEMBER = 1_782_864_000, 1_793_490_000
"""1 July 2026 02:00 and 1 November 2026 00:40 in Amsterdam."""


@pytest.fixture(scope="module")
def places() -> Places:
    return read_places(CONTENT / "reference", [])


@pytest.fixture(scope="module")
def tariffs(places: Places) -> Tariffs:
    return load_tariffs(CONTENT, places)


@pytest.mark.capability("RL-10")
def test_the_four_roaming_bundles_have_their_sizes(tariffs: Tariffs) -> None:
    for version in tariffs.versions(PLAN):
        sizes = {bundle.code: bundle.size for bundle in version.roaming_bundles}
        assert sizes == {"a": 30 * 10**9, "b": 7_500 * 10**6, "rest": 5 * 10**9, "world": 7_500 * 10**6}


@pytest.mark.capability("RL-27")
def test_the_limit_has_exactly_ten_choices(tariffs: Tariffs) -> None:
    for version in tariffs.versions(PLAN):
        assert version.limits == (10, 30, 50, 100, 150, 200, 500, 1000, 2000, 5000)
        assert version.default_limit == 50


@pytest.mark.capability("BX-46")
def test_a_month_is_priced_by_its_version(tariffs: Tariffs, places: Places) -> None:
    months = {202606: date(2024, 1, 1), 202607: date(2026, 7, 1), 203001: date(2026, 7, 1)}
    for month, start in months.items():
        version = tariffs.version(PLAN, month)
        assert version is not None
        assert version.valid_from == start
        assert tariffs.named(version.version) is version
    assert tariffs.version(PLAN, 202312) is None
    usage = Usage(start=JULY - 86_400, kind=Kind.SMS, volume=1, place=places.index("NL"), number=31612345678)
    assert price_one(tariffs.tables(PLAN, 202606), usage).charge_micro == 60_000  # type: ignore[arg-type]
    usage.start = JULY
    assert price_one(tariffs.tables(PLAN, 202607), usage).charge_micro == 55_000  # type: ignore[arg-type]


def test_the_eu_of_the_month_decides_the_zone(tariffs: Tariffs, places: Places) -> None:
    ukraine, britain, ship = places.index("UA"), places.index("GB"), places.index("X-SHIP")
    before, after = tariffs.tables(PLAN, 202512), tariffs.tables(PLAN, 202601)
    assert before is not None
    assert after is not None
    assert (before.place_zone[ukraine], after.place_zone[ukraine]) == (Zone.REST, Zone.EU)
    assert (after.place_zone[britain], after.place_zone[ship]) == (Zone.A, Zone.SHIP_PLANE)


def test_a_handset_log_without_numbers_is_national(tariffs: Tariffs, places: Places) -> None:
    tables = tariffs.tables("handset", 201403)
    assert tables is not None
    usage = Usage(start=1_394_000_000, kind=Kind.VOICE, volume=600, place=places.index("NL"))
    rating = price_one(tables, usage)
    assert (rating.status, rating.charge_micro) == (Status.RATED, 540_000)


def test_across_the_border_home_is_mexico(tariffs: Tariffs, places: Places) -> None:
    tables = tariffs.tables("cross-border", 202603)
    assert tables is not None
    prices = {}
    for place in ("MX", "US"):
        usage = Usage(start=1_774_000_000, kind=Kind.VOICE, volume=61, place=places.index(place))
        usage.number = 523915281049
        prices[place] = Fraction(price_one(tables, usage).charge_micro, 10**6)
    assert prices == {"MX": Fraction(203, 10_000), "US": Fraction(1_115, 10_000)}


def test_no_plan_leaves_an_ordinary_call_without_a_rate(tariffs: Tariffs, places: Places) -> None:
    for plan in tariffs.plans():
        tables = tariffs.tables(plan, 202611)
        assert tables is not None
        for place in ("NL", "DE", "GB", "JP", "BR", "X-SHIP", "MX"):
            for direction in (0, 1):
                for kind in (Kind.VOICE, Kind.SMS):
                    usage = Usage(start=NOVEMBER, kind=kind, volume=1, place=places.index(place))
                    usage.number, usage.direction = 351912345678, direction
                    assert price_one(tables, usage).reason != Reason.NO_RATE


def mistakes(tmp_path: Path, places: Places, old: str, new: str, file: str = FILE) -> list[ContentError]:
    shutil.copytree(CONTENT / "tariffs", tmp_path / "tariffs")
    path = tmp_path / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(InvalidContent) as caught:
        load_tariffs(tmp_path, places)
    return caught.value.errors


@pytest.mark.parametrize(
    "old, new, key, problem",
    [
        ('b = ["JP"', 'b = ["CH", "JP"', "classes.b", "CH is in classes.a as well."),
        ('a = ["GB"', 'a = ["QQ"', "classes.a", "'QQ' is not one of the choices."),
        ('out_of_bundle = "0.0035"', "out_of_bundle = 0.0035", "data.out_of_bundle", "0.0035 is not a price"),
        ('price = "0.22"', 'price = "0,22"', "steps", "'0,22' is not a price"),
        ('zones = ["b"]', 'zones = ["c"]', "roaming_bundles.b.zones", "'c' is not one of the choices."),
        ('prefixes = ["31900"]', 'prefixes = ["0900"]', "prefixes", "'0900' is not the beginning"),
        ('prefixes = ["31906"]', 'prefixes = ["31900"]', "rates.voice-0906", "31900 also have the rate"),
        ("valid_from = 2026-07-01", "valid_from = 2026-06-01", "valid_from", "overlaps"),
        ("valid_from = 2026-07-01", "valid_from = 2026-09-01", "valid_from", "No version is valid between"),
        ("weight = 20", "weight = 10", "rates.voice-near", "hold at the same time"),
        ('price = "7.50"', 'price = "7500000"', "rates.voice-satellite", "so high that sums leave 64 bits"),
        ('time_zone = "Europe/Amsterdam"', 'time_zone = "Europe/Utrecht"', "time_zone", "no time zone"),
        ("default = 50", "default = 51", "cost_limit.default", "not one of the choices"),
        ('to = ["near"]', 'to = ["nearer"]', "to", "'nearer' is not one of the choices."),
    ],
)
def test_a_mistake_names_file_key_problem_and_cure(
    tmp_path: Path, places: Places, old: str, new: str, key: str, problem: str
) -> None:
    errors = mistakes(tmp_path, places, old, new)
    fitting = [error for error in errors if key in error.key and problem in error.problem]
    assert fitting, [str(error) for error in errors]
    assert fitting[0].file == FILE
    assert fitting[0].cure
