"""Why a row of usage waits is told in the language of whoever reads it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.i18n import use_language
from app.intake.wrong import wrong
from app.operations.core import wrong_words
from app.operations.core.wrong_words import wrong_text

INTAKE = Path(__file__).resolve().parents[2] / "app" / "intake"


def test_each_reader_gets_the_fault_in_their_language() -> None:
    stored = wrong("no_place", text="999-99")
    assert wrong_text(stored) == "'999-99' is no known country or network"
    with use_language("nl"):
        assert wrong_text(stored) != "'999-99' is no known country or network"
        assert "999-99" in wrong_text(stored)


@pytest.mark.parametrize("stored", ["No line had +31 at that time.", "", "{nothing", '{"wrong": "new"}'])
def test_what_has_no_code_is_shown_as_it_is_or_left_to_the_reason(stored: str) -> None:
    assert wrong_text(stored) == ("" if stored.startswith("{") else stored)


def test_every_fault_of_an_import_has_words() -> None:
    calls = [
        node
        for path in INTAKE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wrong"
    ]
    assert len(calls) > 20
    for call in calls:
        values = {str(each.arg): 1 for each in call.keywords}
        code = ast.literal_eval(call.args[0])
        assert wrong_text(wrong(code, **values)), code
        assert wrong_words._words(code).format(**values)
