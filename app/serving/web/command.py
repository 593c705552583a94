"""`loket web`: the portal, or a kiosk, in a browser."""

from __future__ import annotations

import asyncio
import importlib.util
import signal
import ssl
from pathlib import Path

from app.cli.failures import WrongUsage
from app.cli.parser import Parser
from app.clock import Clock
from app.content import load_content
from app.i18n import _
from app.log import keep_log
from app.serving.proxy import networks
from app.serving.web.options import WebLimits, WebOptions
from app.settings import Settings, read_settings


def run_web(argv: list[str], _clock: Clock | None) -> int:
    """Serve browsers until a signal ends it; the exit code.

    Raises:
        WrongUsage: an argument cannot be used, or textual-serve is not installed.
    """
    if importlib.util.find_spec("textual_serve") is None:
        raise WrongUsage(_("This needs textual-serve. Install it with: pip install 'loket[serve]'"))
    options = options_of(argv)
    settings = read_settings()
    keep_log(settings.home)
    return asyncio.run(serve(options, settings))


async def serve(options: WebOptions, settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; the exit code, 1 if the process that makes sessions has gone.

    Raises:
        WrongUsage: the certificate cannot be used.
        OSError: the port cannot be had.
    """
    from aiohttp import web

    from app.serving.web.server import WebServer
    from app.serving.zygote_client import Zygote

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    encryption = encryption_of(options)
    lost = asyncio.Event()
    """Nothing can be served any more: whoever watches this process starts it anew."""

    def gone() -> None:
        lost.set()
        stop.set()

    zygote = Zygote(on_end=gone)
    zygote.start()
    server = WebServer(options, load_content(settings.content).operator, zygote)
    runner = web.AppRunner(await server._make_app(), access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, options.host, options.port, ssl_context=encryption).start()
        address, port = runner.addresses[0][:2]
        server.origins = options.allowed_origins(port)
        await zygote.ready.wait()
        print(f"ready {address} {port}", flush=True)
        await stop.wait()
    finally:
        await runner.cleanup()
        zygote.close()
    return int(lost.is_set())


def encryption_of(options: WebOptions) -> ssl.SSLContext | None:
    """The server's own encryption; None where it has no certificate.

    Raises:
        WrongUsage: the files cannot be used.
    """
    if options.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(options.certificate, options.key)
    except (OSError, ssl.SSLError) as error:
        raise WrongUsage(_("The certificate cannot be used: {why}").format(why=error)) from error
    return context


def options_of(argv: list[str]) -> WebOptions:
    """The options from the command line.

    Raises:
        WrongUsage: they do not fit, or would let passwords go through a network unencrypted.
    """
    given = _parser().parse_args(argv)
    try:
        balancers = networks(given.behind_proxy)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    options = WebOptions(
        host=given.host,
        port=given.port,
        kiosk=given.kiosk,
        origins=tuple(origin.rstrip("/") for origin in given.origin or ()),
        balancers=balancers,
        certificate=given.certificate,
        key=given.key,
        limits=WebLimits(
            sessions=given.sessions,
            sessions_of_address=given.sessions_of_address,
            idle=round(given.idle * 60),
        ),
    )
    if not options.is_local and options.certificate is None and not balancers:
        raise WrongUsage(
            _(
                "Others could read every password on the way. Listen on 127.0.0.1 behind a balancer that "
                "encrypts (--behind-proxy NETWORKS --origin https://…), or give a --certificate."
            )
        )
    if not options.is_local and not options.origins:
        raise WrongUsage(_("Say with --origin what people type into the browser, as https://portal.example."))
    return options


def _parser() -> Parser:
    defaults, limits = WebOptions(), WebLimits()
    parser = Parser(
        prog="loket web", description=_("Open the portal to people with a browser."), allow_abbrev=False
    )
    add = parser.add_argument
    add("--host", default=defaults.host, metavar="ADDRESS", help=_("where to listen; default: 127.0.0.1"))
    add("--port", type=int, default=defaults.port, help=_("default: {n}").format(n=defaults.port))
    add("--kiosk", action="store_true", help=_("a kiosk: one visit after another, no way out of the page"))
    add(
        "--origin",
        action="append",
        metavar="URL",
        help=_("what people type into the browser; may be repeated"),
    )
    add(
        "--behind-proxy",
        default="",
        metavar="NETWORKS",
        help=_("balancers that encrypt, and whose X-Forwarded-For is believed"),
    )
    add("--certificate", type=Path, metavar="FILE", help=_("encrypt here, with this chain (PEM)"))
    add("--key", type=Path, metavar="FILE", help=_("the key of the certificate, if it is not in that file"))
    add("--sessions", type=int, default=limits.sessions, metavar="N", help=_("sessions at most"))
    add(
        "--sessions-of-address",
        type=int,
        default=limits.sessions_of_address,
        metavar="N",
        help=_("sessions at most from one address"),
    )
    add(
        "--idle",
        type=float,
        default=limits.idle / 60,
        metavar="MINUTES",
        help=_("end a session without a key after this; default: 20"),
    )
    return parser
