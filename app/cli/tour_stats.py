"""`loket tour stats`: the same as `loket tours worst`, where the one who writes tours looks for it."""

from __future__ import annotations

from app.cli.dispatch import dispatch
from app.cli.host import Host
from app.clock import Clock


def run_stats(argv: list[str], clock: Clock | None) -> int:
    """Show the worst steps; the exit code."""
    return dispatch(["tours", "worst", *argv], clock, Host())
