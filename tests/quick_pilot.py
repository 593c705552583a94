"""Textual's pilot sleeps 20 ms at a time, several times for each key; most of a screen's test was sleep.

"Idle" stays what it is there: less than a millisecond of processor time during one such sleep, which lasts
longer than a frame does.

A style sheet that was read for one test is the same for the next.
"""

from __future__ import annotations

from typing import Any

from textual import _wait, screen
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_wait.SLEEP_GRANULARITY = 0.005
screen.UPDATE_PERIOD = 0.004  # type: ignore[misc]

_parse = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *source: Any, **options: Any) -> list[RuleSet]:
    key = (source, *sorted(options.items()), *sorted(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *source, **options)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign,assignment]
