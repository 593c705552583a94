"""Rules are told apart by what they are, as Textual itself says."""

from __future__ import annotations

import inspect

from textual.css import model
from textual.css.model import RuleSet

from app.widgets import base_app


def test_equal_rules_are_two_as_textual_says_too() -> None:
    assert base_app.SafeApp is not None
    assert RuleSet() == RuleSet()
    assert len({RuleSet(), RuleSet()}) == 2
    assert RuleSet.__hash__ is object.__hash__
    said = inspect.getsource(model).split("class RuleSet:")[1].split("def __hash__")[1]
    assert said.split("def ")[0].strip().endswith("return id(self)\n\n    @classmethod"), (
        "it may do more by now"
    )
