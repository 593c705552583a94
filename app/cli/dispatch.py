"""From words on a command line to an operation and its answer."""

from __future__ import annotations

import difflib
import importlib
import inspect
import sys
import textwrap
from typing import TYPE_CHECKING, Any, Final

from app.cli import shapes
from app.cli.failures import WrongUsage
from app.cli.host import Host
from app.clock import Clock
from app.i18n import _, lend_catalogues, set_language
from app.settings import Settings

if TYPE_CHECKING:
    from app.operations.core import Visit

DOORS: Final[dict[str, tuple[str, str]]] = {
    "kiosk": ("app.kiosk.command", "run_kiosk"),
    "serve": ("app.serving.command", "run_serve"),
    "web": ("app.serving.web.command", "run_web"),
    "units": ("app.serving.units.command", "run_units"),
}
"""Commands of the floor above, by name: module and function `(argv, clock) -> exit code`."""


def dispatch(argv: list[str], clock: Clock | None, host: Host) -> int:
    """Do one command; the exit code. Errors are raised. Help is in the language of the machine."""
    set_language(host.language())
    lend_catalogues()
    host.check(argv[:2])
    if argv and argv[0] == "help":
        from app.cli.task_help import run_help

        return run_help(argv[1:], clock, host)
    if not argv or argv[0] in ("-h", "--help"):
        from app.cli.listing import help_lines

        print("\n".join(help_lines(host)))
        return 0
    if argv[0] in ("--version", "-V", "version"):
        return _version()
    if argv[0] == "operations":
        return _operations(argv[1:], host)
    if argv[0] == "worker":
        from app.cli.worker import run_worker

        return run_worker(argv[1:], host.settings(), clock)
    if argv[0] == "plain":
        from app.cli.plain.command import run_command

        return run_command(argv[1:], clock)
    if argv[0] == "tour":
        from app.cli.tour import run_tour

        return run_tour(argv[1:], clock)
    if argv[0] in DOORS:
        module, function = DOORS[argv[0]]
        code: int = getattr(importlib.import_module(module), function)(argv[1:], clock)
        return code
    return _operation(argv, clock, host)


def _version() -> int:
    from importlib.metadata import version

    print(f"loket {version('loket')}")
    return 0


def _operations(argv: list[str], host: Host) -> int:
    from app.cli.listing import operations_list
    from app.cli.output import show
    from app.cli.parser import parser_of
    from app.content import load_content

    given = parser_of("loket operations", _("List every operation."), []).parse_args(argv)
    found = operations_list(load_content(host.settings().content))
    show(found, "json" if given.json else "text", "UTC")
    return 0


def _operation(argv: list[str], clock: Clock | None, host: Host) -> int:
    from app.cli.listing import of_subject, subject_lines

    subject = argv[0]
    if not of_subject(subject):
        raise WrongUsage(_unknown(subject, host))
    known = {each.name: each for each in of_subject(subject)}
    usual = shapes.usual(known.values())
    if argv[1:2] in (["-h"], ["--help"]) or (usual is None and len(argv) == 1):
        print("\n".join(subject_lines(subject)))
        return 0 if len(argv) > 1 else 2
    if usual is not None and (len(argv) == 1 or argv[1].startswith("-")):
        host.check(usual.name.split("."))
        return _run(usual, argv[1:], clock, host)
    name = shapes.operation_name(subject, argv[1])
    if name not in known:
        listed = "\n".join(subject_lines(subject))
        text = _("There is no command '{command}'. There are:")
        raise WrongUsage(text.format(command=f"loket {subject} {argv[1]}") + "\n" + listed)
    return _run(known[name], argv[2:], clock, host)


def _run(operation: Any, argv: list[str], clock: Clock | None, host: Host) -> int:
    from app.cli.listing import description
    from app.cli.output import show, write
    from app.cli.parameters import parameters
    from app.cli.parser import parser_of
    from app.cli.secret_input import ask
    from app.i18n import use_language

    said = parameters(operation.function, shapes.SPELLINGS.get(operation.name, {}))
    parser = parser_of(shapes.command_of(operation.name), description(operation), said)
    parser.add_argument("--csv", action="store_true", help=_("answer as CSV"))
    given = parser.read(argv)
    typed = ask(operation.name, [each for each in said if each.kind == "secret"])
    form = "json" if given["json"] else "csv" if given["csv"] else "text"
    settings = host.settings()
    visit = host.visit(settings, given["login"], given["account"], clock, _database(operation.name))
    arguments = {each.name: given[each.name] for each in said if each.name in given} | typed
    try:
        with use_language(visit.language):
            _find_line(operation, parser, visit, arguments)
            pieces = host.pieces(visit, operation, arguments)
            if pieces is not None:
                for piece in pieces:
                    write(piece)
                return 0
            answer = _perform(operation, visit, settings, arguments, quiet=form != "text")
            show(answer, form, visit.zone)
    finally:
        host.leave(visit, settings)
    return shapes.exit_code(answer)


def _find_line(operation: Any, parser: Any, visit: Visit, arguments: dict[str, Any]) -> None:
    """A line by its number or id; who has one of their own means that one."""
    from app.operations.core.registry import allow
    from app.operations.core.scope import own_line

    asked = inspect.signature(operation.function).parameters.get("line_id")
    if "line_id" in arguments:
        # Who may not do it is told so, whichever line is named.
        allow(visit, operation.name, operation.right)
        arguments["line_id"] = _line(visit, str(arguments["line_id"]), operation.right)
    elif asked is not None and asked.default is asked.empty:
        own = own_line(visit) if visit.own_line_id is not None else None
        if own is None:
            parser.not_given_once()
        arguments["line_id"] = own


def _perform(
    operation: Any, visit: Any, settings: Settings, arguments: dict[str, Any], *, quiet: bool
) -> Any:
    from app.cli.progress import bar

    hooks = inspect.signature(operation.function).parameters.keys() & set(shapes.HOOKS)
    if not hooks:
        return _sensitive(operation, visit, arguments)
    if "each_day" in hooks:
        from app.worker import run_once

        # Messages of the demo are delivered on the day on which they were written.
        arguments["each_day"] = lambda clock: run_once(visit.store, visit.content, clock, settings)
    with bar(quiet=quiet or not sys.stderr.isatty()) as tell:
        return operation.function(visit, **arguments, progress=tell)


def _sensitive(operation: Any, visit: Any, arguments: dict[str, Any]) -> Any:
    """Do it; what asks for the password again gets it from the terminal, where there is one."""
    from app.cli.secret_input import password_again
    from app.operations.core import PasswordNeeded, perform

    try:
        return operation.function(visit, **arguments)
    except PasswordNeeded:
        password = password_again()
        if password is None:
            raise
    perform(visit, "sessions.confirm", password=password)
    return operation.function(visit, **arguments)


def _database(name: str) -> str:
    if name in shapes.MAKES_DATABASE:
        return "made"
    return "unused" if {name, name.split(".")[0]} & {*shapes.WITHOUT_DATABASE} else "needed"


def _line(visit: Any, text: str, right: str) -> int:
    """A line by its id, or by its number as people write it."""
    from app.operations.core.scope import line_by_number

    bare = "".join(text.split())
    if bare.isascii() and bare.isdigit() and len(bare) <= 7:
        return int(bare)
    return line_by_number(visit, text.strip(), right)


def _unknown(word: str, host: Host) -> str:
    from app.cli.listing import subjects

    close = difflib.get_close_matches(word.replace("-", "_"), subjects(), n=1)
    said = [_("There is no command '{command}'.").format(command=f"loket {word}")]
    if close:
        meant = f"loket {close[0].replace('_', '-')}"
        said.append(_("Did you mean '{command}'?").format(command=meant))
    every = " ".join(name.replace("_", "-") for name in subjects() if host.offers([name]))
    return "\n".join(
        [
            " ".join([*said, _("'loket --help' lists them all.")]),
            *textwrap.wrap(every, 90, break_on_hyphens=False),
        ]
    )
