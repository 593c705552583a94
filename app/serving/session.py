"""One channel of a connection: a screen, a command, or files; everything else is refused.

Commands are done by `app.serving.commands` in a child with three pipes; files by `app.serving.files`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from asyncssh import SSHServerChannel
from asyncssh.stream import SSHServerStreamSession

from app.serving.caller import Caller
from app.serving.farewell import farewell
from app.serving.journal import since
from app.serving.request import Request, Window, window
from app.serving.screen import Screen

if TYPE_CHECKING:
    from asyncssh.channel import SSHChannel

    from app.serving.request import Kind

VARIABLES: Final = ("LANG", "LC_ALL", "LC_MESSAGES", "COLORTERM")
"""What a client may say of its surroundings; the terminal's name comes with the terminal."""
LONGEST_VALUE: Final = 64


class Work(Protocol):
    """What a session does, as the channel sees it."""

    async def run(self) -> tuple[int, str]:
        """Do it; the exit status, and why it ended in one word of `farewell.REASONS` or the like."""

    def typed(self, data: bytes) -> None: ...
    def eof(self) -> None: ...
    def resized(self, columns: int, rows: int) -> None: ...
    def hold(self) -> None: ...
    def go_on(self) -> None: ...
    def lost(self) -> None: ...
    def look(self, now: float) -> None: ...
    def warn(self, what: str, seconds: int) -> None: ...
    def end(self, reason: str) -> None: ...


class Variables(dict[bytes, bytes]):
    """Takes the few variables that a client may send, and forgets all others at once."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        if name.decode("latin-1") in VARIABLES and len(value) <= LONGEST_VALUE:
            super().__setitem__(name, value)


class Session(SSHServerStreamSession[bytes]):
    """Asks for one thing, which becomes its work."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(None)
        self.caller = caller
        self.kind = ""
        self.command = ""
        self.terminal: tuple[str, int, int] | None = None
        self.work: Work | None = None
        self.held = False
        self.began = 0.0
        self._leave: Callable[[], None] | None = None

    # What is asked for

    def connection_made(self, chan: SSHChannel[bytes]) -> None:
        super().connection_made(chan)
        # asyncssh keeps any number of variables of any length.
        chan._env = Variables()

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        self.terminal = (term_type, term_size[0], term_size[1])
        return True

    def shell_requested(self) -> bool:
        """Said yes to even without a terminal: a sentence tells more than a refusal."""
        self.kind = "portal"
        return True

    def exec_requested(self, command: str) -> bool:
        """`scp` asks for files by a command of its own: what stands in it is taken apart, never run."""
        self.kind, self.command = "command", command
        if command.startswith("scp ") and not self._may_not():
            self._ask_files()
            self._allow_scp = True
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        if subsystem != "sftp" or self._may_not():
            return False
        self._ask_files()
        return True

    def _ask_files(self) -> None:
        from app.serving.files.sftp import file_server

        self.kind = "files"
        self._sftp_factory = file_server
        self._sftp_version = 3

    def _may_not(self) -> str:
        """Why commands and files are not for this caller; empty: they are."""
        identity = self.caller.identity
        if identity is None:
            return "no_command"
        return "" if identity.complete else "unfinished"

    def session_started(self) -> None:
        self.began = time.monotonic()
        self.caller.sessions.add(self)
        if self.kind == "files":
            self._start_files()
            return
        refusal = self._refusal() or self._enter()
        if not refusal:
            # Before the next packet is looked at: it may be the input, or its end.
            self.work = self._work()
        self._conn_task(self._run(refusal))

    def _conn_task(self, work: Any) -> None:
        self.caller.server.keep(asyncio.get_running_loop().create_task(work))

    def _start_files(self) -> None:
        """`scp` of OpenSSH fails after a good copy unless it is told an exit status."""
        channel = self.channel
        close = channel.close

        def close_well() -> None:
            channel.close = close  # type: ignore[method-assign]
            channel.exit(0)

        if not self.command:
            channel.close = close_well  # type: ignore[method-assign]
        refusal = self._enter()
        if refusal:
            channel.exit(1)
            return
        from app.serving.files.work import FilesWork

        self.work = FilesWork(self)
        self.started(before=False, seconds=0.0)
        super().session_started()

    async def _run(self, reason: str) -> None:
        """Do the work unless there is a reason not to, say how it ended, close the channel."""
        status = 1
        if self.work is None:
            self.caller.server.metrics.count("refused_total", reason=reason)
            self.caller.server.journal.write("refused", self.caller, reason=reason)
            self.say(farewell(reason, self.window))
        else:
            status, reason = await self.work.run()
            self._ended(reason)
        self.close(status)

    def _refusal(self) -> str:
        if self.kind == "portal":
            return "" if self.terminal is not None else "no_terminal"
        return self._may_not()

    def _enter(self) -> str:
        """Count this session, or why it is one too many."""
        sessions = self.caller.server.sessions
        refusal = sessions.refusal(self.caller)
        if not refusal:
            self._leave = sessions.enter(self.caller)
        return refusal

    def _work(self) -> Work:
        if self.kind == "command":
            from app.serving.command_relay import CommandRelay
            from app.serving.command_terminal import CommandTerminal

            relay = CommandRelay if self.terminal is None else CommandTerminal
            return relay(self, self._request())
        return Screen(self, self._request())

    def _request(self) -> Request:
        kind: Kind = "command" if self.kind == "command" else "portal"
        return Request(
            kind, "ssh", self.caller.address, self.caller.identity, self.window, command=self.command
        )

    @property
    def channel(self) -> SSHServerChannel[bytes]:
        """The channel of asyncssh."""
        assert isinstance(self._chan, SSHServerChannel)
        return self._chan

    @property
    def window(self) -> Window:
        """The client's terminal, as far as it is believed."""
        variables = {
            name.decode(): value.decode("ascii", "replace") for name, value in self.channel._env.items()
        }
        term, columns, rows = self.terminal or ("dumb", 0, 0)
        return window(term, variables, columns, rows)

    # How it goes

    def started(self, before: bool, seconds: float, pid: int = 0) -> None:
        """The work has begun; `before`: its screen was painted before anybody came."""
        server = self.caller.server
        server.metrics.count("starts_total", kind=self.kind, painted="before" if before else "now")
        server.metrics.took("start_seconds", seconds)
        seen = self.window
        server.journal.write(
            "session",
            self.caller,
            kind=self.kind,
            term=seen.term,
            size=f"{seen.columns}x{seen.rows}",
            painted_before=before,
            pid=pid,
            seconds=seconds,
        )

    def _ended(self, reason: str) -> None:
        server = self.caller.server
        server.metrics.count("ends_total", reason=reason)
        sent, stopped = getattr(self.work, "sent", 0), getattr(self.work, "filter", None)
        server.metrics.count("bytes_sent_total", sent)
        if stopped is not None:
            server.metrics.count("bytes_stopped_total", stopped.stopped)
        server.journal.write(
            "session_end", self.caller, kind=self.kind, reason=reason, seconds=since(self.began), bytes=sent
        )

    def write(self, data: bytes, datatype: int | None = None) -> None:
        """To the client's standard output, or to another stream."""
        if not self.channel.is_closing() and data:
            self.channel.write(data, datatype)

    def say(self, line: bytes) -> None:
        """A sentence where the client's errors go, so that no program takes it for an answer."""
        if not self.channel.is_closing():
            self.channel.write_stderr(line)

    def close(self, status: int) -> None:
        """Tell the exit status and close the channel."""
        if not self.channel.is_closing():
            self.channel.exit(status)

    # What comes from the client

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self.work is not None:
            self.work.typed(data)

    def eof_received(self) -> bool:
        if self.work is not None:
            self.work.eof()
            return True
        return bool(super().eof_received())

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self.terminal is not None:
            self.terminal = (self.terminal[0], width, height)
        if self.work is not None:
            self.work.resized(width, height)

    def break_received(self, msec: int) -> bool:
        return False

    def signal_received(self, signal: str) -> None:
        return

    def soft_eof_received(self) -> None:
        return

    def pause_writing(self) -> None:
        super().pause_writing()
        self.held = True
        if self.work is not None:
            self.work.hold()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.held = False
        if self.work is not None:
            self.work.go_on()

    def hold_keys(self) -> None:
        """The child does not read: neither does the channel."""
        self.channel.pause_reading()

    def go_on_with_keys(self) -> None:
        """It reads again."""
        self.channel.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.caller.sessions.discard(self)
        self.caller.channels -= 1
        if self._leave is not None:
            self._leave()
        if self.work is not None:
            self.work.lost()
            if self.kind == "files":
                gone = "left" if exc is None else "client_gone"
                self._ended(getattr(self.work, "reason", "") or gone)
