"""Usage files of any kind as blocks of rows: CSV, gzip or not, and Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from app.content.sources import SourceMapping
from app.i18n import _
from app.intake.errors import Broken, IntakeError

GZIP, PARQUET = b"\x1f\x8b", b"PAR1"
BLOCK = 2_000
"""Rows that are taken apart together: so few that they stay in the processor's own memory."""


@dataclass(slots=True)
class Block:
    """Rows as texts, one per line of the file. A row whose width is not the header's is kept for suspense."""

    first_line: int
    rows: list[list[str]]
    plain: bool = False
    """All of it is ASCII without zero bytes: nothing to refuse."""
    lines: Sequence[str] = ()
    """The lines, if each by itself says its row again."""
    delimiter: str = ","

    def cells(self, index: int) -> list[str]:
        """A row, whether it is still there or not."""
        if self.rows:
            return self.rows[index]
        return next(csv.reader([self.lines[index]], delimiter=self.delimiter))

    def forget(self) -> None:
        """Rows take five times the memory of their lines."""
        if self.lines:
            self.rows = []


def kind_of(path: Path) -> str:
    """csv, gzip or parquet, by the first bytes.

    Raises:
        IntakeError: there is no such file, it cannot be read, or it is empty.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise IntakeError(
            _("{path} cannot be read: {reason}. Check the name and your rights.").format(
                path=path, reason=error.strerror
            )
        ) from error
    if not start:
        raise IntakeError(_("{path} is empty. Ask its sender for a new copy.").format(path=path))
    if start.startswith(GZIP):
        return "gzip"
    return "parquet" if start == PARQUET else "csv"


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[tuple[IO[str], Callable[[], int]]]:
    """The text of a file, and how many bytes of the file were read so far."""
    encoding = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    with path.open("rb") as raw:
        packed = kind_of(path) == "gzip"
        stream: Any = gzip.GzipFile(fileobj=raw) if packed else raw
        # Bytes that cannot be decoded become surrogates: their row is refused, not the file.
        yield io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline=""), raw.tell


def header_line(path: Path, encoding: str = "utf-8") -> str:
    """The first line of a text file."""
    try:
        with opened(path, encoding) as (file, _position):
            return file.readline(1_000_000).rstrip("\r\n")
    except (EOFError, OSError, zlib.error) as error:
        raise IntakeError(broken_text(path, 1)) from error


def split_header(line: str, delimiter: str) -> list[str]:
    """The names of the columns."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def csv_blocks(path: Path, mapping: SourceMapping, progress: Callable[[int], None]) -> Iterator[Block]:
    """The rows below the header.

    Raises:
        Broken: after the last whole line, if the compressed file is cut off.
    """
    with opened(path, mapping.encoding) as (file, position):
        file.readline(1_000_000)
        first_line, broken = 2, False
        while not broken:
            lines: list[str] = []
            try:
                lines.extend(islice(file, BLOCK))
            except (EOFError, OSError, zlib.error):
                broken = True
            if not lines:
                break
            progress(position())
            yield block_of(first_line, lines, mapping.delimiter)
            first_line += len(lines)
        if broken:
            raise Broken(broken_text(path, first_line))


def broken_text(path: Path, line: int) -> str:
    """What to say of a compressed file that is cut off."""
    return _(
        "{path} breaks off at line {line}: the compressed file is not complete. What came before is kept; "
        "fetch the file again and import it once more, nothing will count twice."
    ).format(path=path.name, line=line)


def block_of(first_line: int, lines: list[str], delimiter: str) -> Block:
    """One row a line. A stray quote must not swallow the lines after it, so those are read one by one."""
    text = "".join(lines)
    plain = text.isascii() and "\0" not in text
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
        if len(rows) == len(lines):
            return Block(first_line, rows, plain, lines, delimiter)
    except csv.Error:
        pass
    return Block(first_line, [parse_line(line, delimiter) for line in lines], plain)


def parse_line(line: str, delimiter: str) -> list[str]:
    """One line by itself; one that is no CSV becomes a row of one cell."""
    try:
        rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return [line.rstrip("\r\n")]
    return rows[0] if len(rows) == 1 else [line.rstrip("\r\n")]


def size_of(path: Path) -> int:
    """Bytes of the file, for telling how far the import is."""
    return os.stat(path).st_size
