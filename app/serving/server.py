"""The server: everything that all connections share, from the listening socket to the end."""

from __future__ import annotations

import asyncio
import itertools
import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

import asyncssh

from app.clock import Clock, SystemClock
from app.content import Content
from app.i18n import _
from app.serving.admission import Sessions, WaitingRoom
from app.serving.caller import KEY, Caller
from app.serving.connection import Connection
from app.serving.host_keys import host_keys
from app.serving.identity import Door
from app.serving.journal import Journal
from app.serving.metrics import Metrics
from app.serving.options import Options
from app.serving.painted import Pool
from app.serving.proxy import ProxyError, peer_of
from app.serving.request import Window
from app.serving.signed import SignedConnection
from app.serving.zygote_client import Zygote
from app.settings import Settings
from app.store import Store

if TYPE_CHECKING:
    from app.serving.session import Session

T = TypeVar("T")

logger = logging.getLogger("loket.serving")

VERSION: Final = "portal"
"""What the server calls itself: no program, no version."""
KEEPALIVE: Final = (15, 3)
"""Seconds between questions to a silent client, and how many may go unanswered."""
LOOK_SECONDS: Final = 1.0
AGAIN_SECONDS: Final = 1.0


class Server:
    """One listening socket and what comes in by it."""

    def __init__(
        self, options: Options, settings: Settings, content: Content, clock: Clock | None = None
    ) -> None:
        self.options = options
        self.settings = settings
        self.content = content
        self.clock = clock or SystemClock()
        self.journal = Journal(settings.home)
        self.metrics = Metrics()
        self.sessions = Sessions(options.limits)
        self.room = WaitingRoom(options.limits, self._dropped)
        self.connections: dict[int, Connection] = {}
        self.stopping = False
        self.zygote = Zygote(self._zygote_gone)
        self.pool = Pool(self.zygote, options.pool, Window(locale=settings.language, columns=120, rows=40))
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="door")
        # Two hashes at once: each takes 64 MiB and a whole core.
        self._hashing = ThreadPoolExecutor(2, thread_name_prefix="hash")
        self._store: Store | None = None
        self._banner = self._read_banner()
        self._ssh = self._ssh_options()
        self._accepting: asyncio.Task[None] | None = None
        self.metrics.gauges = {
            "sessions": lambda: self.sessions.count,
            "waiting": lambda: len(self.room.waiting) + len(self.room.queue),
            "painted": lambda: len(self.pool.ready),
        }

    def _ssh_options(self) -> asyncssh.SSHServerConnectionOptions:
        return asyncssh.SSHServerConnectionOptions(
            server_factory=Connection,
            server_host_keys=host_keys(self.settings.home),
            send_server_host_keys=True,
            server_version=VERSION,
            encoding=None,
            line_editor=False,
            agent_forwarding=False,
            x11_forwarding=False,
            allow_scp=False,
            compression_algs=None,
            gss_host=None,
            gss_kex=False,
            gss_auth=False,
            login_timeout=self.options.limits.login,
            keepalive_interval=KEEPALIVE[0],
            keepalive_count_max=KEEPALIVE[1],
        )

    # Starting

    def listen(self) -> socket.socket:
        """The listening socket: a new one, or that of the process before."""
        if self.options.inherited is not None:
            sock = socket.socket(fileno=self.options.inherited.listening)
        elif self.options.host:
            family = socket.AF_INET6 if ":" in self.options.host else socket.AF_INET
            sock = socket.create_server((self.options.host, self.options.port), family=family, backlog=512)
        else:
            sock = socket.create_server(
                ("", self.options.port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=512
            )
        sock.setblocking(False)
        sock.set_inheritable(False)
        return sock

    async def start(self, sock: socket.socket) -> None:
        """Begin to accept as soon as sessions can be made. Raises NoZygote."""
        self.zygote.start()
        await self.zygote.loaded()
        self.pool.fill()
        self.socket = sock
        self._accepting = asyncio.create_task(self._accept(sock))
        self.keep(asyncio.create_task(self._look()))

    def _zygote_gone(self) -> None:
        if not self.stopping:
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._start_zygote)

    def _start_zygote(self) -> None:
        if not self.stopping:
            self.zygote.start()
            self.pool.fill()

    # Connections

    async def _accept(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _address = await loop.sock_accept(sock)
            except OSError as error:  # no more descriptors; those that end give some back
                logger.error("a connection could not be accepted: %s", error)
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            self.keep(asyncio.create_task(self._arrived(accepted)))

    async def _arrived(self, accepted: socket.socket) -> None:
        """Find out where a connection comes from, and speak SSH with it."""
        self.metrics.count("connections_total")
        accepted.setblocking(False)
        try:
            peer = await peer_of(accepted, self.options.balancers)
        except ProxyError:
            self.metrics.count("refused_total", reason="proxy")
            accepted.close()
            return
        caller = Caller(self, next(self._numbers), peer.address, peer.port, peer.is_balancer)
        loop = asyncio.get_running_loop()
        connection = SignedConnection(loop, self._ssh)
        connection.set_extra_info(**{KEY: caller})
        if not caller.is_balancer:
            self.journal.write("connect", caller)
        if not await self.room.enter(
            caller, connection.abort, lambda: bool(connection.get_extra_info("client_version"))
        ):
            accepted.close()
            return
        try:
            await loop.connect_accepted_socket(lambda: connection, accepted)
        except OSError:
            self.room.leave(caller)
            accepted.close()

    def _dropped(self, caller: Caller, reason: str) -> None:
        self.metrics.count("refused_total", reason=reason)
        self.journal.write("refused", caller, reason=reason)

    def banner_for(self, user: str) -> str:
        """What is shown before anybody is let in."""
        if self.options.banner is not None:
            return self._banner
        return "" if user in self.options.names else self._banner

    def _read_banner(self) -> str:
        if self.options.banner is not None:
            return self.options.banner.read_text(encoding="utf-8")
        return (
            _("{operator}: sign in with your user name or customer number.").format(
                operator=self.content.operator.name
            )
            + "\n"
        )

    # Work that may wait

    async def door(self, address: str) -> Door:
        """A way in for one peer. Raises StoreError."""
        store = await self.in_thread(self._opened)
        return Door(store, self.clock, self.content, self.settings, address)

    def _opened(self) -> Store:
        if self._store is None:
            from app.store.schema import ensure_schema

            store = Store(self.settings.database_url)
            ensure_schema(store)
            self._store = store
        return self._store

    async def in_thread(self, function: Callable[..., T], *arguments: Any) -> T:
        """Do something that waits for the database."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    async def in_hash_thread(self, function: Callable[[], T]) -> T:
        """Do something that takes a hash."""
        return await asyncio.get_running_loop().run_in_executor(self._hashing, function)

    def keep_later(self, function: Callable[[], object]) -> None:
        """Do something in a thread and wait for nothing."""
        with suppress(RuntimeError):  # the threads have ended
            self._threads.submit(function)

    def keep(self, task: asyncio.Task[Any]) -> None:
        """Hold on to a task until it is done, and note what goes wrong in it."""
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a task of the server failed", exc_info=error)

    # Time

    def open_sessions(self) -> list[Session]:
        """Every session there is."""
        callers = [connection.caller for connection in self.connections.values()]
        return [each for caller in callers for each in caller.sessions]  # type: ignore[misc]

    async def _look(self) -> None:
        """Look at all clocks once a second."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            self.room.look()
            for session in self.open_sessions():
                if session.work is not None:
                    session.work.look(now)

    # The end

    def warn_all(self, what: str, seconds: int) -> None:
        """Show everybody a note; `what` is one of `farewell.WARNINGS`."""
        for session in self.open_sessions():
            if session.work is not None:
                session.work.warn(what, seconds)

    def close_door(self) -> None:
        """Accept nobody any more; sessions that are open go on."""
        self.stopping = True
        if self._accepting is not None:
            self._accepting.cancel()
            self._accepting = None
            self.socket.close()
        self.pool.close()

    async def drain(self, seconds: float) -> None:
        """Wait until every session has ended by itself, at most so long."""
        end = time.monotonic() + seconds
        while self.open_sessions() and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    async def end_sessions(self) -> None:
        """End what is left, make every terminal whole, and hang up."""
        for session in self.open_sessions():
            if session.work is not None:
                session.work.end("stopping")
        await self.drain(5)
        for connection in list(self.connections.values()):
            connection.connection.disconnect(asyncssh.DISC_BY_APPLICATION, "")
        await asyncio.sleep(0.1)
        self.zygote.close()
        self._threads.shutdown(wait=True)
        self._hashing.shutdown(wait=True, cancel_futures=True)
        if self._store is not None:
            self._store.close()
