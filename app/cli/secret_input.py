"""Passwords and codes for commands: typed on the terminal unseen, or one line each of the standard input.

Never an argument, which every user of the machine can read, and never a variable of the environment.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence

from app.cli import shapes
from app.cli.failures import WrongUsage
from app.cli.parameters import Parameter
from app.i18n import _
from app.secret import Secret


def ask(operation: str, wanted: Sequence[Parameter]) -> dict[str, Secret]:
    """The secrets of an operation by name, in the order of its signature.

    One that may be left out is asked on a terminal only; an empty answer leaves it out.

    Raises:
        WrongUsage: one is missing, or was typed differently the second time.
    """
    found = {}
    for parameter in wanted:
        twice = f"{operation}.{parameter.name}" in shapes.TYPED_TWICE
        typed = _typed(parameter, twice=twice) if sys.stdin.isatty() else _read(parameter)
        if typed:
            found[parameter.name] = Secret(typed)
        elif parameter.required:
            raise WrongUsage(
                _("{name} is missing: type it, or give it as a line of input.").format(name=parameter.option)
            )
    return found


def password_again() -> Secret | None:
    """The person's own password for a sensitive change; None where nobody can type it unseen."""
    return Secret(getpass.getpass(_("Your password: "))) if sys.stdin.isatty() else None


def help_text(wanted: Sequence[Parameter]) -> str:
    """What the help of a command says of its secrets; empty without any."""
    if not wanted:
        return ""
    lines = [_("asked on the terminal, or read from the standard input, one line each in this order:")]
    longest = max(len(each.option) for each in wanted)
    lines += [f"  {each.option.ljust(longest)}  {each.help}".rstrip() for each in wanted]
    return "\n".join(lines)


def _typed(parameter: Parameter, *, twice: bool) -> str:
    label = parameter.option.replace("_", " ").capitalize()
    if not parameter.required:
        label = _("{name} (Enter: none)").format(name=label)
    typed = getpass.getpass(f"{label}: ")
    if twice and typed and getpass.getpass(_("{name} again: ").format(name=label)) != typed:
        raise WrongUsage(_("The two are not the same; nothing was done."))
    return typed


def _read(parameter: Parameter) -> str:
    return sys.stdin.readline().rstrip("\r\n") if parameter.required else ""
