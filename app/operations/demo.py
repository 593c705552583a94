"""A fictional operator's customers with months of usage, for trying the portal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.demo.create import DemoReport, make_demo
from app.operations.core import Visit, operation
from app.settings import read_settings


@operation("demo.create", right="MANAGE_DEMO", own_transactions=True)
def create(
    visit: Visit,
    if_missing: bool = False,
    home: str = "",
    progress: Callable[[int, int], None] | None = None,
    each_day: Callable[[Clock], Any] | None = None,
) -> DemoReport:
    """Fill an empty database with fictional customers and their usage up to now.

    Args:
        if_missing: where there is a demo already, bring it up to today instead of refusing.
        home: where the files of the demo go; default LOKET_HOME.
        progress: called with days done and days to do.
        each_day: called at the end of each day that is lived, with a clock that stands there.
    """
    folder = Path(home).expanduser().absolute() if home else read_settings().home
    return make_demo(visit, folder, if_missing=if_missing, progress=progress, each_day=each_day)
