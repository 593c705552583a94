"""`loket units show` and `loket units install`: for who sets a machine up."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.failures import WrongUsage
from app.cli.output import show
from app.cli.parser import Parser
from app.clock import Clock
from app.i18n import _, mark
from app.serving import units

USAGE = mark("The systemd units of Loket, its service account and folders, with the paths of this machine.")
NEXT = "systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload"


def run_units(argv: list[str], _clock: Clock | None) -> int:
    """Do what was asked; the exit code.

    Raises:
        WrongUsage: unknown words, or a path that cannot stand in a unit.
        OSError: a file cannot be written.
    """
    given = _parser().parse_args(argv)
    paths = units.Paths(given.loket or units.program(), given.home, given.backups)
    try:
        if given.verb == "install":
            return _install(given.to, paths, as_json=given.json)
        return _show(given.name, paths)
    except ValueError as error:
        text = _("{path} cannot stand in a unit: use a full path without spaces and special characters.")
        raise WrongUsage(text.format(path=error)) from error


def _parser() -> Parser:
    parser = Parser(prog="loket units", description=_(USAGE), allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="show|install", parser_class=Parser)
    shown = verbs.add_parser("show", help=_("write one file, or all, to the output"))
    shown.add_argument("name", nargs="?", default="", metavar="NAME")
    installed = verbs.add_parser("install", help=_("write the files; settings that are there stay"))
    installed.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help=_("the root of the system: / or a copy of it")
    )
    for verb in (shown, installed):
        verb.add_argument("--json", action="store_true", help=_("answer, and errors, as JSON"))
        verb.add_argument("--loket", type=Path, metavar="FILE", help=_("the program; default: this one"))
        verb.add_argument(
            "--home", type=Path, default=units.HOME, metavar="DIR", help=_("the folder of the service")
        )
        verb.add_argument(
            "--backups", type=Path, default=units.BACKUPS, metavar="DIR", help=_("where backups go")
        )
    return parser


def _show(name: str, paths: units.Paths) -> int:
    if name and name not in units.names():
        text = _("There is no unit {name}. There are: {names}.")
        raise WrongUsage(text.format(name=name, names=", ".join(units.names())))
    if name:
        sys.stdout.write(units.text_of(name, paths))
        return 0
    for each in units.names():
        sys.stdout.write(f"# /{units.place_of(each)}\n{units.text_of(each, paths)}\n")
    return 0


def _install(root: Path, paths: units.Paths, *, as_json: bool) -> int:
    done = units.install(root, paths)
    rows = [{"file": str(root / place), "done": what} for place, what in done.items()]
    show(rows, "json" if as_json else "text", "UTC")
    if not as_json:
        sys.stdout.write(_("Next: {command}").format(command=NEXT) + "\n")
    return 0
