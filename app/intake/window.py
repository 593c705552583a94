"""Rows of some blocks together: sorted by time, parted into transactions, and each still found as it came."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.intake.files import Block
from app.intake.keep import Chunk
from app.intake.mediate import Mediated, raw_of
from app.intake.records import START, Record, Waiting

WINDOW = 200_000
"""Rows that are sorted together, so that a file out of order makes few months be rated twice."""


@dataclass(slots=True)
class Window:
    """Records with the lines they came from, rows that wait, and the blocks that have them all."""

    header: Sequence[str]
    records: list[Record] = field(default_factory=list)
    line_nos: list[int] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it is time to store."""
        return len(self.records) + len(self.waiting) >= WINDOW

    def add(self, block: Block, mediated: Mediated) -> None:
        """Take what became of a block."""
        self.records += mediated.records
        self.line_nos += [block.first_line + index for index in mediated.at]
        self.waiting += mediated.waiting
        block.forget()
        self.blocks.append(block)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """All in the order of time, in parts; rows that wait are parted likewise."""
        starts = [record[START] for record in self.records]
        order = sorted(range(len(starts)), key=starts.__getitem__)
        for first in range(0, max(len(order), len(self.waiting)), size):
            part = order[first : first + size]
            numbers = [self.line_nos[index] for index in part]
            yield Chunk(
                [self.records[index] for index in part],
                numbers,
                lambda position, numbers=numbers: self.raw(numbers[position]),  # type: ignore[misc]
                self.waiting[first : first + size],
            )

    def raw(self, line_no: int) -> str:
        """A row as it came, by column."""
        block = self.blocks[bisect(self.blocks, line_no, key=lambda each: each.first_line) - 1]
        return raw_of(self.header, block.cells(line_no - block.first_line))
