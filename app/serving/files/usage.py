"""`/usage/2026-10/31612345678.csv`: every record of a line in a month, for the lines in reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from app.clock import month_bounds
from app.operations.core import Visit, perform
from app.operations.core.line_use import LineUse
from app.operations.core.paging import LARGEST
from app.operations.core.registry import allow
from app.operations.export import list_operation, parse_arguments, stream
from app.serving.files.node import OPERATION, File, Folder, Node, file_name

RECORDS: Final = "usage.records"
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class Usage(Folder):
    """The months in which there are records."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        if self.visit.account_id is None:
            return  # staff have no lines of their own
        for month in perform(self.visit, "usage.months"):
            yield f"{month // 100}-{month % 100:02}", Month(self.visit, month)

    def find(self, name: str) -> Node | None:
        match = _MONTH.fullmatch(name)
        if match is None or self.visit.account_id is None:
            return None
        month = int(match[1]) * 100 + int(match[2])
        found = perform(self.visit, "usage.by_line", month=month, limit=1)
        return Month(self.visit, month) if found.rows else None


class Month(Folder):
    """One month's files, one for each line with records in it."""

    def __init__(self, visit: Visit, month: int) -> None:
        super().__init__(visit)
        self.month = month

    @property
    def modified(self) -> int:
        """Until its month is over it may change at any time."""
        return min(self.visit.now, month_bounds(self.month, self.visit.zone)[1])

    def entries(self) -> Iterator[tuple[str, Node]]:
        after: str | None = None
        while True:
            page = perform(self.visit, "usage.by_line", month=self.month, after=after, limit=LARGEST)
            for use in page.rows:
                yield name_of(use), self._file(use)
            if not page.more:
                return
            after = page.last_key

    def find(self, name: str) -> Node | None:
        stem = name.removesuffix(".csv")
        for number in (f"+{stem}", stem):
            page = perform(self.visit, "usage.by_line", month=self.month, number=number, limit=1)
            if page.rows and name == name_of(page.rows[0]):
                return self._file(page.rows[0])
        # A number that is no telephone number has a name of its own making.
        return None if stem.isdigit() else super().find(name)

    def _file(self, use: LineUse) -> File:
        return File(use.newest_at, partial(self._pieces, use.line_id), f"line:{use.line_id}")

    def _pieces(self, line_id: int) -> Iterator[str]:
        allow(self.visit, OPERATION, "EXPORT")
        listed = list_operation(RECORDS)
        given = parse_arguments(listed, [f"line_id={line_id}", f"month={self.month}"])
        for text, _rows in stream(self.visit, listed, given, "csv"):
            yield text


def name_of(use: LineUse) -> str:
    """The file of a line: its number without the plus sign."""
    return f"{file_name(use.number.lstrip('+'))}.csv"
