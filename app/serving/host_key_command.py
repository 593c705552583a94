"""`loket serve hostkey show` and `rotate`."""

from __future__ import annotations

from app.cli.failures import WrongUsage
from app.cli.parser import Parser
from app.i18n import _
from app.serving.host_keys import HostKeyError, host_keys, rotate
from app.settings import Settings


def run_host_key(argv: list[str], settings: Settings) -> int:
    """Show the key, or do the next step of a change; the exit code.

    Raises:
        WrongUsage: unknown words, or a key that cannot be used.
    """
    parser = Parser(prog="loket serve hostkey", description=_("The server's own key."), allow_abbrev=False)
    parser.add_argument("verb", choices=["show", "rotate"])
    given = parser.parse_args(argv)
    try:
        if given.verb == "rotate":
            print(_told(rotate(settings.home)))
        for number, key in enumerate(host_keys(settings.home)):
            public = key.export_public_key("openssh").decode().split(" ")
            print(_("in use:") if number == 0 else _("announced:"))
            print(f"  {key.get_fingerprint()}\n  {public[0]} {public[1].strip()}")
    except HostKeyError as error:
        raise WrongUsage(str(error)) from error
    return 0


def _told(step: str) -> str:
    if step == "announced":
        return _(
            "A new key was made. From the next start on it is announced, so that clients learn it. "
            "Rotate again after some weeks: then it takes over."
        )
    return _("The announced key takes over at the next start. Clients that never learned it will warn.")
