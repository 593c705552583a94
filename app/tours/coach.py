"""Why a step is not done yet, in words that help."""

from __future__ import annotations

from textual.widget import Widget

from app.content.tours import Step
from app.i18n import _, language
from app.tours.conditions import Conditions, value_of


def why_not(conditions: Conditions, step: Step) -> str:
    """What the field itself says of it, or what is missing."""
    done = step.done
    problem = conditions.problem(done.valid) if done.valid else ""
    if problem:
        return problem
    if done.chosen and not conditions.has_value(done.chosen):
        return _("Nothing is chosen yet.")
    if done.row and not conditions.on_row(step):
        return _("The cursor is not on this row yet.")
    return _("Not done yet. Do what stands here, or have it shown.")


def missing() -> str:
    """The control of a step did not come."""
    return _("What this step is about is not on the screen now.")


def closed() -> str:
    """There is no way back by itself."""
    return _("The step before this one was on a screen that is closed now.")


def hardly_meant(step: Step, target: Widget | None) -> str:
    """What the tour says of the value that stands there, if it is one that is hardly meant."""
    if target is None or step.secret or not step.wrong:
        return ""
    said = step.wrong.get(value_of(target))
    return "" if said is None else said.in_language(language())
