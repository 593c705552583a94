"""Files as they were made: on disk without a name, so that nothing is left of them when they are closed."""

from __future__ import annotations

import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

MOST_FILES: Final = 64
MOST_BYTES: Final = 64 << 20
"""What is kept to be read soon: a client asks for a size, then reads."""
LONGEST_FILE: Final = 1 << 30
FRESH_SECONDS: Final = 60.0


class TooLong(Exception):
    """A file would be larger than any may be."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file as it was made: its size is exact, because it will not change any more."""

    file: IO[bytes]
    size: int
    at: float


class Spool:
    """Makes files and keeps the newest of them for a moment."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """`folder`: on the disk of the database, where there is room; open only to this user."""
        self.folder = folder
        self.clock = clock
        self._kept: OrderedDict[str, Made] = OrderedDict()

    def known(self, path: str) -> Made | None:
        """The file, if it was made a moment ago."""
        made = self._kept.get(path)
        if made is None or self.clock() - made.at > FRESH_SECONDS:
            return None
        self._kept.move_to_end(path)
        return made

    def make(self, path: str, pieces: Callable[[], Iterator[str | bytes]]) -> Made:
        """The file, made now unless it was made a moment ago.

        Raises:
            TooLong, OSError: it cannot be kept; ENOSPC where the disk is full.
        """
        made = self.known(path)
        if made is None:
            self._forget(path)
            made = self._write(pieces())
            self._kept[path] = made
            self._keep_few()
        return made

    def _write(self, pieces: Iterator[str | bytes]) -> Made:
        file = tempfile.TemporaryFile(dir=self.folder, buffering=0)  # noqa: SIM115 (kept, see _forget)
        size = 0
        try:
            for piece in pieces:
                data = memoryview(piece.encode() if isinstance(piece, str) else piece)
                size += len(data)
                if size > LONGEST_FILE:
                    raise TooLong
                while data:
                    data = data[file.write(data) :]
        except BaseException:
            file.close()
            raise
        return Made(file, size, self.clock())

    def _keep_few(self) -> None:
        """Forget the oldest; the newest stays, whatever its size."""
        total = sum(made.size for made in self._kept.values())
        while len(self._kept) > 1 and (len(self._kept) > MOST_FILES or total > MOST_BYTES):
            path = next(iter(self._kept))
            total -= self._kept[path].size
            self._forget(path)

    def _forget(self, path: str) -> None:
        made = self._kept.pop(path, None)
        if made is not None:
            # Who was handed the descriptor reads on: theirs is a copy.
            made.file.close()

    def close(self) -> None:
        """Forget all."""
        for path in list(self._kept):
            self._forget(path)
