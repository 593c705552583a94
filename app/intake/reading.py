"""A file as mediated blocks: the half of an import that needs no database, here or in another process."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.content import Content
from app.content.sources import SourceMapping
from app.intake.files import Block, csv_blocks
from app.intake.mediate import Mediated, mediator_of
from app.intake.parquet import parquet_blocks


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading a file needs, plain enough to be handed to another process.

    kind: csv, gzip or parquet; now: unix seconds, against which clocks are checked; language: of what is
    said when the file is broken.
    """

    path: Path
    kind: str
    mapping: SourceMapping
    header: tuple[str, ...]
    content: Content
    now: int
    language: str


class Part(NamedTuple):
    """A block and what became of its rows; the bytes of the file and the seconds spent so far."""

    block: Block
    mediated: Mediated
    position: int
    read_seconds: float
    mediate_seconds: float


def parts_of(reading: Reading) -> Generator[Part]:
    """The parts of a file in their order; the same parts each time.

    Raises:
        Broken: after the last whole line, if the compressed file is cut off.
        IntakeError: the header lacks columns of the mapping.
    """
    mediator = mediator_of(reading.mapping, reading.header, reading.content, reading.now)
    position, read, mediate = 0, 0.0, 0.0

    def reached(place: int) -> None:
        nonlocal position
        position = place

    open_blocks = parquet_blocks if reading.kind == "parquet" else csv_blocks
    blocks = open_blocks(reading.path, reading.mapping, reached)
    while True:
        began = time.perf_counter()
        block = next(blocks, None)
        between = time.perf_counter()
        read += between - began
        if block is None:
            return
        mediated = mediator.mediate(block)
        mediate += time.perf_counter() - between
        block.forget()
        yield Part(block, mediated, position, read, mediate)
