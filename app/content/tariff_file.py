"""Read one dated version of a tariff: data/tariffs/<plan>/<first day>.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.reference import Places
from app.content.tariff_rates import read_bands, read_destinations, read_rates
from app.content.tariff_values import day_or_none, label, micro, zones
from app.rating.records import CLASSES
from app.rating.tariff import Decisions, RoamingBundle, Subject, Tariff, TimeBand

MEGABYTE: Final = 1_000_000
MICRO_DECIMALS: Final = 6


def read_tariff(path: Path, file: str, places: Places, errors: list[ContentError]) -> Tariff:
    """The version in a file; mistakes are added to `errors`, and then the version must not be used."""
    root = read_toml(path, file, errors)
    data = root.section("data")
    standard = data.section("standard")
    limit = root.section("cost_limit")
    bands = read_bands(root)
    destinations = read_destinations(root, places)
    names = [destination.name for destination in destinations]
    start = root.day("valid_from")
    plan = root.text("plan", pattern="[a-z0-9-]{1,40}")
    classes = root.section("classes")
    tariff = Tariff(
        plan=plan,
        label=label(root),
        version=f"{plan}@{start.isoformat()}",
        valid_from=start,
        valid_to=day_or_none(root, "valid_to"),
        time_zone=_time_zone(root),
        currency=root.text("currency", pattern="[A-Z]{3}"),
        holiday_country=root.text("holidays", default="", pattern="[A-Z]{2}"),
        home=root.words("home", choices=places.codes()),
        home_numbers=root.words("home_numbers"),
        ships=root.words("ships", choices=places.codes()),
        classes={2 + i: classes.words(code, choices=places.codes()) for i, code in enumerate(("a", "b"))},
        data_unit=data.integer("unit", low=1, high=10**9),
        data_increment=data.integer("increment", low=1, high=10**9),
        data_decimals=data.integer("decimals", low=0, high=MICRO_DECIMALS),
        out_of_bundle_price=micro(data, "out_of_bundle"),
        zone_prices={2 + i: micro(standard, code) for i, code in enumerate(("a", "b", "rest", "ships"))},
        roaming_bundles=_roaming_bundles(root.section("roaming_bundles", optional=True)),
        limits=limit.integers("choices", low=1, high=1_000_000),
        default_limit=limit.integer("default", low=1, high=1_000_000),
        destinations=destinations,
        rates=read_rates(root, bands, names),
        subjects=_subjects(root, bands, names),
        decisions=_decisions(root.section("decisions", optional=True)),
    )
    for section in (data, standard, limit, classes, root):
        section.finish()
    if tariff.default_limit not in tariff.limits:
        limit.error("default", "The default is not one of the choices.", "Choose one of them.")
    _check_classes(root, tariff)
    return tariff


def _check_classes(root: Section, tariff: Tariff) -> None:
    """A country lies in one place only: home, class A, class B or the ships."""
    seen: dict[str, str] = {}
    lists = {"home": tariff.home, "ships": tariff.ships}
    lists |= {"classes.a": tariff.classes[2], "classes.b": tariff.classes[3]}
    for key, codes in lists.items():
        for code in codes:
            if code in seen:
                root.error(key, f"{code} is in {seen[code]} as well.", f"Remove {code} from one of the two.")
            seen[code] = key


def _time_zone(root: Section) -> str:
    name = root.text("time_zone")
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        root.error("time_zone", f"There is no time zone {name!r}.", "Write one like Europe/Amsterdam.")
        return "UTC"
    return name


def _roaming_bundles(section: Section) -> tuple[RoamingBundle, ...]:
    found = []
    for code in section.names():
        child = section.section(code)
        if code not in CLASSES:
            section.error(code, f"There is no roaming class {code!r}.", f"Choose from {', '.join(CLASSES)}.")
            continue
        size = child.integer("megabytes", low=1, high=1_000_000) * MEGABYTE
        found.append(RoamingBundle(code, zones(child, "zones"), size, micro(child, "price")))
        child.finish()
    section.finish()
    return tuple(found)


def _subjects(root: Section, bands: dict[str, TimeBand], names: list[str]) -> tuple[Subject, ...]:
    found = []
    section = root.section("subjects", optional=True)
    for name in section.names():
        child = section.section(name)
        found.append(Subject(name, read_rates(child, bands, names)))
        child.finish()
    section.finish()
    return tuple(found)


def _decisions(section: Section) -> Decisions:
    base = Decisions()
    bounds = {
        "notice_percent": (1, 99),
        "second_percent": (101, 1000),
        "largest_cap": (1, 10),
        "longest_call": (3_600, 30 * 86_400),
        "most_messages": (1, 1_000_000),
        "largest_volume": (10**9, 10**14),
        "most_legs": (1, 1_000),
    }
    values: dict[str, Any] = {
        name: section.integer(name, low=low, high=high, default=getattr(base, name))
        for name, (low, high) in bounds.items()
    }
    for name in ("charge_leakage", "charge_over_cap", "limit_blocks_bundles", "zero_blocks_outside_eu"):
        values[name] = section.boolean(name, default=getattr(base, name))
    section.finish()
    return Decisions(**values)
