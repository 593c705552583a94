"""Commands that are written differently from the operation behind them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.operations.core.registry import Operation

VERBS: Final[dict[str, str]] = {"usage.import": "usage.import_file"}
"""Command to operation where Python keeps the word for itself."""

SPELLINGS: Final[dict[str, dict[str, str]]] = {
    "sms.receive": {"sender": "from", "text": "text"},
}
"""Options by operation and parameter."""

WITHOUT_DATABASE: Final = ("rate", "content", "database.backup", "database.restore", "database.drill")
"""Subjects that read no customer's data: they work before there is a database. And what takes a database as
it is: it must not be brought up to date before it was copied."""

MAKES_DATABASE: Final = ("demo.create", "database.create")

TYPED_TWICE: Final = ("staff.add.password", "password.change.new", "recovery.redeem.password")
"""New passwords: on a terminal nobody sees a slip of the finger."""

USUAL: Final = ("overview", "by_line", "page", "get", "state", "sheet", "groups", "contact")
"""What a subject alone means: the first of these reads that needs nothing to be named."""

HOOKS: Final = ("progress", "each_day")
"""Parameters that only programs can give."""


def operation_name(subject: str, verb: str) -> str:
    """The operation that `loket <subject> <verb>` means."""
    name = f"{subject}.{verb}".replace("-", "_")
    return VERBS.get(name, name)


def command_of(name: str) -> str:
    """How an operation is called from a shell."""
    words = next((command for command, operation in VERBS.items() if operation == name), name)
    return "loket " + words.replace(".", " ").replace("_", "-")


def usual(operations: Iterable[Operation]) -> Operation | None:
    """What a subject alone means: `loket usage` is `loket usage by-line`."""
    known = {each.name.partition(".")[2]: each for each in operations if not each.changes}
    found = [known[verb] for verb in USUAL if verb in known and not _needed(known[verb])]
    return found[0] if found else None


def _needed(operation: Operation) -> list[str]:
    signature = list(inspect.signature(operation.function).parameters.values())[1:]
    return [each.name for each in signature if each.default is each.empty]


def exit_code(answer: object) -> int:
    """1 for an answer that is a report of something wrong, else 0."""
    return 1 if getattr(answer, "sound", True) is False or getattr(answer, "bad_seq", None) is not None else 0
