"""Where screens get their data: one worker thread that performs operations, one after another.

Screens never wait for the database in the event loop. Everything heavy is loaded in that thread, after
the first screen has been painted.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from app.clock import Clock, SystemClock
from app.i18n import _, language
from app.secret import Secret
from app.settings import Settings

if TYPE_CHECKING:
    from app.content import Content
    from app.identity import Identity
    from app.operations.core import Visit
    from app.operations.core.next_step import Pending
    from app.store import Listener, Store

T = TypeVar("T")

SEEN_SECONDS = 60
"""How often a session's row hears of its person, at most."""


class Desk:
    """One session's access to the operations. `visit` is None until somebody has signed in."""

    practice = False
    """Whether all of it is thrown away afterwards."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.visit: Visit | None = None
        self.store: Store | None = None
        self.content: Content | None = None
        self.on_help_ended: Callable[[], object] | None = None
        """Called when an operation finds that an agent's time for a customer is over."""
        self.on_signed_out: Callable[[str], object] | None = None
        """Called with the reason when an operation finds that the session is over."""
        self.on_done: Callable[[str], object] | None = None
        """Called with the name of each operation that succeeded."""
        self.others_session = ""
        """The session that another door began: it goes on when only this screen ends."""
        self.busy = 0
        """How many operations are asked for and not answered yet."""
        self.ask_password: Callable[[], Awaitable[bool]] | None = None
        """Lets the person give the password again; whether it was right."""
        self.person_at = 0
        """When the person last did something, by the session's clock."""
        self.before_person: Callable[[], object] | None = None
        """Called when the person does something, while `person_at` still says when that was before."""
        self._written_at = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._listener: Listener | None = None
        self._opening: asyncio.Task[None] | None = None

    async def run(self, function: Callable[[], T]) -> T:
        """Run something in the session's thread.

        Raises:
            Unavailable: the database cannot be used now; the text says what to do.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, _with_cure, function)

    def start_opening(self) -> None:
        """Begin to load the content and the database behind what is on the screen."""
        if self._opening is None or (self._opening.done() and self.store is None):
            self._opening = asyncio.create_task(self.run(self._open))

    async def opened(self) -> None:
        """Wait until content and database are there; what is wrong with them is raised here.

        Raises:
            Unavailable, ContentError: with the cure in its text.
        """
        self.start_opening()
        assert self._opening is not None
        # Who stops waiting, as a search that is typed on, does not stop it for the others.
        await asyncio.shield(self._opening)

    def _open(self) -> None:
        from app.content import load_content
        from app.store import Store, StoreError
        from app.store.schema import ensure_schema

        self.content = load_content(self.settings.content)
        store = Store(self.settings.database_url, self.settings.home)
        ensure_schema(store)
        self.store = store
        # What the sign-in needs comes first; the rest is loaded while the person types.
        importlib.import_module("app.operations.signin")
        importlib.import_module("app.operations.dashboard")
        with suppress(StoreError):  # it is tried again when there is something to show
            self._listener = store.listen()

    async def sign_in(self, who: str, password: str) -> Visit:
        """Sign in and remember the visit.

        Raises:
            Refused: the pair is wrong, or too many tries; the text never says which.
            NextStep: the password was right, something more is asked; see `continue_sign_in`.
        """
        spoken = language()
        return self._entered(await self.run(lambda: self._sign_in(who, password, spoken)))

    def _sign_in(self, who: str, password: str, spoken: str) -> Visit:
        from app.operations.signin import sign_in

        assert self.store is not None
        assert self.content is not None
        return sign_in(
            self.store,
            self.clock,
            self.content,
            self.settings,
            who,
            password,
            channel=self.settings.channel,
            address=self.settings.address,
            language=spoken,
        )

    async def continue_sign_in(self, pending: Pending, code: Secret) -> Visit:
        """Answer what `NextStep` asked for; after the last step the visit is remembered.

        Raises:
            Refused: the code is wrong; ask again with the same `pending`.
            SignedOut: begin with the password again.
            NextStep: the next thing that is asked.
        """
        return self._entered(await self.run(lambda: self._continue(pending, code)))

    async def take_over(self, identity: Identity) -> Visit:
        """Go on as whom another door let in. The session it began, if it has, ends with that door.

        Raises:
            SignedOut: the session is over, or what was shown there is worth nothing any more.
            NextStep: something is still asked; see `continue_sign_in`.
        """
        self.others_session = identity.session_id
        return self._entered(await self.run(lambda: self._take_over(identity)))

    def _take_over(self, identity: Identity) -> Visit:
        from app.operations.signin import take_over

        assert self.store is not None
        assert self.content is not None
        return take_over(self.store, self.clock, self.content, self.settings, identity)

    def _entered(self, visit: Visit) -> Visit:
        self.visit = visit
        self.person_at = self._written_at = self.clock.now()
        return visit

    @staticmethod
    def _continue(pending: Pending, code: Secret) -> Visit:
        from app.operations.signin import continue_sign_in

        return continue_sign_in(pending, code)

    async def as_account(self, account_id: int) -> Visit:
        """The visit for another account of the same login."""
        return await self.run(lambda: self._as_account(account_id))

    def _as_account(self, account_id: int) -> Visit:
        from app.operations.signin import as_account

        assert self.visit is not None
        return as_account(self.visit, account_id)

    async def end_visit(self, by: str = "sign_out") -> None:
        """Sign out; the audit row is written before the screen forgets.

        Args:
            by: sign_out, idle or too_old.
        """
        if self.visit is not None:
            await self.run(lambda: self._sign_out(by))

    def _sign_out(self, by: str = "sign_out") -> None:
        from app.operations.signin import sign_out

        if self.visit is None:  # somebody was quicker
            return
        self._end_help()
        sign_out(self.visit, by)
        self.visit = None  # here: what waits behind this must find nobody, rather than be refused

    def _end_help(self) -> None:
        """Who leaves helps nobody any more."""
        from app.operations.core import OperationError

        if self.visit is not None and self.visit.assistance is not None:
            with suppress(OperationError):  # it was over already
                self._do("assistance.end", {})
            self.visit = self.visit.as_no_account()

    async def do(self, name: str, /, **arguments: Any) -> Any:
        """Perform an operation for the visit; a sensitive one may ask for the password first.

        Raises:
            OperationError: with a text for the person.
        """
        self.busy += 1
        try:
            answer = await self._ask(name, arguments)
        finally:
            self.busy -= 1
        self.done(name)
        return answer

    def done(self, name: str) -> None:
        """An operation succeeded: tell who waits for that."""
        if self.on_done is not None:
            self.on_done(name)

    async def _ask(self, name: str, arguments: dict[str, Any]) -> Any:
        """Perform an operation; a sensitive one may ask for the password, one that finds the end says so."""
        from app.operations.core.errors import HelpEnded, PasswordNeeded, SignedOut

        try:
            return await self.run(lambda: self._do(name, arguments))
        except HelpEnded:
            if self.on_help_ended is not None:
                self.on_help_ended()
            raise
        except SignedOut as over:
            if self.on_signed_out is not None and self.visit is not None:
                self.on_signed_out(over.message)
            raise
        except PasswordNeeded:
            if self.ask_password is None or not await self.ask_password():
                raise
        return await self.run(lambda: self._do(name, arguments))

    def _do(self, name: str, arguments: dict[str, Any]) -> Any:
        from app.operations.core import SignedOut, perform

        if self.visit is None:  # it ended while this waited
            raise SignedOut(_("This session was ended. Sign in again to go on."))
        return perform(self.visit, name, **arguments)

    def seen(self) -> None:
        """The person did something: the session goes on. Never called for what runs by itself."""
        if self.before_person is not None:
            self.before_person()
        self.person_at = self.clock.now()
        if self.visit is not None and self.person_at - self._written_at >= SEEN_SECONDS:
            self._written_at = self.person_at
            self._thread.submit(self._write_seen, self.visit)

    @staticmethod
    def _write_seen(visit: Visit) -> None:
        from app.operations.core import sessions

        sessions.seen(visit)

    async def listen(self) -> int:
        """Hear of what is committed from now on, here or elsewhere, unless that is done already.

        Returns:
            the file descriptor that becomes readable then; -1 where `heard` has to be asked.

        Raises:
            Unavailable: the database cannot be used now.
        """
        if self._listener is None:
            await self.opened()
            assert self.store is not None
            self._listener = await self.run(self.store.listen)
        return self._listener.fileno()

    def heard(self) -> bool:
        """Whether anything was committed since the last call; never waits.

        Raises:
            Unavailable: the database is gone; listen again.
        """
        listener = self._listener
        return listener is not None and _with_cure(listener.heard)

    def stop_listening(self) -> None:
        """Hear nothing any more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def later(self, function: Callable[[], object]) -> None:
        """Run something in the session's thread and wait for nothing; after the end it is not run."""
        with suppress(RuntimeError):
            self._thread.submit(function)

    def warm(self) -> None:
        """Load what editing needs while a person fills in a form."""
        self._thread.submit(importlib.import_module, "app.models")

    def close(self) -> None:
        """End the thread; what it is doing is finished first."""
        self.stop_listening()
        if self.store is not None:
            if self.visit is not None and self.visit.session_id not in ("", self.others_session):
                self._thread.submit(self._sign_out)
            self._thread.submit(self._end_help)
            self._thread.submit(self._keep_head)
            self._thread.submit(self.store.close)
        self._thread.shutdown(wait=True)

    def _keep_head(self) -> None:
        """What this session wrote is sealed outside the database too."""
        from app.operations.core.audit_heads import keep_head
        from app.store import StoreError
        from app.vault import Vault

        if self.store is not None and self.store.wrote:
            with suppress(StoreError):  # the worker tries again within a minute, and tells why not
                keys = Vault(self.settings.keys)
                keep_head(self.store, self.clock.now(), self.settings.audit_heads, keys)


def _with_cure(function: Callable[[], T]) -> T:
    from app.operations.core.errors import Unavailable
    from app.store import StoreError

    try:
        return function()
    except StoreError as error:
        raise Unavailable(str(error)) from error
