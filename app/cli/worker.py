"""`loket worker`: deliver messages and do what is due, until told to stop."""

from __future__ import annotations

import signal
import sys
import threading

from app.cli.output import show
from app.cli.parser import parser_of
from app.cli.visits import open_visit
from app.clock import Clock
from app.i18n import _, mark
from app.settings import Settings

TEXT = mark("Deliver what waits in the outbox and do what is due. Runs until it gets SIGTERM or SIGINT.")


def run_worker(argv: list[str], settings: Settings, clock: Clock | None) -> int:
    """Run once and say what was done, or for good; the exit code."""
    from app.operations.core.registry import allow
    from app.worker import run_forever, run_once

    parser = parser_of("loket worker", _(TEXT), [])
    parser.add_argument("--once", action="store_true", help=_("do what is due now, then end"))
    given = parser.parse_args(argv)
    visit = open_visit(settings, given.login, given.account, clock)
    allow(visit, "worker.run", "RUN_WORKER")
    if given.once:
        report = run_once(visit.store, visit.content, visit.clock, settings)
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
    )
    return 0
