"""What the top folder holds: the one list to which a new kind of document is added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from app.operations.core import Visit, perform
from app.operations.signin import as_account
from app.serving.files.documents import Documents
from app.serving.files.exports import Exports
from app.serving.files.invoices import Invoices
from app.serving.files.node import Folder, Node
from app.serving.files.usage import Usage

FOLDERS: Final[dict[str, Callable[[Visit], Folder]]] = {
    "documents": Documents,
    "exports": Exports,
    "invoices": Invoices,
    "usage": Usage,
}


class Top(Folder):
    """The top folder of one customer; who acts for several finds the others under `accounts`."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        if self.others():
            yield "accounts", Accounts(self.visit)
        for name, make in FOLDERS.items():
            yield name, make(self.visit)

    def others(self) -> list[tuple[str, int]]:
        """Number and id of the person's other customers."""
        found = perform(self.visit, "signin.accounts")
        return [(each.number, each.id) for each in found if each.id != self.visit.account_id]


class Accounts(Top):
    """The person's other customers, each a top folder of its own."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        for number, account_id in self.others():
            yield number, Account(self.visit, account_id)


class Account(Top):
    """One of them; the visit goes over to it when somebody looks inside."""

    def __init__(self, visit: Visit, account_id: int) -> None:
        super().__init__(visit)
        self.account_id = account_id
        self._there: Visit | None = None

    def entries(self) -> Iterator[tuple[str, Node]]:
        # Asked once for each walk, as it may be refused by the list of addresses, and is written down then.
        self._there = self._there or as_account(self.visit, self.account_id)
        for name, make in FOLDERS.items():
            yield name, make(self._there)
