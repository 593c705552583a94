"""A new server takes the port over from a running one, so that an upgrade cuts no session.

On SIGUSR2 the running server starts itself anew, with the code and the settings there are now, and passes its
listening socket on. Once the new one can open sessions it accepts whoever comes; the old one accepts nobody
more and goes on until its last session has ended. If the new one cannot start, everything stays as it is.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

OPTION: Final = "--inherit"
PATIENCE: Final = 60.0
"""Seconds for the new server to load everything."""


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What a new server gets from the one before, as descriptors."""

    listening: int
    ready: int
    """A pipe: one byte says that the new one accepts."""

    @classmethod
    def parsed(cls, text: str) -> Inheritance:
        """From `LISTENING,READY`. Raises ValueError."""
        listening, ready = text.split(",")
        return cls(int(listening), int(ready))

    def tell_ready(self) -> None:
        """Say that sessions can be opened now."""
        with suppress(OSError):
            os.write(self.ready, b"1")
            os.close(self.ready)


async def hand_over(listening: socket.socket) -> bool:
    """Start a new server on this socket; whether it has taken over."""
    ready, told = os.pipe2(os.O_CLOEXEC)
    try:
        process = successor([listening.fileno(), told])
    except OSError:
        os.close(ready)
        return False
    finally:
        os.close(told)
    if await said_so(ready):
        return True
    process.kill()
    process.wait()
    return False


def successor(descriptors: list[int]) -> subprocess.Popen[bytes]:
    """The new server, as the running one was started. Raises OSError."""
    return subprocess.Popen(
        [*command(), OPTION, ",".join(map(str, descriptors))],
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
    )


def command() -> list[str]:
    """How this server was started, without what it inherited itself."""
    words = [sys.executable, *sys.orig_argv[1:]]
    if OPTION in words:
        place = words.index(OPTION)
        del words[place : place + 2]
    return words


async def said_so(ready: int) -> bool:
    """Wait for the byte; False: it ended, or takes too long."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bool] = loop.create_future()

    def heard() -> None:
        loop.remove_reader(ready)
        answer.set_result(bool(os.read(ready, 1)))

    loop.add_reader(ready, heard)
    try:
        return await asyncio.wait_for(answer, PATIENCE)
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(ready)
        os.close(ready)


def goes_on(predecessor: int) -> bool:
    """Whether the server that this one took over from, if any, is still there: it is this one's parent."""
    # In a container the parent of the first process is 0, too.
    return bool(predecessor) and os.getppid() == predecessor


def stop(predecessor: int) -> None:
    """Stop it too, if it is still there: its sessions are told; a second time means now."""
    if goes_on(predecessor):
        with suppress(ProcessLookupError):
            os.kill(predecessor, signal.SIGTERM)


async def ended(predecessor: int, seconds: float) -> None:
    """Wait until it is gone, at most so long: systemd kills whatever is left when this server ends."""
    end = time.monotonic() + seconds
    while goes_on(predecessor) and time.monotonic() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
