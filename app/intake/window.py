"""Rows of some blocks together: sorted by time, parted into transactions, and each still found as it came."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.intake.files import Block
from app.intake.keep import Chunk
from app.intake.mediate import Mediated, raw_of
from app.intake.records import START, WIDTH, Fields, Waiting

WINDOW = 200_000
"""Rows that are sorted together, so that a file out of order makes few months be rated twice."""


@dataclass(slots=True)
class Window:
    """Records with the lines they came from, rows that wait, and the blocks that have them all."""

    header: Sequence[str]
    columns: Fields = field(default_factory=lambda: [[] for _ in range(WIDTH)])
    line_nos: list[int] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it is time to store."""
        return len(self.line_nos) + len(self.waiting) >= WINDOW

    def add(self, block: Block, mediated: Mediated) -> None:
        """Take what became of a block."""
        for column, more in zip(self.columns, mediated.columns, strict=True):
            column += more
        self.line_nos += [block.first_line + index for index in mediated.at]
        self.waiting += mediated.waiting
        block.forget()
        self.blocks.append(block)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """All in the order of time, in parts; rows that wait are parted likewise."""
        starts = self.columns[START]
        order = sorted(range(len(starts)), key=starts.__getitem__)
        in_order = order == list(range(len(order)))
        for first in range(0, max(len(order), len(self.waiting)), size):
            part = order[first : first + size]
            numbers = [self.line_nos[index] for index in part]
            yield Chunk(
                [
                    column[first : first + size] if in_order else [column[index] for index in part]
                    for column in self.columns
                ],
                numbers,
                lambda position, numbers=numbers: self.raw(numbers[position]),  # type: ignore[misc]
                self.waiting[first : first + size],
            )

    def raw(self, line_no: int) -> str:
        """A row as it came, by column."""
        block = self.blocks[bisect(self.blocks, line_no, key=lambda each: each.first_line) - 1]
        return raw_of(self.header, block.cells(line_no - block.first_line))
