"""`loket worker`: deliver messages and do what is due, until told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import show
from app.cli.parser import parser_of
from app.cli.visits import open_visit
from app.clock import Clock
from app.i18n import _, mark
from app.settings import Settings

if TYPE_CHECKING:
    from app.operations.core import Visit

TEXT = mark("Deliver what waits in the outbox and do what is due. Runs until it gets SIGTERM or SIGINT.")


def run_worker(argv: list[str], settings: Settings, clock: Clock | None) -> int:
    """Run once and say what was done, or for good; the exit code."""
    from app.operations.core.registry import allow
    from app.worker import run_forever, run_once

    parser = parser_of("loket worker", _(TEXT), [])
    parser.add_argument("--once", action="store_true", help=_("do what is due now, then end"))
    parser.add_argument(
        "--metrics", type=Path, metavar="FILE", help=_("write figures for monitoring there, each minute")
    )
    given = parser.parse_args(argv)
    visit = open_visit(settings, given.login, given.account, clock)
    allow(visit, "worker.run", "RUN_WORKER")
    if given.once:
        report = run_once(visit.store, visit.content, visit.clock, settings)
        tell_figures(visit, given.metrics)
        show(report, "json" if given.json else "text", visit.zone)
        return 0
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _sign, _frame: stop.set())
    run_forever(
        visit.store,
        visit.content,
        visit.clock,
        settings,
        stop,
        on_error=lambda error: print(error, file=sys.stderr, flush=True),
        on_turn=lambda: tell_figures(visit, given.metrics),
    )
    return 0


def tell_figures(visit: Visit, path: Path | None) -> None:
    """Write the figures for monitoring, if wanted; a file that cannot be written stops no delivery."""
    from app.operations.core.figures import figures, text_of, write_figures

    if path is None:
        return
    text = text_of(figures(visit, visit.now))
    try:
        write_figures(path, text)
    except OSError as error:
        print(f"{path}: {error.strerror}.", file=sys.stderr, flush=True)
