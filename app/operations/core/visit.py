"""Who is asking: one signed-in person, for one account, over one channel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.clock import Clock
from app.content import Content
from app.store import Row, Store, Transaction

if TYPE_CHECKING:
    from sqlmodel import Session

STAFF = ("agent", "supervisor", "system")


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
    language: str = "en"
    channel: str = "command"
    address: str = ""
    tx: Transaction | None = field(default=None, repr=False)
    touched: list[str] = field(default_factory=list, repr=False)
    """What the running operation changed, for its audit row: `line:5`."""
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

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """Read; inside a change it sees what the change has done so far."""
        return self.tx.rows(sql, **values) if self.tx else self.store.rows(sql, **values)

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or None."""
        return self.tx.row(sql, **values) if self.tx else self.store.row(sql, **values)

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

            self._session = open_session(self.change.connection)
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
        """The same visitor looking at one group subscription of the account, or at all of them."""
        return replace(self, group_id=group_id, group_name=group_name, touched=[])

    def as_no_account(self) -> Visit:
        """Staff who closed the account they were looking at."""
        return replace(self, account_id=None, account_name="", group_id=None, group_name="", touched=[])

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction for everything inside, entities included; nested use joins the outer one."""
        if self.tx is not None:
            yield self.tx
            return
        self.touched = []
        try:
            with self.store.transaction() as tx:
                self.tx = tx
                yield tx
                if self._session is not None:
                    self._session.flush()
        finally:
            if self._session is not None:
                self._session.close()
            self.tx = self._session = None
