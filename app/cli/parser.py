"""A parser for one operation, made from its parameters."""

from __future__ import annotations

import argparse
import json
import re
from typing import Any, NoReturn

from app.cli.failures import WrongUsage
from app.cli.parameters import Parameter
from app.cli.secret_input import help_text
from app.i18n import _


class Parser(argparse.ArgumentParser):
    """Raises what is wrong instead of ending the process, so that it can be told as JSON too."""

    alone: Parameter | None = None
    """The parameter that may be written without its option."""

    def read(self, argv: list[str]) -> dict[str, Any]:
        """The values by name; what was not given is missing.

        Raises:
            WrongUsage: the arguments do not fit.
        """
        given = vars(self.parse_args(argv))
        if self.alone is None:
            return given
        bare, named = given.pop("alone"), given.get(self.alone.name)
        if bare is None and named is None and self.alone.kind == "line":
            return given
        if (bare is None) == (named is None):
            self.not_given_once()
        if bare is not None:
            given[self.alone.name] = bare
        return given

    def not_given_once(self) -> NoReturn:
        """Say that what may stand alone was not given once; nobody's own line is meant either.

        Raises:
            WrongUsage: always.
        """
        if self.alone is None:
            self.error(_("the following arguments are required: %s") % "--line")
        text = _("give {value} once, by itself or with {option}")
        self.error(text.format(value=_sign(self.alone), option=self.alone.option))

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message}\n{self.format_usage().strip()}")


def common(parser: argparse.ArgumentParser) -> None:
    """The options that every command has."""
    group = parser.add_argument_group(_("every command"))
    group.add_argument("--json", action="store_true", help=_("answer, and errors, as JSON"))
    group.add_argument(
        "--as", dest="login", default="", metavar="USER", help=_("act as this user; default: the operator")
    )
    group.add_argument("--account", default="", metavar="NUMBER", help=_("act for this customer"))


def parser_of(command: str, description: str, parameters: list[Parameter]) -> Parser:
    """The parser of one command."""
    parser = Parser(
        prog=command,
        description=description,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=help_text([each for each in parameters if each.kind == "secret"]).replace("%", "%%"),
    )
    for parameter in parameters:
        if parameter.kind != "secret":
            _add(parser, parameter)
    common(parser)
    return parser


def _add(parser: Parser, parameter: Parameter) -> None:
    text = parameter.help.replace("%", "%%")
    if parameter.alone and parameter.kind not in ("bool", "list"):
        _add_alone(parser, parameter, text)
        return
    settings: dict[str, Any] = {"dest": parameter.name, "help": text, "default": argparse.SUPPRESS}
    if parameter.required and parameter.kind != "line":
        settings["required"] = True
    if parameter.kind == "bool":
        settings["action"] = argparse.BooleanOptionalAction
    elif parameter.kind == "list":
        settings |= {"nargs": "*", "metavar": _sign(parameter)}
    else:
        settings |= {"type": _type(parameter), "metavar": _sign(parameter)}
    parser.add_argument(parameter.option, **settings)


def _add_alone(parser: Parser, parameter: Parameter, text: str) -> None:
    """`loket quotes accept 5` and `loket quotes accept --quote-id 5` are the same."""
    parser.alone = parameter
    settings: dict[str, Any] = {"type": _type(parameter), "metavar": _sign(parameter)}
    parser.add_argument("alone", nargs="?", help=text, **settings)
    same = _("the same as {value}").format(value=_sign(parameter))
    parser.add_argument(
        parameter.option, dest=parameter.name, help=same, default=argparse.SUPPRESS, **settings
    )


def _sign(parameter: Parameter) -> str:
    name = parameter.name.removesuffix("_id").replace("_", "-").upper()
    return {"path": "FILE", "line": "NUMBER", "month": "YYYY-MM"}.get(name.lower(), name)


def _type(parameter: Parameter) -> Any:
    return {"int": whole_number, "month": month, "json": json_value}.get(parameter.kind, str)


def whole_number(text: str) -> int:
    """A whole number, groups of three forgiven: 5_000."""
    if not re.fullmatch(r"[-+]?\d[\d_]*", text, re.ASCII):
        raise argparse.ArgumentTypeError(_("{text} is not a whole number").format(text=repr(text)))
    return int(text.replace("_", ""))


def month(text: str) -> int:
    """A month as 2026-11 or 202611."""
    match = re.fullmatch(r"(\d{4})-?(\d{2})", text, re.ASCII)
    if match is None or not 1 <= int(match[2]) <= 12:
        said = _("{text} is not a month; write it like 2026-11").format(text=repr(text))
        raise argparse.ArgumentTypeError(said)
    return int(match[1]) * 100 + int(match[2])


def json_value(text: str) -> Any:
    """Anything else, as JSON; a list becomes a tuple, as keys of pages are."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return tuple(value) if isinstance(value, list) else value
