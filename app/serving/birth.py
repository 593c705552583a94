"""From a fork to a session: a terminal of its own, nothing inherited, little allowed."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
import socket
import sys
import termios
from typing import Final

from app.serving.request import Request

CONTROL: Final = 3
"""The descriptor of the child's control socket."""
PR_SET_PDEATHSIG: Final = 1
PR_SET_NO_NEW_PRIVS: Final = 38
LIMITS: Final = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 256,
    resource.RLIMIT_CPU: 3600,
    # Address space, not memory: what is mapped and shared counts too.
    resource.RLIMIT_AS: 4 << 30,
}
KEPT: Final = ("LOKET_", "XDG_", "TZ", "HOME", "PATH")
"""Beginnings of the names of variables that the operator set for the server and that children need."""

_libc = ctypes.CDLL(None, use_errno=True)


def become(request: Request, descriptors: list[int], parent: int) -> int:
    """Be the child that was asked for; its exit code. Called in the fork, and never returns by an exception.

    Args:
        descriptors: the control socket, then one terminal or three pipes.
        parent: the zygote's process id.
    """
    try:
        own_signals()
        die_with(parent)
        os.setsid()
        own_descriptors(descriptors)
        for kind, most in LIMITS.items():
            lower(kind, most)
        os.umask(0o077)
        clear_environment(request)
        from app.serving.child import run

        return run(request, socket.socket(fileno=CONTROL))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        return tell(error)


def own_signals() -> None:
    """Signals as in a program that was just started."""
    signal.set_wakeup_fd(-1)
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when the zygote goes."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it went before that was asked
        os._exit(1)


def own_descriptors(descriptors: list[int]) -> None:
    """Put the terminal or the pipes at 0, 1, 2 and the control socket at 3; close all others."""
    control, *streams = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 64) for each in descriptors]
    if len(streams) == 1:
        fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
        streams *= 3
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.dup2(control, CONTROL, inheritable=False)
    os.closerange(CONTROL + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    # Unbuffered below, so that nothing of the zygote's own streams is written twice.
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]  # noqa: SIM115


def lower(kind: int, most: int) -> None:
    """Lower one limit of this process; one that is lower already stays."""
    _soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or hard > most:
        with contextlib.suppress(OSError, ValueError):  # a unit of systemd may keep it for itself
            resource.setrlimit(kind, (most, most))


def clear_environment(request: Request) -> None:
    """Keep the operator's variables and the client's terminal, nothing else."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
    os.environ.clear()
    os.environ.update(kept | request.window.environment)


def tell(error: BaseException) -> int:
    """Write down what went wrong: the person's screen is no place for it."""
    with contextlib.suppress(Exception):
        from app.log import NAME, keep_log
        from app.settings import read_settings

        keep_log(read_settings().home)
        import logging

        logging.getLogger(NAME).error("a session could not run", exc_info=error)
    return 1
