"""A file read ahead by a second process, while this one writes what was read before.

The second process touches no database and owns nothing: it ends when its pipe closes, however this one
ends, and should it end early itself, this process reads the rest of the file.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from queue import Queue
from typing import IO, Any

from app.i18n import set_language
from app.intake.errors import Broken
from app.intake.files import BLOCK
from app.intake.reading import Part, Reading, parts_of
from app.intake.window import WINDOW

AHEAD = WINDOW // BLOCK
"""Parts that wait, packed, while a window is stored: some 30 MB."""
START = "import sys; sys.path[:] = sys.argv[1:]; from app.intake.ahead import serve; serve()"
"""Starts with the path of this process, and without the modules that it happens to have loaded."""


def read_ahead(reading: Reading) -> Generator[Part]:
    """As `parts_of`, from a process of its own. Close it to end that process."""
    received = 0
    try:
        with closing(received_parts(reading)) as parts:
            for part in parts:
                received += 1
                yield part
        return
    except (OSError, EOFError, pickle.UnpicklingError):
        # No process could be started, or it was ended from outside. Reading again gives the same parts.
        pass
    yield from islice(parts_of(reading), received, None)


def received_parts(reading: Reading) -> Generator[Part]:
    """Start the process and take what it sends.

    Raises:
        OSError, EOFError: it could not be started, or ended before the end of the file.
        Broken: as `parts_of`.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", START, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    assert process.stdout
    try:
        with process.stdin as to:
            pickle.dump(reading, to)
        while (found := pickle.load(process.stdout)) is not None:  # noqa: S301 - our own words
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def serve() -> None:
    """What the second process does: read, pack, and send from a thread, so that a full pipe stops nothing."""
    # Ctrl-C reaches both: the first process stores or undoes its chunk, and then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reading: Reading = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    set_language(reading.language)
    packed: Queue[bytes] = Queue(AHEAD)
    sender = threading.Thread(target=send, args=(packed, sys.stdout.buffer), daemon=True)
    sender.start()
    for found in outcomes(reading):
        packed.put(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    packed.put(b"")
    sender.join()


def outcomes(reading: Reading) -> Iterator[Any]:
    """The parts, then the error that ended the file, or None."""
    try:
        yield from parts_of(reading)
    except Broken as broken:
        yield broken
    else:
        yield None


def send(packed: Queue[bytes], out: IO[bytes]) -> None:
    """Send until the end; without a receiver there is nothing left to do."""
    try:
        while data := packed.get():
            out.write(data)
            out.flush()
    except OSError:
        os._exit(1)
