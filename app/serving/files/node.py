"""What the tree is made of. A node belongs to one visit: who walks the tree sees what that visit may see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from app.operations.core import Visit
from app.operations.export import list_operation, pages

OPERATION: Final = "files.read"
"""What a download is called in the log."""
LONGEST_NAME: Final = 80
_UNFIT: Final = re.compile(r"[^a-z0-9._+-]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file that is made when it is read.

    modified: unix seconds; pieces: its text in pieces, however long; about: the object it tells of, for the
    audit row, as `line:5`.
    """

    modified: int
    pieces: Callable[[], Iterator[str | bytes]]
    about: str = ""


class Folder:
    """A folder; `entries` and `find` do the operations whose rows it shows."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    @property
    def modified(self) -> int:
        """Unix seconds: it is made now, each time it is looked at."""
        return self.visit.now

    def entries(self) -> Iterator[tuple[str, Node]]:
        """What is in it, by name, in the order of the listing.

        Raises:
            OperationError: the visit may not see it (any more).
        """
        return iter(())

    def find(self, name: str) -> Node | None:
        """What has this name; a folder with many entries finds one without reading the others."""
        return next((node for each, node in self.entries() if each == name), None)


Node = File | Folder


def file_name(text: str) -> str:
    """A name from a text of somebody: letters, digits and little else: nothing trips over it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNFIT.sub("-", plain).strip("-.")[:LONGEST_NAME] or "unnamed"


def rows_of(visit: Visit, operation: str, **arguments: Any) -> Iterator[Any]:
    """All rows of a list, read page by page."""
    return chain.from_iterable(pages(visit, list_operation(operation), arguments))
