"""`loket serve`: the portal over SSH. `loket serve hostkey show|rotate`: the server's own key."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import logging
from pathlib import Path

from app.cli.failures import WrongUsage
from app.cli.parser import Parser
from app.clock import Clock
from app.content import load_content
from app.i18n import _
from app.log import keep_log
from app.serving.handover import OPTION, Inheritance, leave_parent
from app.serving.metrics import place_of
from app.serving.options import Limits, Options
from app.serving.proxy import networks
from app.settings import Settings, read_settings


def run_serve(argv: list[str], clock: Clock | None) -> int:
    """Serve, or do one thing with the host key; the exit code.

    Raises:
        WrongUsage: an argument cannot be used, or asyncssh is not installed.
    """
    if importlib.util.find_spec("asyncssh") is None:
        raise WrongUsage(_("This needs asyncssh. Install it with: pip install 'loket[serve]'"))
    settings = read_settings()
    if argv[:1] == ["hostkey"]:
        from app.serving.host_key_command import run_host_key

        return run_host_key(argv[1:], settings)
    return serve(options_of(argv), settings, clock)


def serve(options: Options, settings: Settings, clock: Clock | None) -> int:
    """Serve until a signal ends it; the exit code."""
    from app.serving.host_keys import HostKeyError
    from app.serving.running import run
    from app.serving.zygote_client import NoZygote

    if options.inherited is not None:
        leave_parent()
    content = load_content(settings.content)
    keep_log(settings.home)
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL)  # the journal tells what matters
    try:
        return asyncio.run(run(options, settings, content, clock, tell))
    except HostKeyError as error:
        raise WrongUsage(str(error)) from error
    except NoZygote as error:
        raise WrongUsage(_("Sessions cannot be made; what is above says why.")) from error
    except OSError as error:
        if error.filename is not None:
            raise
        text = _("The port {port} cannot be used: {reason}.").format(port=options.port, reason=error.strerror)
        raise WrongUsage(text) from error


def tell(line: str) -> None:
    """One line for who started it."""
    print(line, flush=True)


def options_of(argv: list[str]) -> Options:
    """The options from the command line.

    Raises:
        WrongUsage: they do not fit.
    """
    given = _parser().parse_args(argv)
    try:
        balancers = networks(given.balancers)
        inherited = Inheritance.parsed(given.inherit) if given.inherit else None
        place_of(given.metrics or "off")
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    defaults = Limits()
    limits = Limits(
        sessions=given.sessions,
        idle=given.idle * 60 if given.idle is not None else defaults.idle,
        longest=given.longest * 60 if given.longest is not None else defaults.longest,
    )
    return Options(
        host=given.host,
        port=given.port,
        names=tuple(given.name or ("portal",)),
        pool=given.pool,
        balancers=balancers,
        metrics=given.metrics,
        banner=given.banner,
        drain=given.drain,
        inherited=inherited,
        limits=limits,
    )


def _parser() -> Parser:
    defaults = Options()
    parser = Parser(
        prog="loket serve",
        description=_("Open the portal to people with an SSH client, without an account on this machine."),
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--host", default="", metavar="ADDRESS", help=_("where to listen; default: every address"))
    add("--port", type=int, default=defaults.port, help=_("default: {n}").format(n=defaults.port))
    add(
        "--name",
        action="append",
        metavar="NAME",
        help=_("a user name that opens the portal's own sign-in; default: portal"),
    )
    add(
        "--pool",
        type=int,
        default=defaults.pool,
        metavar="N",
        help=_("screens painted before they are asked for"),
    )
    add("--sessions", type=int, default=defaults.limits.sessions, metavar="N", help=_("sessions at most"))
    add(
        "--idle",
        type=float,
        metavar="MINUTES",
        help=_("end a connection without a key after this; default: 20"),
    )
    add("--longest", type=float, metavar="MINUTES", help=_("end any connection after this; default: 720"))
    add(
        "--drain",
        type=int,
        default=defaults.drain,
        metavar="SECONDS",
        help=_("time for people when it is stopped"),
    )
    add(
        "--balancers", default="", metavar="NETWORKS", help=_("load balancers whose PROXY header is believed")
    )
    add("--metrics", default="", metavar="PLACE", help=_("figures for monitoring: a file, or 127.0.0.1:PORT"))
    add("--banner", type=Path, metavar="FILE", help=_("a text that everybody sees before the sign-in"))
    add(OPTION, dest="inherit", default="", help=argparse.SUPPRESS)
    return parser
