"""A tour: a task of the portal, shown step by step on the live screen. One file of data/tours each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.content.texts import Texts

MOST_STEPS: Final = 12
MOST_WORDS: Final = 25
"""In the text of a balloon, in every language."""
AUDIENCES: Final = ("visitor", "customer", "staff")
SIDES: Final = ("above", "below", "left", "right")


@dataclass(frozen=True, slots=True)
class Done:
    """When a step is done: everything named here holds. Nothing here is a key or a click.

    valid: selector of a field whose own check accepts what stands in it; chosen: selector of a choice or
    list of options that has another value than the one it came with, or the same one if the person says
    Next; screen: a place (see `Step.screen`) that is in front; action: an operation that succeeded since
    the step began; gone, shown: selector of something that is no longer, or now, on the screen; row: the
    key of the row that the cursor of the target is on; read: nothing happens in the portal, the person says
    Next.
    """

    valid: str = ""
    chosen: str = ""
    screen: str = ""
    action: str = ""
    gone: str = ""
    shown: str = ""
    row: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Do:
    """How the step is done by keys, for "show me" and for the proof that it can be done.

    With a `Step.row` the cursor is first moved there by the arrow keys; where `Done.row` asks for no more,
    nothing else is written. keys: Textual key names; type: text typed into the target, `$name` from the
    tour's sample; choose: the value that a choice is turned to.
    """

    keys: tuple[str, ...] = ()
    type: str = ""
    choose: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One balloon.

    screen: the place where it is shown: an area ("my_products"), a part of it ("my_products/line/limits"),
    the first screen ("sign_in") or a dialog ("form:limits.set", "confirm"); target: CSS selector of the
    control; row: key of a row in it, "first", or "with:blocked|zero" for the first with one of these words in
    a cell (where there is none, all rows are lit); commit: "show me" ends before it, because its key books
    something; secret: what is typed is never shown nor sampled; when: facts without which the step is left
    out; skip_if: facts with which it is left out; wrong: value of the target -> why it is hardly meant;
    also: selectors that stay lit beside the target.
    """

    id: str
    screen: str
    target: str
    text: Texts
    done: Done
    do: Do
    row: str = ""
    side: str = ""
    commit: bool = False
    secret: bool = False
    when: tuple[str, ...] = ()
    skip_if: tuple[str, ...] = ()
    wrong: Mapping[str, Texts] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tour:
    """A task.

    area: where the list of tasks shows it first: an area, "sign_in" or "helpdesk"; service: "mobile", or ""
    for tasks of no service; audience: for whom it is; outcome: the operation whose success proves it, "" for
    a tour that only shows; needs: "right:RIGHT" and "has:fact" without which it is listed but not offered;
    covers: further operations that are part of this task; sample: values that "show me" types; login: the
    user of the practice customer who walks it.
    """

    id: str
    area: str
    title: Texts
    steps: tuple[Step, ...]
    service: str = ""
    audience: str = "customer"
    outcome: str = ""
    needs: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    minutes: int = 1
    sample: Mapping[str, str] = field(default_factory=dict)
    login: str = "admin"
    introduces: bool = False
    """Offered once to who signs in for the first time."""

    def step(self, id: str) -> Step:
        """The step with this id. Raises KeyError."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)
