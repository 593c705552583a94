"""A new server takes the port over from a running one, so that an upgrade cuts no session.

On SIGUSR2 the running server starts itself anew, with the code and the settings there are now, and passes its
listening socket on. Once the new one can open sessions it accepts whoever comes; the old one accepts nobody
more and goes on until its last session has ended. If the new one cannot start, everything stays as it is.
"""

from __future__ import annotations

import asyncio
import os
import select
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
    before: int
    """The server before, pidfd_open(2): it goes on until its last session has ended."""

    @classmethod
    def parsed(cls, text: str) -> Inheritance:
        """From `LISTENING,READY,BEFORE`. Raises ValueError."""
        listening, ready, before = text.split(",")
        return cls(int(listening), int(ready), int(before))

    def tell_ready(self) -> bool:
        """Say that sessions can be opened now; False: the server before goes on, it waited long enough."""
        try:
            os.write(self.ready, b"1")
        except BrokenPipeError:
            return False
        finally:
            os.close(self.ready)
        return True


async def hand_over(listening: socket.socket) -> bool:
    """Start a new server on this socket; whether it has taken over."""
    ready, told = os.pipe2(os.O_CLOEXEC)
    this = os.pidfd_open(os.getpid())
    try:
        process = successor([listening.fileno(), told, this])
    except OSError:
        os.close(ready)
        return False
    finally:
        os.close(told)
        os.close(this)
    accepts = await said_so(ready)
    process.kill()
    process.wait()
    return accepts


def successor(descriptors: list[int]) -> subprocess.Popen[bytes]:
    """The new server, started as the running one was; it goes on in a fork. Raises OSError."""
    return subprocess.Popen(
        [*command(), OPTION, ",".join(map(str, descriptors))],
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
    )


def leave_parent() -> None:
    """Go on as a child of the system's first process.

    systemd kills a service without a word when its main process is a child of anybody else.
    """
    if os.fork():
        os._exit(0)


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


def goes_on(before: int | None) -> bool:
    """Whether the server that this one took over from, if any, is still there."""
    if before is None:
        return False
    poll = select.poll()
    poll.register(before, select.POLLIN)
    return not poll.poll(0)


def stop(before: int | None) -> None:
    """Stop it too, if it is still there: its sessions are told; a second time means now."""
    if before is not None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(before, signal.SIGTERM)


async def ended(before: int | None, seconds: float) -> None:
    """Wait until it is gone, at most so long: systemd kills whatever is left when this server ends."""
    end = time.monotonic() + seconds
    while goes_on(before) and time.monotonic() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
