"""What a person can start from the full screens can be started line by line, and is called something."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app.screens
from app.cli.parameters import parameters
from app.cli.plain.acting import NEVER_ASKED
from app.cli.plain.asks import ASKS, ask_of
from app.cli.plain.entry import Entry, Menu
from app.cli.plain.labels import HIDDEN, LABELS
from app.cli.plain.menus.main import MAIN, reachable
from app.cli.plain.tellers import ONE_LINE, TELLERS
from app.operations.core.registry import every, get

SCREENS = Path(next(iter(app.screens.__path__)))
LITERAL = re.compile(r"\"([a-z_]+\.[a-z_]+)\"")
NOT_LINE_BY_LINE = {
    "profile.set_theme": "colours are of the full screen; here nothing is told by colour",
    "limits.choices": "read when a cost limit is asked for",
    "password.words": "the change itself refuses passwords with such words, and says so",
    "barring.note": "said before bars are set",
}
"""Operations of screens that no menu names, each with the reason."""
ASKED_BY_STEPS = ("cases.open_recovery", "cases.open_second_factor_reset")
"""Operations whose parameters a step asks for as entries do."""


def started_by_screens() -> set[str]:
    """Every operation whose name stands in a screen."""
    known = {each.name for each in every()}
    said = set()
    for file in SCREENS.rglob("*.py"):
        said |= set(LITERAL.findall(file.read_text(encoding="utf-8")))
    return said & known


def entries(menu: Menu = MAIN) -> Iterator[Entry]:
    """Every entry of every menu."""
    for each in menu.entries:
        if isinstance(each, Menu):
            yield from entries(each)
        elif isinstance(each, Entry):
            yield each


@pytest.mark.capability("BX-51")
def test_what_a_screen_can_start_can_be_started_line_by_line() -> None:
    missing = started_by_screens() - set(reachable()) - set(NOT_LINE_BY_LINE)
    assert not missing, f"in no menu of app/cli/plain/menus: {sorted(missing)}"
    assert len(started_by_screens()) > 90


def test_the_reasons_name_what_there_is() -> None:
    assert set(NOT_LINE_BY_LINE) <= {each.name for each in every()}
    assert {get(name).name for name in reachable()} == set(reachable())


@pytest.mark.parametrize("entry", list(entries()), ids=lambda entry: f"{entry.operation}: {entry.title}")
def test_all_that_an_entry_asks_has_a_plain_label(entry: Entry) -> None:
    for each in parameters(get(entry.operation).function, {}):
        if each.name not in (*entry.fixed, *entry.leave, *NEVER_ASKED):
            assert ask_of(entry.operation, each.name).label
    names = {each.name for each in parameters(get(entry.operation).function, {})}
    assert set(entry.leave) | set(entry.fixed) <= names


@pytest.mark.parametrize("operation", ASKED_BY_STEPS)
def test_all_that_a_step_asks_has_a_plain_label(operation: str) -> None:
    for each in parameters(get(operation).function, {}):
        assert each.name == "login_id" or ask_of(operation, each.name).label


def test_every_way_of_asking_is_used() -> None:
    used = set()
    for operation in {each.operation for each in entries()} | set(ASKED_BY_STEPS):
        for each in parameters(get(operation).function, {}):
            specific = f"{operation}.{each.name}"
            used.add(specific if specific in ASKS else each.name)
    assert set(ASKS) - used == set()


def answers() -> dict[str, Any]:
    """The records that entries answer with, and those in them, by name."""
    found: dict[str, Any] = {}

    def walk(kind: Any) -> None:
        origin = typing.get_origin(kind) or kind
        if dataclasses.is_dataclass(origin) and origin.__name__ not in found:
            name = origin.__name__
            hints = typing.get_type_hints(origin, vars(sys.modules[origin.__module__]))
            if name != "Page":
                found[name] = hints
            if name not in (*TELLERS, *ONE_LINE) or name in ("LineRow", "PoolRow"):
                for each in hints.values():
                    walk(each)
        for each in typing.get_args(kind):
            walk(each)

    for entry in entries():
        function = inspect.unwrap(get(entry.operation).function)
        try:
            hints = typing.get_type_hints(function, vars(sys.modules[function.__module__]))
        except NameError:  # loaded for type checkers only
            continue
        walk(hints.get("return"))
    return found


@pytest.mark.capability("BX-51")
def test_every_field_that_is_said_has_a_plain_label() -> None:
    missing = {
        f"{kind}.{name}"
        for kind, hints in answers().items()
        if kind not in (*TELLERS, "ForecastRow", "ArticleRow", "Offer")
        for name in hints
        if name not in LABELS and not {name, f"{kind}.{name}"} & HIDDEN
    }
    assert not missing, f"without a label in app/cli/plain/labels.py: {sorted(missing)}"
