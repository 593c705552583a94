"""The process that has loaded the portal and only forks: `python -I -m app.serving.zygote DESCRIPTOR`.

It has one thread, no event loop, no database and no socket but the control socket: a fork copies nothing that
could be half-way through something. Messages are JSON objects, one a packet:

    server → zygote   {"do": "start", "number": 7, "request": {...}} with descriptors: the child's control
                      socket first, then one terminal or three pipes
                      {"do": "kill", "number": 7, "signal": 9}
    zygote → server   {"said": "ready"} once everything is loaded
                      {"said": "started", "number": 7, "pid": 4711}
                      {"said": "ended", "number": 7, "status": 0}: an exit code, or minus a signal

When the server goes, so do the children: their terminals hang up, and who does not hear that is killed.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from typing import Any, Final

from app.serving import merging, preload
from app.serving.birth import become
from app.serving.request import Request

MOST_BYTES: Final = 65_536
MOST_DESCRIPTORS: Final = 4
LAST_SECONDS: Final = 5.0
"""So long children may tidy up after the server is gone."""


class Zygote:
    """Forks children and tells how they ended."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.pids: dict[int, int] = {}
        """The child's number by its process id."""
        self.wake, self.alarm = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self.alarm, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGPIPE):
            # A terminal's Ctrl+C goes to everybody on it: the server says when it is over.
            signal.signal(number, signal.SIG_IGN)

    def serve(self) -> None:
        """Fork as asked until the server closes its end."""
        self.say("ready")
        while True:
            waits: list[Any] = [self.control, self.wake]
            ready = select.select(waits, [], [])[0]
            if self.wake in ready:
                os.read(self.wake, 4096)
                self.reap()
            if self.control in ready and not self.hear():
                return

    def hear(self) -> bool:
        """Do what one packet asks for; False: there is no server any more."""
        try:
            data, descriptors, _flags, _address = socket.recv_fds(self.control, MOST_BYTES, MOST_DESCRIPTORS)
        except ConnectionError:
            return False
        if not data:
            return False
        order = json.loads(data)
        if order["do"] == "start":
            self.start(order["number"], Request.decoded(order["request"].encode()), descriptors)
        else:
            self.kill(order["number"], order["signal"])
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def start(self, number: int, request: Request, descriptors: list[int]) -> None:
        """Fork one child."""
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:  # no memory, or no more processes
            self.say("ended", number=number, status=-signal.SIGKILL, problem=error.strerror)
            return
        if pid == 0:
            os._exit(become(request, descriptors, parent))
        self.pids[pid] = number
        self.say("started", number=number, pid=pid)

    def kill(self, number: int, sent: int) -> None:
        """Signal a child, if it still is one: its process id is not given anew before it was reaped here."""
        for pid, known in self.pids.items():
            if known == number:
                os.kill(pid, sent)

    def reap(self) -> None:
        """Tell of every child that has ended."""
        while self.pids:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            number = self.pids.pop(pid, None)
            if number is not None:
                self.say("ended", number=number, status=os.waitstatus_to_exitcode(status))

    def say(self, what: str, **more: Any) -> None:
        """Tell the server, if there is one."""
        try:
            self.control.send(json.dumps({"said": what, **more}).encode())
        except OSError:
            return

    def finish(self) -> None:
        """Give children time to end by themselves; afterwards the kernel kills them with this process."""
        end = time.monotonic() + LAST_SECONDS
        while self.pids and time.monotonic() < end:
            select.select([self.wake], [], [], 0.05)
            self.reap()


def main() -> int:
    """Load the portal, then fork until the server is gone."""
    gc.disable()
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    preload.load()
    merging.merge_if_asked()
    # Pages that the collector does not touch stay shared between all children.
    gc.collect()
    gc.freeze()
    if threading.active_count() != 1:
        names = ", ".join(thread.name for thread in threading.enumerate())
        raise RuntimeError(f"A zygote must have one thread, there are: {names}")
    zygote = Zygote(control)
    zygote.serve()
    zygote.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
