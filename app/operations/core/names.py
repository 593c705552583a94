"""The words that people and scripts use for what is stored as bits and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.content import Content
from app.i18n import _, language
from app.operations.core.errors import Invalid
from app.rating.codes import Bar, Direction, Kind, RoamingClass, Zone

BARS: dict[str, int] = {
    "premium": Bar.PREMIUM,
    "international": Bar.INTERNATIONAL,
    "data_outside_eu": Bar.DATA_OUTSIDE_EU,
    "data_eu": Bar.DATA_EU,
    "roaming": Bar.ROAMING,
}
BUNDLES: dict[str, int] = {
    "a": RoamingClass.A,
    "b": RoamingClass.B,
    "rest": RoamingClass.REST,
    "world": RoamingClass.WORLD,
}
"""In the order of the counters of a line's state."""
KINDS: dict[str, int] = {"voice": Kind.VOICE, "sms": Kind.SMS, "data": Kind.DATA}
DIRECTIONS: dict[int, str] = {
    Direction.MO: "outgoing",
    Direction.MT: "incoming",
    Direction.FORWARDED: "forwarded",
}
ZONES: dict[int, str] = {
    Zone.UNKNOWN: "unknown",
    Zone.HOME: "home",
    Zone.EU: "eu",
    Zone.A: "a",
    Zone.B: "b",
    Zone.REST: "rest",
    Zone.SHIP_PLANE: "ship_plane",
}
KIND_NAMES = {number: name for name, number in KINDS.items()}


def names_of(bits: int, words: Mapping[str, int]) -> tuple[str, ...]:
    """The words whose bits are set, in their order."""
    return tuple(name for name, bit in words.items() if bits & bit)


def bits_of(names: Iterable[str], words: Mapping[str, int], field: str) -> int:
    """The bits of some words.

    Raises:
        Invalid: a word that is not known.
    """
    bits = 0
    for name in names:
        if name not in words:
            raise Invalid(
                _("{word} is not known. Choose from: {words}.").format(word=name, words=", ".join(words)),
                field,
            )
        bits |= words[name]
    return bits


def country_name(code: str, content: Content) -> str:
    """A country in the reader's language; the code itself where it is not known."""
    index = content.places.find(code) if code else None
    return code if index is None else content.places.name(index, language())


def bar_name(name: str) -> str:
    """What a bar forbids, in the reader's language."""
    return {
        "premium": _("Premium numbers (090x)"),
        "international": _("International calls"),
        "data_outside_eu": _("Data outside the EU"),
        "data_eu": _("Data in the EU abroad"),
        "roaming": _("All use abroad"),
    }[name]


def class_name(name: str) -> str:
    """The roaming bundle of a class, in the reader's language."""
    return {
        "a": _("Countries A"),
        "b": _("Countries B"),
        "rest": _("Rest of world"),
        "world": _("World"),
    }[name]


def kind_name(kind: str) -> str:
    """The kind of a subscription, in the reader's language."""
    return {"voice_data": _("Voice & Data"), "data_only": _("Data Only")}[kind]


def zone_name(zone: str) -> str:
    """A zone of the tariff, in the reader's language."""
    return {
        "unknown": _("Unknown network"),
        "home": _("At home"),
        "eu": _("EU"),
        "a": _("Countries A"),
        "b": _("Countries B"),
        "rest": _("Rest of world"),
        "ship_plane": _("Ship or aircraft"),
    }[zone]
