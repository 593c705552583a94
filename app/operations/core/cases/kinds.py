"""The kinds of cases: what each is called, what releasing it does, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import _, mark
from app.operations.core.cases import erasing, ownership, recovery, renaming
from app.operations.core.cases.rows import Case
from app.operations.core.visit import Visit


@dataclass(frozen=True, slots=True)
class CaseKind:
    """steps: what releasing does, in the reader's language; carry_out: does it, in the open transaction.

    Both get a visit of the case's account. `dated`: it may take effect on a later day.
    """

    title: str
    steps: Callable[[Visit, Case], list[str]]
    carry_out: Callable[[Visit, Case], None]
    dated: bool = False


KINDS: dict[str, CaseKind] = {
    "name_change": CaseKind(mark("Change of name"), renaming.steps, renaming.carry_out, dated=True),
    "ownership": CaseKind(mark("Change of ownership"), ownership.steps, ownership.carry_out, dated=True),
    "recovery": CaseKind(mark("Recovery of a login"), recovery.address_steps, recovery.set_address),
    "second_factor": CaseKind(mark("Reset of a second factor"), recovery.factor_steps, recovery.take_factor),
    "erasure": CaseKind(mark("Erasure of personal data"), erasing.steps, erasing.carry_out),
}


def title(kind: str) -> str:
    """What a kind of case is called, in the reader's language."""
    return _(KINDS[kind].title) if kind in KINDS else kind
