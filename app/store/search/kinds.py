"""What can be found. A new kind is one entry of KINDS here; any later migration files what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.i18n import mark
from app.store.search.words import name_terms, number_terms

Terms = Callable[[str], Iterator[str]]
NAME: Final[Terms] = name_terms
NUMBER: Final[Terms] = number_terms


@dataclass(frozen=True, slots=True)
class Watch:
    """A table whose changes may change what objects are filed under.

    columns: those that count; objects: a query for the ids, with `{row}` for the row that changed.
    """

    table: str
    columns: tuple[str, ...]
    objects: str


@dataclass(frozen=True, slots=True)
class SearchKind:
    """One kind of thing.

    code: what the index stores for it, never changed; label: its name for people; right: who may find it;
    key, account: columns of the object's id and its customer; source: the tables they are read from;
    words: columns and how each is filed; title, detail: what a hit shows; own: a condition for the rows that
    belong to `:own_line`, empty where a person with only their own line finds none; opens: what its page is
    of, if not of itself, and the column of that; service: column of the group subscription it is of;
    watches: what changes it.
    """

    code: int
    name: str
    label: str
    right: str
    source: str
    key: str
    account: str
    words: tuple[tuple[str, Terms], ...]
    title: str
    detail: str
    watches: tuple[Watch, ...]
    own: str = ""
    opens: tuple[str, str] | None = None
    service: str = "NULL"


ACCOUNT: Final = SearchKind(
    code=1,
    name="account",
    label=mark("customer"),
    right="LIST_ACCOUNTS",
    source="account",
    key="account.id",
    account="account.id",
    words=(("account.number", NUMBER), ("account.name", NAME)),
    title="account.name",
    detail="account.number",
    watches=(Watch("account", ("number", "name"), "SELECT {row}.id"),),
)
LINE: Final = SearchKind(
    code=2,
    name="line",
    label=mark("line"),
    right="VIEW_LINES",
    source="line",
    key="line.id",
    account="line.account_id",
    words=(("line.number", NUMBER), ("line.person", NAME), ("line.department", NAME)),
    title="line.number",
    detail="line.person",
    own="line.id = :own_line",
    service="line.group_id",
    watches=(Watch("line", ("number", "person", "department", "account_id"), "SELECT {row}.id"),),
)
SIM: Final = SearchKind(
    code=3,
    name="sim",
    label=mark("SIM card"),
    right="VIEW_LINES",
    source="sim JOIN line ON line.id = sim.line_id",
    key="sim.id",
    account="line.account_id",
    words=(("sim.iccid", NUMBER),),
    title="sim.iccid",
    detail="line.number",
    own="sim.line_id = :own_line",
    opens=("line", "line.id"),
    service="line.group_id",
    watches=(
        Watch("sim", ("iccid", "line_id"), "SELECT {row}.id"),
        Watch("line", ("account_id",), "SELECT sim.id FROM sim WHERE sim.line_id = {row}.id"),
    ),
)
LOGIN: Final = SearchKind(
    code=4,
    name="login",
    label=mark("login"),
    right="VIEW_PEOPLE",
    source="login JOIN membership ON membership.login_id = login.id",
    key="login.id",
    account="membership.account_id",
    words=(("login.name", NAME), ("login.email", NAME), ("login.user_name", NAME)),
    title="login.name",
    detail="login.email",
    watches=(
        Watch("login", ("name", "email", "user_name"), "SELECT {row}.id"),
        Watch("membership", ("login_id", "account_id"), "SELECT {row}.login_id"),
    ),
)
CONTACT: Final = SearchKind(
    code=5,
    name="contact",
    label=mark("contact"),
    right="VIEW_PEOPLE",
    source="contact",
    key="contact.id",
    account="contact.account_id",
    words=(
        ("contact.name", NAME),
        ("contact.company", NAME),
        ("contact.email", NAME),
        ("contact.phone", NUMBER),
    ),
    title="contact.name",
    detail="contact.company",
    watches=(Watch("contact", ("account_id", "name", "company", "email", "phone"), "SELECT {row}.id"),),
)
INVOICE: Final = SearchKind(
    code=6,
    name="invoice",
    label=mark("invoice"),
    right="VIEW_BILLING",
    source="invoice JOIN account ON account.id = invoice.account_id",
    key="invoice.id",
    account="invoice.account_id",
    words=(("invoice.number", NUMBER), ("invoice.reference", NUMBER)),
    title="invoice.number",
    detail="account.name",
    watches=(Watch("invoice", ("number", "reference", "account_id"), "SELECT {row}.id"),),
)
KINDS: Final = (ACCOUNT, LINE, SIM, LOGIN, CONTACT, INVOICE)
"""In the order in which equal hits are listed."""
