"""The form that the audit's hash covers: no two rows read the same."""

from __future__ import annotations

from app.operations.core.audit import seal


def test_what_moves_from_one_field_to_the_next_shows() -> None:
    assert seal(("limits.set", "line:5")) != seal(("limits.setline", ":5"))
    assert seal((1, 23)) != seal((12, 3))


def test_nothing_is_not_empty() -> None:
    assert seal((None,)) != seal(("",))
    assert seal(("a",)) != seal(("a", ""))
