"""`/exports`: whole lists as CSV and JSON, and what the person had written by the portal's own exports."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from app.operations.core import Visit
from app.operations.core.export_folder import folder_of
from app.operations.core.registry import allow
from app.operations.core.registry import get as get_operation
from app.operations.export import FORMATS, list_operation, parse_arguments, stream
from app.serving.files.node import OPERATION, File, Folder, Node

LISTS: Final[dict[str, str]] = {
    "activity": "audit.page",
    "contacts": "contacts.page",
    "groups": "lines.groups",
    "invitations": "invitations.page",
    "invoices": "invoices.page",
    "lines": "lines.page",
    "messages": "messages.page",
    "payments": "payments.bookings",
    "people": "members.page",
    "usage-this-month": "usage.by_line",
}
"""Name of a file to the operation whose rows it holds."""
PIECE: Final = 262_144


class Exports(Folder):
    """Lists that the visitor may read, then what was written for them earlier."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        if self.visit.account_id is not None and self.visit.reach("EXPORT") is not None:
            for name, operation in LISTS.items():
                if self.visit.reach(get_operation(operation).right) is not None:
                    for form in FORMATS:
                        pieces = partial(self._pieces, operation, form)
                        yield f"{name}.{form}", File(self.visit.now, pieces)
        if self.visit.login_id is not None:
            yield from Written(self.visit, folder_of(self.visit)).entries()

    def _pieces(self, operation: str, form: str) -> Iterator[str]:
        allow(self.visit, OPERATION, "EXPORT")
        listed = list_operation(operation)
        for text, _rows in stream(self.visit, listed, parse_arguments(listed, []), form):
            yield text


class Written(Folder):
    """A real folder: that of the person's own exports, or one in it."""

    def __init__(self, visit: Visit, path: Path) -> None:
        super().__init__(visit)
        self.path = path

    @property
    def modified(self) -> int:
        """As the disk says."""
        return int(self.path.stat().st_mtime)

    def entries(self) -> Iterator[tuple[str, Node]]:
        if not self.path.is_dir():
            return
        for path in sorted(self.path.iterdir()):
            # Only what an export makes: folders and files, never a link to elsewhere.
            told = path.lstat()
            if stat.S_ISDIR(told.st_mode):
                yield path.name, Written(self.visit, path)
            elif stat.S_ISREG(told.st_mode):
                yield path.name, File(int(told.st_mtime), partial(_read, path))


def _read(path: Path) -> Iterator[bytes]:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        while piece := file.read(PIECE):
            yield piece
