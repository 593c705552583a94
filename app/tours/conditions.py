"""Whether a step is done: read from the screens and from what succeeded; looking changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from app.content.tours import Done, Step
from app.i18n import _
from app.tours.place import inside, place_of
from app.tours.targets import FIRST, cursor_row, find, find_anywhere, row_place
from app.widgets.choice import Choice
from app.widgets.form_field import FormField
from app.widgets.paged_list import PagedList


class Conditions:
    """What is true of the screens of an application.

    It remembers what cannot be seen afterwards: operations that succeeded, the value that a choice came
    with, and what has been on the screen at all.
    """

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self.succeeded: list[str] = []
        self._first_values: WeakKeyDictionary[Widget, object] = WeakKeyDictionary()
        self._seen: set[str] = set()

    @property
    def stack(self) -> Sequence[Screen[Any]]:
        """The screens that are open, the one in front last."""
        return self.app.screen_stack

    def watch(self, step: Step) -> None:
        """A step is shown: remember how it finds things, to see what changes."""
        done = step.done
        for selector in filter(None, (done.chosen, step.target)):
            widget = find_anywhere(self.stack, selector)
            if widget is not None:
                self._first_values.setdefault(_control(widget), _value(_control(widget)))
        if done.gone and find_anywhere(self.stack, done.gone) is not None:
            self._seen.add(done.gone)

    def holds(self, step: Step, since: int = 0) -> bool:
        """Whether a step is done; operations count from number `since` on. A value that came is not given."""
        return self._holds(step, since, given=True)

    def acceptable(self, step: Step, since: int = 0) -> bool:
        """As `holds`, but a value that is right as it came may stay."""
        return self._holds(step, since, given=False)

    def _holds(self, step: Step, since: int, given: bool) -> bool:
        done = step.done
        checks = (
            not done.screen or inside(place_of(self.app), done.screen),
            not done.action or done.action in self.succeeded[since:],
            not done.row or self.on_row(step),
            not done.valid or (not self.problem(done.valid) and (not given or self.is_given(done.valid))),
            not done.chosen or self.is_chosen(done.chosen) or (not given and self.has_value(done.chosen)),
            not done.shown or find(self.stack[-1], done.shown) is not None,
            not done.gone or self.is_gone(done.gone),
        )
        return done not in (Done(), Done(read=True)) and all(checks)

    def on_row(self, step: Step) -> bool:
        """Whether the cursor of the target is on the row."""
        widget = find_anywhere(self.stack, step.target)
        if widget is None:
            return False
        if step.done.row == FIRST:
            return bool(cursor_row(widget)) and getattr(widget, "cursor", row_place(widget, FIRST)) == 0
        return cursor_row(widget) == step.done.row

    def problem(self, selector: str) -> str:
        """What is wrong with a field, in its own words; empty if it may be left like this."""
        widget = find_anywhere(self.stack, selector)
        if widget is None:
            return _("This field is not on the screen now.")
        return problem_of(widget)

    def is_given(self, selector: str) -> bool:
        """Whether somebody typed or chose what stands in a field."""
        widget = find_anywhere(self.stack, selector)
        field = None if widget is None else field_of(widget)
        if field is not None:
            return field.changed
        if isinstance(widget, Input):
            return bool(widget.value.strip())
        return widget is not None and self.is_chosen(selector)

    def is_chosen(self, selector: str) -> bool:
        """Whether a choice has another value than the one it came with."""
        widget = find_anywhere(self.stack, selector)
        field = None if widget is None else field_of(widget)
        if field is not None:
            return field.changed
        control = None if widget is None else _control(widget)
        if control is None or control not in self._first_values:
            return False
        return _value(control) != self._first_values[control]

    def has_value(self, selector: str) -> bool:
        """Whether a choice has any value: the person may be content with the one it came with."""
        widget = find_anywhere(self.stack, selector)
        return widget is not None and _value(_control(widget)) not in (None, "")

    def is_gone(self, selector: str) -> bool:
        """Whether something that was on the screen is there no longer."""
        return selector in self._seen and find_anywhere(self.stack, selector) is None


def field_of(widget: Widget) -> FormField | None:
    """The field of a form that this is, or is in, or that is in it."""
    for node in widget.ancestors_with_self:
        if isinstance(node, FormField):
            return node
    return next(iter(widget.query(FormField)), None)


def problem_of(widget: Widget) -> str:
    """What the check of a field says to what stands in it now; it shows nothing and changes nothing."""
    field = field_of(widget)
    if field is not None:
        return field.problem_now()
    control = _control(widget)
    if isinstance(control, Input):
        if not control.value.strip():
            return _("Fill this in.")
        for validator in control.validators:
            result = validator.validate(control.value)
            if not result.is_valid:
                return ". ".join(result.failure_descriptions) or _("This cannot be read.")
    return ""


def value_of(widget: Widget) -> str:
    """The value of a control as tours write it; empty for one that has none."""
    value = _value(_control(widget))
    return value if isinstance(value, str) else ""


_CONTROLS = (Input, Choice, PagedList, OptionList)
"""The kinds of controls that the portal's screens are made of."""


def _control(widget: Widget) -> Widget:
    """The widget that holds the value."""
    if isinstance(widget, FormField):
        return widget.input
    if isinstance(widget, _CONTROLS):
        return widget
    return next((each for each in widget.query("*").results(Widget) if isinstance(each, _CONTROLS)), widget)


def _value(widget: Widget) -> object:
    if isinstance(widget, PagedList):
        marked = ",".join(sorted(map(str, widget.marked)))
        return marked or cursor_row(widget)
    if isinstance(widget, OptionList):
        return cursor_row(widget)
    return widget.value if isinstance(widget, Input | Choice) else None
