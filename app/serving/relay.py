"""Bytes between a terminal (or pipes) and a channel, with a brake in both directions."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

CHUNK: Final = 65_536
MOST_TYPED: Final = 262_144
"""Bytes of keys that wait for a child; what is pasted beyond that is held back at the client."""


class Reader:
    """Reads one descriptor whenever it may, and hands on what comes. The descriptor becomes its own."""

    def __init__(self, descriptor: int, out: Callable[[bytes], object], on_end: Callable[[], object]) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.out = out
        self.on_end = on_end
        self.loop = asyncio.get_running_loop()
        self.held = False
        self.ended = False
        self.loop.add_reader(descriptor, self._readable)

    def hold(self) -> None:
        """Read nothing until `go_on`: the other side does not take it. The child then waits in its write."""
        if not self.ended and not self.held:
            self.held = True
            self.loop.remove_reader(self.descriptor)

    def go_on(self) -> None:
        """Read again."""
        if not self.ended and self.held:
            self.held = False
            self.loop.add_reader(self.descriptor, self._readable)

    def _readable(self) -> None:
        try:
            data = os.read(self.descriptor, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # a terminal that nobody sits at any more
            data = b""
        if data:
            self.out(data)
        else:
            self.stop()
            self.on_end()

    def rest(self) -> None:
        """Read what is there still, and stop."""
        while not self.ended:
            try:
                data = os.read(self.descriptor, CHUNK)
            except OSError:
                data = b""
            if not data:
                self.stop()
                return
            self.out(data)

    def stop(self) -> None:
        """Read no more; the descriptor stays open."""
        if not self.ended:
            self.ended = True
            self.loop.remove_reader(self.descriptor)


class Writer:
    """Writes to one descriptor what it takes, and keeps the rest."""

    def __init__(self, descriptor: int, hold: Callable[[], object], go_on: Callable[[], object]) -> None:
        """`hold` is called when too much waits, `go_on` when it has gone."""
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.hold = hold
        self.go_on = go_on
        self.loop = asyncio.get_running_loop()
        self.waiting = bytearray()
        self.holding = False
        self.ended = False
        self.closing = False

    def write(self, data: bytes) -> None:
        """Write, now or as soon as it goes."""
        if self.ended or self.closing:
            return
        first = not self.waiting
        self.waiting += data
        if first:
            self._flush()
            if self.waiting and not self.ended:
                self.loop.add_writer(self.descriptor, self._flush)
        if len(self.waiting) > MOST_TYPED and not self.holding:
            self.holding = True
            self.hold()

    def _flush(self) -> None:
        try:
            done = os.write(self.descriptor, self.waiting)
        except BlockingIOError:
            return
        except OSError:
            self.stop()
            return
        del self.waiting[:done]
        if self.waiting:
            return
        self.loop.remove_writer(self.descriptor)
        if self.holding:
            self.holding = False
            self.go_on()
        if self.closing:
            self._close()

    def finish(self) -> None:
        """Close the descriptor when everything has gone."""
        if not self.closing:
            self.closing = True
            if not self.waiting:
                self._close()

    def _close(self) -> None:
        self.stop()
        with suppress(OSError):
            os.close(self.descriptor)

    def stop(self) -> None:
        """Write no more."""
        if not self.ended:
            self.ended = True
            self.waiting.clear()
            with suppress(OSError, ValueError):
                self.loop.remove_writer(self.descriptor)
