"""A progress bar on the error output of a terminal: one line, drawn again at most ten times a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app import units

Tell = Callable[[int, int], None]
"""Called with what is done and what there is to do; 0 for an unknown total."""

CELLS = 30


@contextmanager
def bar(*, quiet: bool) -> Iterator[Tell]:
    """A function that draws progress; it does nothing when quiet. The line is cleared at the end."""
    if quiet:
        yield lambda _done, _total: None
        return
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < 0.1:
            return
        last = now
        sys.stderr.write(f"\r{line(done, total)}\x1b[K")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def line(done: int, total: int) -> str:
    """`━━━━──── 42% 12,345 of 29,000`."""
    if total <= 0:
        return units.count(done)
    filled = min(done * CELLS // total, CELLS)
    share = units.percent(min(done, total), total)
    return f"{'━' * filled}{'─' * (CELLS - filled)} {share} {units.count(done)}"
