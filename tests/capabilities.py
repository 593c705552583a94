"""Rows of the capability table that tests show: counts marked tests, writes build/capabilities.json.

A row is shown when every test that names it has passed; works with any number of test processes. The file
tells what the last whole run has shown: a run of some of the tests leaves it as it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TABLE_ROWS = 298
TARGET = Path("build") / "capabilities.json"
KEY = pytest.StashKey["Shown"]()
LEAVES_OUT = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise", "collectonly")
"""Options of pytest with which tests are left out."""


class Shown:
    """Test names by row, apart for those that passed and those that did not."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = {}
        self.failed: set[str] = set()

    def take(self, report: pytest.TestReport) -> None:
        """Note one test's outcome; what it shows travels in its properties, also between processes."""
        rows = [value for name, value in report.user_properties if name == "capability"]
        for row in rows:
            if report.failed:
                self.failed.add(str(row))
            elif report.when == "call" and report.passed:
                self.passed.setdefault(str(row), set()).add(report.nodeid.split("[")[0])

    def rows(self) -> dict[str, list[str]]:
        """Rows that are shown, with their tests."""
        return {row: sorted(tests) for row, tests in sorted(self.passed.items()) if row not in self.failed}


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KEY] = Shown()
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collector(config.stash[KEY]), "capabilities-collector")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("capability"):
        for row in mark.args:
            item.user_properties.append(("capability", row))


def whole(session: pytest.Session) -> bool:
    """Whether every test was asked for, and the run came to its end."""
    config = session.config
    left_out = any(config.getoption(name, default=None) for name in LEAVES_OUT)
    ended = session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    stopped = session.shouldstop or session.shouldfail
    return config.args == config.getini("testpaths") and ended and not left_out and not stopped


class Collector:
    """Listens in the process that sees all reports."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.shown.take(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not whole(session):
            return
        target = session.config.rootpath / TARGET
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(self.shown.rows(), indent=1) + "\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.write_line(f"capabilities: {len(self.shown.rows())} of {TABLE_ROWS} shown")
