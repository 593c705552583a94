"""Rows of some blocks together: sorted by time, parted into transactions, and each still found as it came."""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.intake.files import Block
from app.intake.keep import Chunk
from app.intake.mediate import raw_of
from app.intake.reading import Part
from app.intake.records import START, Column, Fields, Waiting, empty_columns, integers

WINDOW = 200_000
"""Rows that are sorted together, so that a file out of order makes few months be rated twice."""


@dataclass(slots=True)
class Window:
    """Records with the lines they came from, rows that wait, and the blocks that have them all."""

    header: Sequence[str]
    size: int
    """Rows of a transaction, about."""
    newest: int = 0
    """The start of the newest record so far, in this window or one before it."""
    in_order: bool = True
    columns: Fields = field(default_factory=empty_columns)
    ties: array[int] = field(default_factory=lambda: integers(()))
    line_nos: list[int] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it is time to store. What came in the order of time needs no more rows to sort it."""
        enough = min(self.size, WINDOW) if self.in_order else WINDOW
        return len(self.line_nos) + len(self.waiting) >= enough

    def add(self, part: Part) -> None:
        """Take what became of a block."""
        block, mediated = part.block, part.mediated
        starts = mediated.columns[START]
        if starts:
            self.in_order = self.in_order and starts[0] >= self.newest and list(starts) == sorted(starts)
            self.newest = max(self.newest, max(starts))
        for column, more in zip(self.columns, mediated.columns, strict=True):
            column.extend(more)
        self.ties += mediated.ties
        self.line_nos += [block.first_line + index for index in mediated.at]
        self.waiting += mediated.waiting
        self.blocks.append(block)

    def next(self, size: int) -> Window:
        """An empty window for what comes after this one, of so many rows a transaction."""
        return Window(self.header, size, self.newest)

    def chunks(self) -> Iterator[Chunk]:
        """All in the order of time, in even parts; rows that wait are parted likewise."""
        starts = self.columns[START]
        order = range(len(starts)) if self.in_order else sorted(range(len(starts)), key=starts.__getitem__)
        count = max(len(order), len(self.waiting))
        size = -(-count // max(1, round(count / self.size)))
        for first in range(0, count, max(1, size)):
            part = slice(first, first + size)
            numbers = self._part(self.line_nos, order[part])
            yield Chunk(
                [self._part(column, order[part]) for column in self.columns],
                self._part(self.ties, order[part]),
                numbers,
                lambda position, numbers=numbers: self.raw(numbers[position]),  # type: ignore[misc]
                self.waiting[part],
            )

    def _part(self, values: Column, order: Sequence[int]) -> Column:
        if isinstance(order, range):
            return values[order.start : order.stop]
        return [values[index] for index in order]

    def raw(self, line_no: int) -> str:
        """A row as it came, by column."""
        block = self.blocks[bisect(self.blocks, line_no, key=lambda each: each.first_line) - 1]
        return raw_of(self.header, block.cells(line_no - block.first_line))
