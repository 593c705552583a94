"""Parquet files as rows of texts, so that they are read by the same mappings. Needs the extra "batch"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.content.sources import SourceMapping
from app.i18n import _
from app.intake.errors import IntakeError
from app.intake.files import BLOCK, Block


def open_parquet(path: Path) -> Any:
    """The file.

    Raises:
        IntakeError: the reader is not installed, or the file is damaged.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise IntakeError(
            _("Reading Parquet needs an extra package. Install it with: pip install 'loket[batch]'")
        ) from error
    try:
        return ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise IntakeError(
            _("{path} is no whole Parquet file. Fetch it again and import it once more.").format(
                path=path.name
            )
        ) from error


def parquet_columns(path: Path) -> list[str]:
    """The names of the columns."""
    return list(open_parquet(path).schema_arrow.names)


def parquet_blocks(path: Path, mapping: SourceMapping, progress: Callable[[int], None]) -> Iterator[Block]:
    """The rows; line 2 is the first, as in a file with a header."""
    file = open_parquet(path)
    total, size, done = file.metadata.num_rows, path.stat().st_size, 0
    for batch in file.iter_batches(batch_size=BLOCK):
        columns = [[text_of(value, mapping) for value in column.to_pylist()] for column in batch.columns]
        first = done + 2
        done += batch.num_rows
        progress(size * done // max(total, 1))
        yield Block(first, [list(row) for row in zip(*columns, strict=True)])


def text_of(value: object, mapping: SourceMapping) -> str:
    """A typed value in the words of the mapping."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        form = mapping.time.format
        if form in ("unix", "unix_ms"):
            return str(int(value.timestamp() * (1 if form == "unix" else 1000)))
        return value.isoformat() if value.tzinfo or form == "iso" else value.strftime(form)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() else repr(value)
        return text.replace(".", mapping.decimal)
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
