"""`loket kiosk`: the portal as the only thing on this terminal."""

from __future__ import annotations

import sys

from app.cli.failures import WrongUsage
from app.cli.parser import parser_of
from app.clock import Clock
from app.i18n import _
from app.kiosk.codes import RESTART


def run_kiosk(argv: list[str], clock: Clock | None) -> int:
    """Serve visitors until a supervisor leaves the kiosk; the exit code."""
    parser = parser_of("loket kiosk", _("The portal as the only thing on this terminal, for a shop."), [])
    parser.add_argument(
        "--address",
        default="",
        help=_("the address that customers' lists of addresses know this terminal by; default: none"),
    )
    given = parser.parse_args(argv)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUsage(_("A kiosk needs a terminal of its own: start it there, or by its systemd unit."))
    from app.kiosk.keeper import Keeper, start_anew
    from app.kiosk.wipe import Terminal

    command = [sys.executable, "-I", "-m", "app.kiosk", *address(given.address)]
    code = Keeper(command, Terminal()).keep()
    return start_anew() if code == RESTART else code


def address(said: str) -> list[str]:
    """The argument for a visitor's process.

    Raises:
        WrongUsage: it is no address.
    """
    from app.operations.core.allowed import parsed

    if said and parsed(said) is None:
        raise WrongUsage(_("'{text}' is no address.").format(text=said))
    return [f"--address={said}"] if said else []
