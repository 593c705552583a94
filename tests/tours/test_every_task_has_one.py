"""Whatever somebody can change on a screen has a tour, or a line that says why not."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from app.content.tour_list import WITHOUT, read_tours
from app.operations.core.registry import every
from app.settings import HERE, shipped_content

TOURS = read_tours(shipped_content(), [])
LEAST_REASON = 20


def called_on_screens() -> set[str]:
    """The operations that change something whose names stand in the code of the screens."""
    files = [HERE / "portal.py", *(HERE / "screens").rglob("*.py")]
    words = {word for path in files for word in strings(path)}
    return {each.name for each in every() if each.changes and each.name in words}


def strings(path: Path) -> set[str]:
    """All string literals of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def without() -> dict[str, str]:
    """Operations that need no tour, with the reason: data/tours/without.toml, one line each."""
    path = shipped_content() / "tours" / WITHOUT
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def toured() -> set[str]:
    """The operations that tours prove or cover."""
    return {name for tour in TOURS.values() for name in (tour.outcome, *tour.covers) if name}


def test_every_change_that_a_screen_offers_has_a_tour() -> None:
    missing = called_on_screens() - toured() - without().keys()
    assert sorted(missing) == []


def test_screens_call_many_operations() -> None:
    """Otherwise the gate would look at nothing."""
    assert len(called_on_screens()) > 60


def test_tours_name_operations_that_exist() -> None:
    assert sorted(toured() - {each.name for each in every()}) == []


def test_exceptions_have_a_reason_and_are_needed() -> None:
    listed = without()
    assert [name for name, reason in listed.items() if len(reason) < LEAST_REASON] == []
    assert sorted(listed.keys() & toured()) == [], "these have a tour now"
    assert sorted(listed.keys() - called_on_screens()) == [], "no screen offers these"
