"""A titled box of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from app.text import safe

LABEL_CELLS = 18
LEAST_FACT = 16
"""Cells below which a fact does not stand beside its label."""

Line = tuple[str, Content] | Content
"""Label and fact, or a text over the whole width."""


class Facts(Visual):
    """Labels with their facts below each other; a long fact goes on under its beginning."""

    def __init__(self, lines: Sequence[Line], label_cells: int = LABEL_CELLS) -> None:
        self.lines = list(lines)
        self.label_cells = label_cells
        self._content = Content()
        self._width = -1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and (self.lines, self.label_cells) == (other.lines, other.label_cells)

    __hash__ = None  # type: ignore[assignment]

    def at(self, width: int) -> Content:
        """The text, wrapped to `width` cells."""
        if width != self._width:
            longest = max((cell_len(line[0]) for line in self.lines if isinstance(line, tuple)), default=0)
            indent = max(self.label_cells, longest + 2)
            if width - indent < LEAST_FACT:
                indent = max(min(longest + 1, width // 2), 1)
            self._content = Content("\n").join(
                _beside(*line, indent, width) if isinstance(line, tuple) else line for line in self.lines
            )
            self._width = width
        return self._content

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.at(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.at(width).render_strips(width, height, style, options)


def _beside(label: str, fact: Content, indent: int, width: int) -> Content:
    """A label, and its fact wrapped in the cells to the right of it."""
    label = safe(label, cells=max(indent - 1, 1))
    first, *others = fact.wrap(max(width - indent, 1))
    lines = [Content.assemble((label, "$text-quiet"), " " * (indent - cell_len(label)), first.rstrip())]
    lines += [Content.assemble(" " * indent, other.rstrip()) for other in others]
    return Content("\n").join(lines)


class Panel(Static):
    """Facts under a title; painted again only when they differ."""

    def __init__(self, title: str, **options: Any) -> None:
        super().__init__("", markup=False, classes="box", **options)
        self.border_title = Content(safe(title))
        self._shown: Content | Facts | None = None

    def show(self, content: Content | Facts) -> None:
        """Put other facts in the box."""
        if content != self._shown:
            self._shown = content
            self.update(content)


def rows(pairs: Iterable[Line], label_cells: int = LABEL_CELLS) -> Facts:
    """Label and fact on each line, the facts one below the other."""
    return Facts(list(pairs), label_cells)
