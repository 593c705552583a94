"""The rulebook takes nine seconds to compile: one test process does it, the others wait for what it keeps.

It is kept from run to run, until a rule changes.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.rating.rule_cache import cache_folder

FOLDER = "NUMBA_CACHE_DIR"


def pytest_configure(config: pytest.Config) -> None:
    """Say where, before Numba is loaded."""
    if config.cache is not None:
        os.environ[FOLDER] = str(cache_folder(config.cache.mkdir("rulebook")))


def pytest_collection_finish() -> None:
    """Where tests that compile were found, have them do it in turn."""
    batch: Any = sys.modules.get("app.rating.batch")
    if batch is not None and FOLDER in os.environ:
        batch.compiled = in_turn(batch.compiled)
        batch.use_cache = lambda folder: None


def in_turn(compiled: Callable[[], Any]) -> Callable[[], Any]:
    """The same, of which only one process compiles at a time."""

    def rate(*arrays: Any) -> None:
        loop = compiled()
        if loop.signatures:
            loop(*arrays)
            return
        folder = Path(os.environ[FOLDER])
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            loop(*arrays)

    return lambda: rate
