"""What a new password must be, each rule with a mark that changes while the password is typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from rich.cells import cell_len

from app.text import safe
from app.widgets.painted import Painted, Run

MET, OPEN = "✓", "○"
"""The signs differ, not only their colours."""
GAP: Final = 3


class PasswordRules(Painted):
    """Short rules stand beside each other, long ones have lines of their own.

    Args:
        rules: (key, text) in the order they are shown.
    """

    def __init__(self, rules: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.rules = [(key, safe(text)) for key, text in rules]
        self.broken = {key for key, _text in rules}

    def show(self, broken: Collection[str]) -> None:
        """Mark the rules anew; painted only when one changed."""
        if set(broken) != self.broken:
            self.broken = set(broken)
            self.refresh()

    @property
    def all_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.broken

    def lines(self, width: int) -> list[list[Run]]:
        found: list[list[Run]] = []
        used = width
        for key, text in self.rules:
            tone = "muted" if key in self.broken else "success"
            first, *more = wrapped(text, width - 2)
            run = (f"{OPEN if key in self.broken else MET} {first}", tone)
            beside = not more and found and used + GAP + cell_len(run[0]) <= width
            if beside:
                found[-1] += [(" " * GAP, ""), run]
                used += GAP + cell_len(run[0])
            else:
                found.append([run])
                used = cell_len(run[0])
            found += [[(f"  {rest}", tone)] for rest in more]
            used = width if more else used
        return found


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
