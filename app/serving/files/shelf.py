"""The child's half: walks the tree and makes files, one question after another, as the person who signed in.

Each question is one packet of JSON on the control socket, and so is each answer; an answer to `open` carries
the descriptor of the file. See `remote` for the other half.
"""

from __future__ import annotations

import errno
import json
import logging
import socket
import time
from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from app.i18n import _, use_language
from app.log import NAME
from app.operations.core import NotFound, OperationError, Refused, Visit, audit, sessions
from app.serving.files.folders import Top
from app.serving.files.node import OPERATION, File, Folder, Node
from app.serving.files.spool import Made, Spool, TooLong
from app.store import StoreError

if TYPE_CHECKING:
    from app.serving.request import Request

PACKET: Final = 65_536
ENTRIES: Final = 400
"""Entries of one answer."""
MOST_LISTINGS: Final = 16
SIZED: Final = 64
"""A listing of no more files than this tells their sizes, made for it; of longer ones only `stat` does."""
SIZING_SECONDS: Final = 10.0
SEEN_SECONDS: Final = 30.0

Answer = tuple[dict[str, Any], list[int]]


def serve(request: Request, control: socket.socket) -> int:
    """Answer until the server hangs up; the exit code."""
    from app.serving.visits import settings_of, visit_of

    control.setblocking(True)
    settings = settings_of(request)
    try:
        visit = visit_of(request, settings)
    except (OperationError, StoreError) as error:
        shelf: Shelf | Closed = Closed(error)
    else:
        shelf = Shelf(visit, Spool(settings.home))
    while packet := control.recv(PACKET):
        answer, descriptors = shelf.answer(json.loads(packet))
        socket.send_fds(control, [json.dumps(answer).encode()], descriptors)
    return 0


class Closed:
    """Answers everything with why there is nothing."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def answer(self, question: dict[str, Any]) -> Answer:
        """The same each time."""
        return _problem(self.error), []


class Shelf:
    """One visit's tree."""

    def __init__(self, visit: Visit, spool: Spool) -> None:
        self.visit = visit
        self.spool = spool
        self._listings: OrderedDict[int, Iterator[list[Any]]] = OrderedDict()
        self._long: set[str] = set()
        """Folders that were listed without sizes."""
        self._count = 0
        self._seen_at = 0.0

    def answer(self, question: dict[str, Any]) -> Answer:
        """Do what is asked; what goes wrong is an answer too."""
        try:
            with use_language(self.visit.language):
                self._seen()
                return self._do(question)
        except (OperationError, StoreError, OSError, TooLong) as error:
            return _problem(error), []
        except Exception as error:
            # What is wrong here is for the log; the person only hears that it is.
            logging.getLogger(NAME).error("a file could not be made", exc_info=error)
            return {"error": "failed", "text": _("This could not be made. The fault was written down.")}, []

    def _do(self, question: dict[str, Any]) -> Answer:
        if question["do"] == "more":
            return self._more(question["listing"]), []
        path = tuple(part for part in question["path"].split("/") if part)
        node = self._walk(path)
        if question["do"] == "open":
            return self._open(path, node)
        if question["do"] == "list":
            return self._list(path, node), []
        return self._told(path, node, exact=question["do"] == "stat"), []

    def _seen(self) -> None:
        """Whoever reads is there: the session goes on."""
        now = time.monotonic()
        if not self._seen_at or now - self._seen_at > SEEN_SECONDS:
            self._seen_at = now
            sessions.seen(self.visit)

    def _walk(self, path: tuple[str, ...]) -> Node:
        node: Node | None = Top(self.visit)
        for name in path:
            node = node.find(name) if isinstance(node, Folder) else None
        if node is None:
            raise NotFound(_("There is no such file."))
        return node

    def _told(self, path: tuple[str, ...], node: Node, *, exact: bool) -> dict[str, Any]:
        """A node's attributes. A link-less `lstat` of one among thousands does not make it; `stat` does."""
        if isinstance(node, Folder):
            return {"folder": True, "modified": node.modified, "size": 0}
        whole, parent = "/".join(path), "/".join(path[:-1])
        made = self.spool.known(whole)
        if made is None and (exact or parent not in self._long):
            made = self.spool.make(whole, node.pieces)
        return {"folder": False, "modified": node.modified, "size": None if made is None else made.size}

    def _open(self, path: tuple[str, ...], node: Node) -> Answer:
        if not isinstance(node, File):
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        made = self.spool.make("/".join(path), node.pieces)
        self._write_down(path, node, made)
        return {"size": made.size, "modified": node.modified}, [made.file.fileno()]

    def _write_down(self, path: tuple[str, ...], file: File, made: Made) -> None:
        """One row for each download, like that of the portal's export."""
        personal = json.dumps({"path": "/" + "/".join(path), "bytes": made.size})
        with self.visit.transaction():
            audit.append(self.visit, OPERATION, "done", personal, file.about)

    def _list(self, path: tuple[str, ...], node: Node) -> dict[str, Any]:
        if not isinstance(node, Folder):
            raise NotADirectoryError(errno.ENOTDIR, "is a file")
        entries = node.entries()
        first = list(islice(entries, SIZED + 1))
        short, whole = len(first) <= SIZED, "/".join(path)
        (self._long.discard if short else self._long.add)(whole)
        rows = self._rows(whole, first, entries, time.monotonic() + (SIZING_SECONDS if short else 0.0))
        self._count += 1
        self._listings[self._count] = rows
        while len(self._listings) > MOST_LISTINGS:
            self._listings.popitem(last=False)
        return self._more(self._count)

    def _rows(
        self, folder: str, first: list[tuple[str, Node]], rest: Iterator[tuple[str, Node]], until: float
    ) -> Iterator[list[Any]]:
        """`[name, is a folder, modified, size]` of each entry, with sizes as long as there is time."""
        for part in (first, rest):
            for name, node in part:
                if isinstance(node, Folder):
                    yield [name, 1, node.modified, 0]
                    continue
                whole = f"{folder}/{name}".strip("/")
                made = self.spool.known(whole)
                if made is None and time.monotonic() < until:
                    made = self.spool.make(whole, node.pieces)
                yield [name, 0, node.modified, None if made is None else made.size]

    def _more(self, listing: int) -> dict[str, Any]:
        rows = self._listings.get(listing)
        if rows is None:
            raise NotFound(_("There is no such file."))
        with use_language(self.visit.language):
            found = list(islice(rows, ENTRIES))
        if len(found) < ENTRIES:
            del self._listings[listing]
            listing = 0
        return {"entries": found, "listing": listing}


def _problem(error: Exception) -> dict[str, Any]:
    """What went wrong: one word for the other half, a sentence for the person."""
    if isinstance(error, NotFound):
        return {"error": "not_found", "text": _("There is no such file.")}
    if isinstance(error, OperationError):
        kind = "refused" if isinstance(error, Refused) else "failed"
        return {"error": kind, "text": error.message}
    if isinstance(error, TooLong):
        return {"error": "failed", "text": _("This file is longer than any may be. Fetch a part of it.")}
    if isinstance(error, StoreError):
        return {"error": "unavailable", "text": _("The portal cannot be reached now. Try again later.")}
    number = error.errno if isinstance(error, OSError) else 0
    if number == errno.EISDIR:
        return {"error": "is_folder", "text": _("This is a folder.")}
    if number == errno.ENOTDIR:
        return {"error": "is_file", "text": _("This is no folder.")}
    logging.getLogger(NAME).warning("a file could not be kept: %s", error)
    kind = "full" if number == errno.ENOSPC else "failed"
    return {"error": kind, "text": _("This cannot be read now. Try again later.")}
