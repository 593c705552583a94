"""A titled box of facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from app.text import safe

LABEL_CELLS = 18


class Panel(Static):
    """Facts under a title; painted again only when they differ."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__("", markup=False, classes="box", **options)
        self.border_title = Content(safe(title))
        self._shown: Content | None = None

    def show(self, content: Content) -> None:
        """Put other facts in the box."""
        if content != self._shown:
            self._shown = content
            self.update(content)


def rows(pairs: Iterable[tuple[str, Content]], label_cells: int = LABEL_CELLS) -> Content:
    """Label and fact on each line, the facts one below the other."""
    return Content("\n").join(
        Content.assemble((label, "$text-quiet"), " " * max(label_cells - cell_len(label), 1), fact)
        for label, fact in pairs
    )
