"""A banner across the screen: what happened and what to do about it."""

from __future__ import annotations

from typing import Any, Literal

from app.text import safe
from app.widgets.painted import Painted, Run

Kind = Literal["info", "success", "warning", "error"]
_SIGNS = {"info": "i", "success": "✓", "warning": "!", "error": "✗"}
_TONES = {"info": "accent", "success": "success", "warning": "warning", "error": "error"}


class Notice(Painted):
    """Shows `text` with a sign, so that it does not lean on colour; takes no space while it is empty."""

    def __init__(self, text: str = "", kind: Kind = "info", **options: Any) -> None:
        super().__init__(**options)
        self.kind: Kind = kind
        self.text = text
        self.display = bool(text)

    def show(self, text: str, kind: Kind = "info") -> None:
        """Show another text, or none."""
        self.text, self.kind = text, kind
        self.display = bool(text)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[list[Run]]:
        tone = _TONES[self.kind]
        words = safe(self.text, lines=True)
        wrapped = [line for part in words.split("\n") for line in wrap(part, max(width - 4, 1))]
        first: list[list[Run]] = [[(f" {_SIGNS[self.kind]} ", tone), (wrapped[0], "")]]
        return first + [[("   ", ""), (line, "")] for line in wrapped[1:]]


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken at spaces where there are any."""
    import textwrap

    return textwrap.wrap(text, width) or [""]
