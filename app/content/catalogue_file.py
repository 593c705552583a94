"""Read and check data/catalogue.toml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from app.content import catalogue as kinds
from app.content.catalogue import (
    BYTES_PER_MEGABYTE,
    Catalogue,
    ConnectionFact,
    DataBundle,
    Feature,
    Option,
    PhoneCode,
    RoamingBundle,
    SimKind,
    Subscription,
)
from app.content.errors import ContentError
from app.content.reading import Section, read_toml

FILE: Final = "catalogue.toml"
PHONE_CODE: Final = r"[*#0-9]+(\{number\})?[*#0-9]*"
Item = TypeVar("Item")


def read_catalogue(folder: Path, errors: list[ContentError]) -> Catalogue:
    """The catalogue of a content folder; mistakes are added to `errors`."""
    root = read_toml(folder / FILE, FILE, errors)
    catalogue = Catalogue(
        tariff_plan=root.text("tariff_plan"),
        terms_months=root.integers("terms_months", low=1, high=60),
        subscriptions=_items(root, "subscriptions", _subscription, kinds.SUBSCRIPTIONS),
        data_bundles=_items(root, "data_bundles", _data_bundle),
        roaming_bundles=_items(root, "roaming_bundles", _roaming_bundle, kinds.ROAMING_CLASSES),
        sims=_items(root, "sims", _sim, kinds.SIMS),
        options=_items(root, "options", _option, kinds.OPTIONS),
        features=_items(root, "features", _feature, kinds.FEATURES),
        connection=_connection(root),
    )
    _check_data_bundles(root, catalogue)
    _check_sims(root, catalogue)
    root.finish()
    return catalogue


def _items(
    root: Section, key: str, read: Callable[[Section, str], Item], known: tuple[str, ...] = ()
) -> dict[str, Item]:
    """Tables `[key.code]`; only known codes, where code of the portal gives them a meaning."""
    section = root.section(key)
    items = {}
    for code in section.names():
        if known and code not in known:
            cure = section.suggest(code, known, f"Choose from {', '.join(known)}.")
            section.error(code, f"The portal knows no {code!r}.", cure)
            section.has(code)
            continue
        child = section.section(code)
        items[code] = read(child, code)
        child.finish()
    section.finish()
    return items


def _subscription(section: Section, code: str) -> Subscription:
    return Subscription(
        code=code,
        name=section.texts("name"),
        monthly_cents=section.cents("monthly_cents"),
        voice=section.boolean("voice"),
        includes=section.texts_list("includes"),
    )


def _data_bundle(section: Section, code: str) -> DataBundle:
    unlimited = section.boolean("unlimited", default=False)
    megabytes = 0
    if not unlimited:
        megabytes = section.integer("megabytes", low=0, high=10_000_000)
    return DataBundle(
        code=code,
        name=section.texts("name"),
        volume=megabytes * BYTES_PER_MEGABYTE,
        unlimited=unlimited,
        monthly_cents=section.cents("monthly_cents"),
    )


def _roaming_bundle(section: Section, code: str) -> RoamingBundle:
    excludes = section.words("excludes", choices=kinds.ROAMING_CLASSES, default=())
    if code in excludes:
        section.error("excludes", "A bundle cannot exclude itself.", f"Remove {code}.")
    return RoamingBundle(
        code=code,
        name=section.texts("name"),
        volume=section.integer("megabytes", low=1, high=10_000_000) * BYTES_PER_MEGABYTE,
        excludes=excludes,
    )


def _sim(section: Section, code: str) -> SimKind:
    return SimKind(
        code=code,
        name=section.texts("name"),
        text=section.texts("text"),
        once_cents=section.cents("once_cents"),
        default=section.boolean("default", default=False),
    )


def _option(section: Section, code: str) -> Option:
    return Option(
        code=code,
        name=section.texts("name"),
        text=section.texts("text"),
        monthly_cents=section.cents("monthly_cents"),
        subscriptions=section.words("subscriptions", choices=kinds.SUBSCRIPTIONS),
        fixed_ip=section.boolean("fixed_ip", default=False),
        risk=section.texts("risk") if section.has("risk") else None,
    )


def _feature(section: Section, code: str) -> Feature:
    return Feature(
        code=code,
        name=section.texts("name"),
        text=section.texts("text"),
        subscriptions=section.words("subscriptions", choices=kinds.SUBSCRIPTIONS),
        switch=section.boolean("switch", default=False),
        needs=section.texts("needs") if section.has("needs") else None,
        help=section.text("help", default="", pattern=r"https://\S+", form="like https://www.example.org"),
        codes=tuple(_phone_code(child) for child in section.sections("codes", optional=True)),
    )


def _phone_code(section: Section) -> PhoneCode:
    code = PhoneCode(section.text("code", pattern=PHONE_CODE, form="like *43#"), section.texts("name"))
    section.finish()
    return code


def _connection(root: Section) -> tuple[ConnectionFact, ...]:
    found: dict[str, ConnectionFact] = {}
    for section in root.sections("connection", optional=True):
        fact = ConnectionFact(
            section.text("id", pattern="[a-z_]{1,40}", form="small letters"),
            section.texts("name"),
            section.text("value", pattern=r"\S.{0,99}", form="at most 100 signs"),
            section.words("subscriptions", choices=kinds.SUBSCRIPTIONS),
            section.boolean("secret", default=False),
        )
        if fact.id in found:
            section.error("id", f"There are two of {fact.id!r}.", "Give each a name of its own.")
        found[fact.id] = fact
        section.finish()
    return tuple(found.values())


def _check_data_bundles(root: Section, catalogue: Catalogue) -> None:
    seen: dict[tuple[int, bool], str] = {}
    for code, bundle in catalogue.data_bundles.items():
        if len(code) > 20:
            root.error(f"data_bundles.{code}", "The code is too long.", "Use at most 20 signs.")
        other = seen.setdefault((bundle.volume, bundle.unlimited), code)
        if other != code:
            problem = f"It has the same size as {other!r}: their lines would not share a pool."
            root.error(f"data_bundles.{code}", problem, "Keep one of them.")
    if not catalogue.data_bundles:
        root.error("data_bundles", "There is no data bundle.", "Describe at least one.")


def _check_sims(root: Section, catalogue: Catalogue) -> None:
    if catalogue.sims and sum(sim.default for sim in catalogue.sims.values()) != 1:
        root.error("sims", "Not exactly one kind of SIM is the default.", "Write default = true at one.")
