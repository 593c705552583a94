"""The order of a tour's steps: where somebody is who went ahead, or came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.content.tours import Step
from app.tours.place import inside


def waits_for_a_word(step: Step) -> bool:
    """Whether a step lasts until the person leaves the control: nobody is sent on in the middle of a word."""
    done = step.done
    only_values = not (done.screen or done.action or done.gone or done.shown)
    return bool(done.valid or done.chosen) and only_values


def ahead(steps: Sequence[Step], index: int, place: str, succeeded: Sequence[str]) -> int:
    """The step at which somebody is who did more than was shown; `index` if it is the present one.

    Behind a step whose operation succeeded nothing before it is left to do; where something must be seen too,
    success is not enough: what a caller said was heard, and was wrong. Who is on the screen to which a later
    step leads has no more to do before it.
    """
    for at in range(len(steps) - 1, index - 1, -1):
        done = steps[at].done
        if done.action in succeeded and not done.shown:
            return at + 1
    if index < len(steps) and inside(place, steps[index].screen):
        return index
    if any(inside(place, step.screen) for step in steps[:index]):
        return index  # a screen that was open before: somebody came back
    for at in range(index, len(steps) - 1):
        if inside(place, steps[at].done.screen) and inside(place, steps[at + 1].screen):
            return at + 1
    return index


def last_undone(steps: Sequence[Step], index: int, place: str, is_done: Callable[[Step], bool]) -> int | None:
    """The last step before `index` that is on this screen and is not done; None if there is none."""
    for at in range(index - 1, -1, -1):
        if inside(place, steps[at].screen) and not is_done(steps[at]):
            return at
    return None
