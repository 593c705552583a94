"""Imports a file in small chunks, as a process of its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from app.clock import FixedClock
from app.content import load_content
from app.intake.importing import import_file
from app.operations.core.visit import Visit
from app.operations.intake import intake_of
from app.settings import shipped_content
from app.store import Store


def main(url: str, path: str, now: str, ahead_from: str = "1000000") -> None:
    """Tell when it begins, so that a test can kill it at any moment after."""
    store = Store(url)
    visit = Visit(store, FixedClock(int(now)), load_content(shipped_content()), role="system", channel="test")
    intake = replace(intake_of(visit), chunk=50, ahead_from=int(ahead_from))
    print("begins", flush=True)
    summary = import_file(intake, Path(path))
    print(summary.rows, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
