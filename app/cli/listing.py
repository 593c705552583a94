"""What there is: all commands, the commands of one subject, and the list for scripts."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

from app.cli.shapes import command_of
from app.content import Content
from app.i18n import _, mark
from app.operations.core.registry import Operation, every

if TYPE_CHECKING:
    from app.cli.host import Host

OTHERS = (
    ("loket", mark("open the portal")),
    ("loket plain", mark("the portal line by line: for screen readers, braille and slow lines")),
    ("loket operations", mark("every operation: name, right, roles, whether it costs, command")),
    ("loket help [TASK]", mark("tasks of the portal step by step, in plain lines")),
    ("loket tour lint", mark("check the tours; 'loket tour --help' lists what else their authors have")),
    (
        "loket serve",
        mark("open the portal to people with an SSH client; 'loket serve --help' lists the choices"),
    ),
    ("loket web [--kiosk]", mark("open the portal, or a kiosk, to people with a browser")),
    ("loket kiosk", mark("the portal as the only thing on this terminal, for a shop")),
    ("loket units install --to DIR", mark("systemd units, service account and folders for this machine")),
    ("loket worker [--once]", mark("deliver messages and do what is due, for good or once")),
    ("loket --version", mark("the version")),
)


def operations_list(content: Content) -> list[dict[str, Any]]:
    """Every operation as {name, right, roles, costs, command}."""
    return [
        {
            "name": each.name,
            "right": each.right,
            "roles": list(content.matrix.roles(each.right)),
            "costs": each.costs,
            "command": command_of(each.name),
        }
        for each in every()
    ]


def help_lines(host: Host) -> list[str]:
    """What `loket --help` says, where it is typed."""
    rows = [
        *((command, _(says)) for command, says in OTHERS),
        *((command_of(each.name), _(each.summary)) for each in every()),
    ]
    rows = [row for row in rows if host.offers(row[0].split()[1:3])]
    return [
        _("A customer portal in a terminal. Every command has --help and --json."),
        "",
        *_aligned(rows),
        "",
        *(_of_the_machine() if host.is_the_machine else ()),
        _("Exit codes: 0 done, 2 wrong input, 3 refused, 4 not found, 5 changed by somebody else,"),
        _("6 unavailable now, 1 anything else."),
    ]


def _of_the_machine() -> list[str]:
    return [
        _("LOKET_HOME: the folder of database and spools.  LOKET_DATABASE_URL: another database."),
        _("LOKET_TOKEN_FILE: a file with the token to act with; without it a command acts for the operator."),
        _("LOKET_CONTENT: the operator's folder."),
    ]


def subject_lines(subject: str) -> list[str]:
    """What `loket <subject> --help` says; empty if there is no such subject."""
    return _aligned([(command_of(each.name), _(each.summary)) for each in of_subject(subject)])


def of_subject(subject: str) -> list[Operation]:
    """The operations of one subject; loads only its module."""
    from app.operations.core import registry

    name = f"app.operations.{subject.replace('-', '_')}"
    if not subject.replace("-", "_").isidentifier() or importlib.util.find_spec(name) is None:
        return []
    importlib.import_module(name)
    start = subject.replace("-", "_") + "."
    return [each for key, each in sorted(registry.registered().items()) if key.startswith(start)]


def subjects() -> list[str]:
    """The first words of commands, without loading them."""
    package = importlib.import_module("app.operations")
    names = [module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg]
    return [*names, "help", "operations", "plain", "serve", "tour", "units", "worker"]


def description(each: Operation) -> str:
    """What an operation says of itself, without the list of arguments."""
    doc = inspect.getdoc(each.function) or ""
    said = doc.split("\nArgs:")[0].split("\nRaises:")[0].strip()
    return _(each.summary) + said.removeprefix(each.summary)


def _aligned(rows: list[tuple[str, str]]) -> list[str]:
    longest = max((len(command) for command, _text in rows), default=0)
    return [f"{command.ljust(longest)}  {text}" for command, text in rows]
