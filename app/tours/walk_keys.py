"""Which keys do a step: its `do`, with the cursor moved to its row first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from textual.app import App
from textual.widget import Widget
from textual.widgets import Input, OptionList

from app.content.tours import Step, Tour
from app.screens.dashboard.gauges import Gauges
from app.tours.practice_answers import PREFIX
from app.tours.targets import row_place, taker
from app.tours.wording import pressed_key
from app.widgets.choice import Choice
from app.widgets.paged_list import PagedList

COMMAND: Final = "command:"
SAMPLE: Final = re.compile(r"\$([a-z][a-z0-9_]*)")


class CannotPress(Exception):
    """The step cannot be done by keys; the text says why."""


def step_keys(app: App[Any], tour: Tour, step: Step, target: Widget, secrets: Mapping[str, str]) -> list[str]:
    """The keys of a step, in order.

    Args:
        secrets: those of the practice that the step types, by name.

    Raises:
        CannotPress: no keys do it.
    """
    keys = row_keys(target, step.row) if step.row else []
    if step.do.type:
        keys += typed_keys(target, in_full(step.do.type, tour, secrets))
    if step.do.choose:
        keys += choice_keys(target, step.do.choose)
    keys += [
        pressed_key(app, key.removeprefix(COMMAND)) if key.startswith(COMMAND) else key
        for key in step.do.keys
    ]
    if not keys:
        raise CannotPress("its `do` names no key that does anything here")
    return keys


def row_keys(target: Widget, row: str) -> list[str]:
    """The arrow keys from the cursor to a row."""
    wanted = row_place(target, row)
    if wanted is None:
        raise CannotPress(f"there is no row {row!r}")
    if isinstance(target, PagedList | Gauges):
        here = target.cursor
    elif isinstance(target, OptionList):
        here = target.highlighted or 0
    else:
        return []
    return ["down" if wanted > here else "up"] * abs(wanted - here)


def secrets_in(step: Step) -> list[str]:
    """The names of the practice's secrets that a step types."""
    return [name for name in SAMPLE.findall(step.do.type) if name.startswith(PREFIX)]


def in_full(text: str, tour: Tour, secrets: Mapping[str, str]) -> str:
    """A text with each `$name` filled in."""
    known = {**tour.sample, **secrets}

    def filled(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise CannotPress(f"nothing is known of ${found[1]}")
        return known[found[1]]

    return SAMPLE.sub(filled, text)


def typed_keys(target: Widget, text: str) -> list[str]:
    """The keys that type a text in place of what stands there."""
    control = taker(target)
    clear = []
    if isinstance(control, Input) and control.value:
        clear = ["end", *["backspace"] * len(control.value)]
    return [*clear, *text]


def choice_keys(target: Widget, value: str) -> list[str]:
    """The keys that turn a choice to a value."""
    control = taker(target)
    if not isinstance(control, Choice):
        raise CannotPress("its target is no choice")
    values = [each for each, _title in control.options]
    if value not in values:
        raise CannotPress(f"there is no choice {value!r}; there are {', '.join(values)}")
    return ["right"] * ((values.index(value) - values.index(control.value)) % len(values))
