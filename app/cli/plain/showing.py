"""Answers of operations as labelled lines; what is empty is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from app import units
from app.cli.plain.labels import HIDDEN, LABELS
from app.cli.plain.values import word
from app.i18n import _

if TYPE_CHECKING:
    from app.content import Content

OLDEST = 10**8
"""Smaller numbers are no instants of ours."""
INSTANT_NAMES = ("_at", "_from", "_to", "_until", "start", "at", "customer_since")
Teller = Callable[[Any, "Content"], list[str]]


def record_lines(record: Any, content: Content, indent: str = "") -> list[str]:
    """A record in full: a line for each field that says something."""
    from app.cli.plain.tellers import TELLERS

    teller = TELLERS.get(type(record).__name__)
    if teller is not None:
        return [indent + line for line in teller(record, content)]
    if not is_dataclass(record):
        return [indent + plain_text("", record, content)]
    lines: list[str] = []
    for name in shown_fields(record):
        value = getattr(record, name)
        label = _(LABELS.get(name, name))
        if is_dataclass(value):
            lines += [f"{indent}{label}:", *record_lines(value, content, indent + "  ")]
        elif isinstance(value, tuple | list) and value and is_dataclass(value[0]):
            lines.append(f"{indent}{label}:")
            lines += [f"{indent}  {brief(each, content)}" for each in value]
        else:
            lines.append(f"{indent}{label}: {field_text(record, name, content)}")
    return lines


def brief(record: Any, content: Content, names: tuple[str, ...] = ()) -> str:
    """A record on one line: its first field bare, the others with their labels."""
    from app.cli.plain.tellers import BRIEFS, ONE_LINE

    if not is_dataclass(record):
        return plain_text("", record, content)
    one_line = ONE_LINE.get(type(record).__name__)
    if one_line is not None:
        return one_line(record, content)
    found: list[str] = []
    for name in names or BRIEFS.get(type(record).__name__, ()) or shown_fields(record)[:5]:
        value = getattr(record, name)
        if says_nothing(value) or is_dataclass(value):
            continue
        text = field_text(record, name, content)
        found.append(f"{_(LABELS.get(name, name))} {text}" if found else text)
    return ", ".join(found)


def shown_fields(record: Any) -> list[str]:
    """The fields that say something to people."""
    kind = type(record).__name__
    names = [
        each.name
        for each in fields(record)
        if each.name not in HIDDEN and f"{kind}.{each.name}" not in HIDDEN
    ]
    return [name for name in names if not says_nothing(getattr(record, name))]


def says_nothing(value: Any) -> bool:
    """Whether a value is left out."""
    return value is None or value == "" or (isinstance(value, tuple | list) and not value)


def field_text(record: Any, name: str, content: Content) -> str:
    """The value of a field in words, with its unit."""
    value = getattr(record, name)
    said = word(type(record).__name__, name, value, content)
    return plain_text(name, value, content) if said is None else said


def plain_text(name: str, value: Any, content: Content) -> str:
    """A value by its type and the name of its field, which tells the unit."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number_text(name, value, content.operator.time_zone)
    if isinstance(value, tuple | list):
        return ", ".join(
            brief(each, content) if is_dataclass(each) else plain_text(name, each, content) for each in value
        )
    text = str(value)
    if text.startswith("+") and text[1:].isdigit():
        return units.phone(text)
    return _columns(text) if name == "raw" else text


def number_text(name: str, value: int, zone: str) -> str:
    """A number with the unit that its name tells."""
    if name.endswith("_cents"):
        return units.money(value)
    if name.endswith("_micro"):
        return units.money_micro(value)
    if name.endswith("_bytes"):
        return units.volume(value)
    if name == "voice_seconds":
        return units.duration(value)
    if name == "month":
        return units.month(value)
    if name.endswith(INSTANT_NAMES) and value > OLDEST:
        return units.instant(value, zone)
    return units.count(value)


def _columns(text: str) -> str:
    """The columns of a row that could not be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return "; ".join(f"{key} {value}" for key, value in found.items()) if isinstance(found, dict) else text
