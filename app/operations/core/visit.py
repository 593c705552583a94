"""Who is asking: one signed-in person, for one account, over one channel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from app.clock import Clock
from app.content import Content
from app.store import Row, Store, Transaction

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from app.content.rights import Scope
    from app.vault import Vault

STAFF = ("agent", "supervisor", "system")

NEARLY_OVER: Final = 120
"""Seconds before its end from which an agent is told that the time with a caller runs out."""


@dataclass(frozen=True, slots=True)
class Assistance:
    """An agent's time with a verified caller. `caller_kind` is the caller's role: holder, admin, contact.

    group_id: the one service it is about; None for all that the caller may speak about.
    """

    id: int
    account_id: int
    caller_kind: str
    caller_name: str
    group_id: int | None
    expires_at: int


@dataclass(slots=True)
class Visit:
    """The visitor and what operations work with.

    Rights are looked up at each operation, so a role taken away counts at the next one.
    """

    store: Store
    clock: Clock
    content: Content
    login_id: int | None = None
    person: str = ""
    role: str = ""
    account_id: int | None = None
    account_name: str = ""
    own_line_id: int | None = None
    group_id: int | None = None
    """The service that was selected: a group subscription; None for all of the account's."""
    group_name: str = ""
    areas: tuple[str, ...] | None = None
    """What a person of role `sub` was given; None for everybody else."""
    assistance: Assistance | None = None
    """While an agent works for a customer whose caller was verified."""
    session_id: str = ""
    """The signed-in session; empty for commands on the host."""
    rights: tuple[str, ...] | None = None
    """What the token of a script is limited to; None without a token."""
    vault: Vault | None = field(default=None, repr=False)
    audit_heads: Path | None = field(default=None, repr=False)
    """The file that holds the heads of the audit chain; None: none is kept."""
    language: str = "en"
    channel: str = "command"
    address: str = ""
    tx: Transaction | None = field(default=None, repr=False)
    touched: list[str] = field(default_factory=list, repr=False)
    """What the running operation changed, for its audit row: `line:5`."""
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict, repr=False)
    """Fields that it changed, with the old and the new value, for the erasable part of that row."""
    _session: Session | None = field(default=None, repr=False)

    @property
    def is_staff(self) -> bool:
        """Whether the visitor works for the operator."""
        return self.role in STAFF

    @property
    def now(self) -> int:
        """Unix seconds of the injected clock."""
        return self.clock.now()

    @property
    def zone(self) -> str:
        """The operator's time zone, in which months begin and end."""
        return self.content.operator.time_zone

    def reach(self, right: str) -> Scope | None:
        """How far a right goes now: `own`, `account` or `any`; None if the visitor has not got it.

        An agent who works for a customer has no more than the agent's and the caller's rights together.
        """
        matrix = self.content.matrix
        scope = matrix.scope(self.role, right)
        if scope is None or (self.rights is not None and right not in self.rights):
            return None
        if self.areas is not None and not matrix.given(self.areas, right):
            return None
        if self.assistance is None:
            return None if scope == "assisted" else scope
        if right in matrix.forbidden:
            return None
        if scope != "assisted":
            return scope
        return "account" if matrix.scope(self.assistance.caller_kind, right) == "account" else None

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Read; inside a change it sees what the change has done so far."""
        return self.tx.rows(sql, **values) if self.tx else self.store.rows(sql, **values)

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        return self.tx.row(sql, **values) if self.tx else self.store.row(sql, **values)

    def each(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows of a read one after another; the same view of things as `rows`."""
        return self.tx.each(sql, **values) if self.tx else self.store.each(sql, **values)

    @property
    def change(self) -> Transaction:
        """The open transaction of a changing operation."""
        if self.tx is None:
            raise RuntimeError("only a changing operation has a transaction")
        return self.tx

    @property
    def session(self) -> Session:
        """Entities on the open transaction; the ORM is loaded when the first edit needs it."""
        if self._session is None:
            from app.models.session import open_session

            self._session = open_session(self.change)
        return self._session

    def touch(self, kind: str, number: object) -> None:
        """Name an object that this operation changed."""
        self.touched.append(f"{kind}:{number}")

    def as_account(self, account_id: int, account_name: str) -> Visit:
        """The same visitor looking at another account."""
        return replace(
            self, account_id=account_id, account_name=account_name, group_id=None, group_name="", touched=[]
        )

    def as_service(self, group_id: int | None, group_name: str) -> Visit:
        """The same visitor looking at one group subscription of the account, or at all of them.

        A caller who may speak about one service stays with that one.
        """
        if self.assistance is not None and self.assistance.group_id is not None:
            return replace(self, touched=[])
        return replace(self, group_id=group_id, group_name=group_name, touched=[])

    def as_assisting(self, assistance: Assistance, account_name: str, group_name: str = "") -> Visit:
        """The same agent working for a customer whose caller was verified."""
        return replace(
            self,
            account_id=assistance.account_id,
            account_name=account_name,
            group_id=assistance.group_id,
            group_name=group_name,
            assistance=assistance,
            touched=[],
        )

    def as_no_account(self) -> Visit:
        """Staff who closed the account they were looking at."""
        return replace(
            self,
            account_id=None,
            account_name="",
            group_id=None,
            group_name="",
            assistance=None,
            touched=[],
        )

    @contextmanager
    def transaction(self, *, quiet: bool = False) -> Iterator[Transaction]:
        """One transaction for everything inside, entities included; nested use joins the outer one.

        Args:
            quiet: what it changes is shown nowhere else; of an outer one it changes nothing.
        """
        if self.tx is not None:
            yield self.tx
            return
        self.touched, self.changed = [], {}
        try:
            with self.store.transaction(quiet=quiet) as tx:
                self.tx = tx
                yield tx
                if self._session is not None:
                    self._session.flush()
                    tx.changed = True
        finally:
            if self._session is not None:
                self._session.close()
            self.tx = self._session = None
