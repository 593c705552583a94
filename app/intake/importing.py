"""One file from its first byte to the last commit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from app.clock import Clock
from app.content import Content
from app.content.sources import SourceMapping
from app.i18n import language
from app.intake import ahead, runs
from app.intake.context import Context, Marks
from app.intake.detect import Layout, layout_of
from app.intake.errors import Broken
from app.intake.files import size_of
from app.intake.holding import Begin, file_digest, much_memory, waiting_for, without_collector
from app.intake.keep import Chunk, Counts, Keeper
from app.intake.lines import LineIndex
from app.intake.provision import check_provision, provision
from app.intake.reading import Part, Reading, parts_of
from app.intake.records import SUBSCRIBER
from app.intake.window import Window
from app.rating.rule_cache import is_compiled
from app.store import Transaction

CHUNK = 50_000
"""Rows of one transaction: the more, the fewer pages are written twice; a kill loses at most these."""
FIRST_CHUNK = 10_000
"""Rows of the first one: storing begins sooner, and goes on beside the reading."""
COMPILE_FROM = 20_000_000
"""Bytes of a file from which on compiling the rules pays: ten seconds of a core, once a release."""
COMPILED_FROM = 2_000_000
"""The same where they have been compiled: loading them takes one second."""
AHEAD_FROM = 4_000_000
"""Bytes of a file from which on a second process that reads it pays: it starts in a fifth of a second."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import works with. `begin` opens a transaction; `cache` is where compiled rules are kept."""

    begin: Begin
    content: Content
    clock: Clock
    marks: Marks
    mappings: dict[str, SourceMapping]
    cache: Path | None = None
    chunk: int = CHUNK
    compiled: bool | None = None
    """None: for files so large that compiling the rules pays."""
    ahead_from: int = AHEAD_FROM


@dataclass(slots=True)
class Summary:
    """What became of a file. rows = rated + suspended + duplicates + rejected.

    rated: priced, or met by a bar or block; suspended: waiting with a reason; duplicates: known already;
    rejected: not even text; late: of the rated, those of closed months; skipped: lines that the mapping
    leaves out; lines: lines made for unknown subscribers; broken: why the file ended too early.
    """

    file: str
    source: str
    rows: int = 0
    rated: int = 0
    suspended: int = 0
    duplicates: int = 0
    rejected: int = 0
    late: int = 0
    skipped: int = 0
    lines: int = 0
    seconds: float = 0.0
    broken: str = ""
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether the whole file was read."""
        return not self.broken


def import_file(
    intake: Intake, path: Path, source: str = "", create_lines: bool = False, progress: Progress | None = None
) -> Summary:
    """Read a file, keep what is new, rate it. Each chunk is one transaction: all of it or nothing.

    Importing again changes nothing, so an interrupted import is simply started again.

    Raises:
        IntakeError: the file cannot be worked with; nothing was stored.
        StoreError: the database cannot be written; the chunks before stay, nothing is half-done.
    """
    began = time.perf_counter()
    layout = layout_of(path, intake.mappings, source)
    if create_lines:
        check_provision(layout.mapping, intake.content)
    summary = Summary(path.name, layout.mapping.name)
    total = size_of(path)
    digest = file_digest(path)
    now = intake.clock.now()
    with waiting_for(intake.begin) as tx:
        source_id = runs.source_id(tx, layout.mapping.name)
        run_id = runs.start(tx, source_id, path.name, digest, now)
    keeper = keeper_of(intake, layout.mapping, source_id, run_id)
    keeper.compiled = pays_to_compile(intake, total) and find_spec("numba") is not None
    importer = Importer(intake, layout, keeper, summary, create_lines)
    try:
        with without_collector(), much_memory(intake.begin), closing(parts(intake, layout, total)) as found:
            importer.run(found, lambda done: progress(min(done, total), total) if progress else None)
    except Broken as broken:
        summary.broken = str(broken)
    except BaseException as error:
        runs.try_to_fail(intake.begin, run_id, f"{type(error).__name__}: {error}", intake.clock.now())
        raise
    with waiting_for(intake.begin) as tx:
        runs.finish(tx, run_id, digest, summary, intake.clock.now())
    if progress:
        progress(total, total)
    summary.seconds = round(time.perf_counter() - began, 3)
    return summary


def pays_to_compile(intake: Intake, total: int) -> bool:
    """Whether a file of so many bytes is rated sooner by compiled rules."""
    if intake.compiled is not None:
        return intake.compiled
    if intake.cache is None or total < COMPILED_FROM:
        return total >= COMPILE_FROM
    return total >= COMPILE_FROM or is_compiled(intake.cache)


def parts(intake: Intake, layout: Layout, total: int) -> Generator[Part]:
    """The file in parts, read by a second process where that pays."""
    kind, mapping, header = layout.kind, layout.mapping, layout.header
    reading = Reading(layout.path, kind, mapping, header, intake.content, intake.clock.now(), language())
    alone = (os.cpu_count() or 1) == 1 or total < intake.ahead_from
    return parts_of(reading) if alone else ahead.read_ahead(reading)


def keeper_of(intake: Intake, mapping: SourceMapping, source_id: int, run_id: int | None) -> Keeper:
    """A keeper for the files of a mapping."""
    return Keeper(
        Context(intake.content, intake.clock.now(), intake.marks),
        source_id,
        LineIndex(mapping.subscriber_kind),
        mapping.subscriber.column,
        mapping.id_column,
        mapping.time.column,
        run_id,
        intake.cache,
        bool(intake.compiled),
    )


@dataclass(slots=True)
class Importer:
    """The loop over blocks and chunks of one file."""

    intake: Intake
    layout: Layout
    keeper: Keeper
    summary: Summary
    create_lines: bool

    def run(self, parts: Iterable[Part], progress: Callable[[int], None]) -> None:
        """Store what was read. Raises Broken at the end of a file that is cut off."""
        window = Window(self.layout.header, min(FIRST_CHUNK, self.intake.chunk))
        try:
            for part in parts:
                window.add(part)
                self.summary.skipped += part.mediated.skipped
                self._count(rejected=len(part.mediated.rejected))
                self.summary.stages["read"] = round(part.read_seconds, 3)
                self.summary.stages["mediate"] = round(part.mediate_seconds, 3)
                if window.full:
                    self._store(window)
                    progress(part.position)
                    window = window.next(self.intake.chunk)
        except Broken:
            self._store(window)
            raise
        self._store(window)

    def _store(self, window: Window) -> None:
        for chunk in window.chunks():
            self._keep(chunk)

    def _keep(self, chunk: Chunk) -> None:
        began = time.perf_counter()
        with waiting_for(self.intake.begin) as tx:
            made = self._make_lines(tx, chunk) if self.create_lines else 0
            counts = self.keeper.keep(tx, chunk)
            runs.count(tx, self.keeper.run_id, counts)
        self.summary.lines += made
        self._count(counts)
        spent = self.summary.stages.get("store", 0.0) + time.perf_counter() - began
        self.summary.stages["store"] = round(spent, 3)

    def _make_lines(self, tx: Transaction, chunk: Chunk) -> int:
        index = self.keeper.index
        subscribers = set(chunk.columns[SUBSCRIBER])
        index.load(tx, subscribers)
        unknown = [value for value in index.unknown() if value in subscribers]
        if not unknown:
            return 0
        made = provision(
            tx,
            self.layout.mapping,
            self.keeper.source_id,
            unknown,
            self.intake.content,
            self.keeper.context.now,
        )
        index.forget(unknown)
        return made

    def _count(self, counts: Counts | None = None, rejected: int = 0) -> None:
        counts = counts or Counts()
        self.summary.rated += counts.rated
        self.summary.suspended += counts.suspended
        self.summary.duplicates += counts.duplicates
        self.summary.late += counts.late
        self.summary.rejected += rejected
        self.summary.rows += counts.rated + counts.suspended + counts.duplicates + rejected
