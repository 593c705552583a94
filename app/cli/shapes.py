"""Commands that are written differently from the operation behind them."""

from __future__ import annotations

from typing import Final

VERBS: Final[dict[str, str]] = {"usage.import": "usage.import_file"}
"""Command to operation where Python keeps the word for itself."""

SPELLINGS: Final[dict[str, dict[str, str]]] = {
    "sms.receive": {"sender": "from", "text": "text"},
}
"""Options by operation and parameter."""

WITHOUT_DATABASE: Final = ("rate", "content")
"""Subjects that read no customer's data: they work before there is a database."""

MAKES_DATABASE: Final = ("demo.create", "database.create")

TYPED_TWICE: Final = ("staff.add.password", "password.change.new", "recovery.redeem.password")
"""New passwords: on a terminal nobody sees a slip of the finger."""

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


def exit_code(answer: object) -> int:
    """1 for an answer that is a report of something wrong, else 0."""
    return 1 if getattr(answer, "sound", True) is False or getattr(answer, "bad_seq", None) is not None else 0
