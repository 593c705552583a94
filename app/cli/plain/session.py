"""One person's session, line by line: who is signed in, and the one way to operations."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.clock import Clock, SystemClock
from app.content import Content
from app.i18n import language, set_language
from app.operations.core import OperationError, Visit, perform, sessions
from app.operations.core.errors import HelpEnded, PasswordNeeded, SignedOut, Unavailable
from app.operations.core.next_step import Pending
from app.secret import Secret
from app.settings import Settings
from app.store import Store, StoreError
from app.vault import Vault

if TYPE_CHECKING:
    from app.operations.core.visit import Assistance


class Session:
    """Signs in and out, performs operations. `visit` is None until somebody has signed in."""

    def __init__(self, settings: Settings, content: Content, store: Store, clock: Clock | None) -> None:
        self.settings, self.content, self.store = settings, content, store
        self.clock = clock or SystemClock()
        self.visit: Visit | None = None
        self.person_at = self.clock.now()
        """When the person last typed a line, by the session's clock."""
        self.ask_password: Callable[[], Secret | None] = lambda: None
        """Asks for the password again; None: the person does not want to."""

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        return self.content.operator.time_zone

    def sign_in(self, who: str, password: Secret) -> None:
        """Sign in and remember the visit.

        Raises:
            Refused: the text never says which part was wrong.
            NextStep: the password was right, something more is asked.
        """
        from app.operations.signin import sign_in

        self._entered(
            sign_in(
                self.store,
                self.clock,
                self.content,
                self.settings,
                who,
                password.reveal(),
                channel="terminal",
                address=self.settings.address,
                language=language(),
            )
        )

    def continue_sign_in(self, pending: Pending, code: Secret) -> None:
        """Answer what `NextStep` asked for; see app.operations.signin."""
        from app.operations.signin import continue_sign_in

        self._entered(continue_sign_in(pending, code))

    def _entered(self, visit: Visit) -> None:
        self.visit = visit
        set_language(visit.language)

    def as_account(self, account_id: int) -> None:
        """Go on for another customer of the same login."""
        from app.operations.signin import as_account

        assert self.visit is not None
        self.visit = as_account(self.visit, account_id)

    def as_service(self, group_id: int | None, name: str) -> None:
        """Look at one service of the account, or at all of them."""
        assert self.visit is not None
        self.visit = self.visit.as_service(group_id, name)

    def as_assisting(self, assistance: Assistance, customer: str, service: str) -> None:
        """Work for a customer whose caller was verified."""
        assert self.visit is not None
        self.visit = self.visit.as_assisting(assistance, customer, service)

    def leave_customer(self) -> None:
        """The help is over."""
        if self.visit is not None:
            self.visit = self.visit.as_no_account()

    def do(self, name: str, /, **arguments: Any) -> Any:
        """Perform an operation; a sensitive one may ask for the password first.

        Raises:
            OperationError: with a text for the person. SignedOut and HelpEnded have taken effect already.
        """
        try:
            return self._do(name, arguments)
        except PasswordNeeded:
            typed = self.ask_password()
            if typed is None:
                raise
            self._do("sessions.confirm", {"password": typed})
        return self._do(name, arguments)

    def _do(self, name: str, arguments: dict[str, Any]) -> Any:
        try:
            return perform(self.visit or self.visitor(), name, **arguments)
        except HelpEnded:
            self.leave_customer()
            raise
        except SignedOut:
            self.visit = None
            raise
        except StoreError as error:
            raise Unavailable(str(error)) from error

    def visitor(self) -> Visit:
        """Nobody yet, at this terminal."""
        return Visit(
            self.store,
            self.clock,
            self.content,
            language=language(),
            channel="terminal",
            address=self.settings.address,
            vault=Vault(self.settings.keys),
            audit_heads=self.settings.audit_heads,
        )

    def seen(self) -> None:
        """The person typed a line: the session goes on."""
        self.person_at = self.clock.now()
        if self.visit is not None:
            with suppress(StoreError):
                sessions.seen(self.visit)

    def seconds_left(self) -> int | None:
        """How long the session lasts if nothing is typed; None: there is none, or it cannot be read now."""
        limits = self._limits()
        if limits is None:
            return None
        return min(self.person_at + limits.idle_seconds, limits.ends_at) - self.clock.now()

    def is_idle(self) -> bool:
        """Whether it is the person's doing nothing that ends the session, not its age."""
        limits = self._limits()
        return limits is None or self.clock.now() < limits.ends_at

    def _limits(self) -> sessions.Limits | None:
        try:
            return sessions.limits(self.visit) if self.visit is not None else None
        except StoreError:  # the next act says it
            return None

    def sign_out(self, by: str = "sign_out") -> None:
        """End the session; who leaves helps nobody any more.

        Args:
            by: sign_out, idle or too_old.
        """
        from app.operations.signin import sign_out

        if self.visit is not None and self.visit.assistance is not None:
            with suppress(OperationError):  # it was over already
                self._do("assistance.end", {})
            self.leave_customer()
        if self.visit is not None:
            sign_out(self.visit, by)
        self.visit = None

    def close(self) -> None:
        """Sign out, and seal what was written outside the database too."""
        from app.operations.core.audit_heads import keep_head

        try:
            # Where the database is gone, the session ends by its age; the worker tries again with the head.
            with suppress(StoreError):
                self.sign_out()
            with suppress(StoreError):
                if self.store.wrote:
                    keep_head(
                        self.store, self.clock.now(), self.settings.audit_heads, Vault(self.settings.keys)
                    )
        finally:
            self.store.close()
