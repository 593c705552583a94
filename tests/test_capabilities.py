"""The plugin that tells which capabilities are shown."""

from __future__ import annotations

import pytest

from tests.capabilities import Shown


def report(node: str, outcome: str, *rows: str, when: str = "call") -> pytest.TestReport:
    properties = [("capability", row) for row in rows]
    return pytest.TestReport(node, ("", None, ""), {}, outcome, None, when, user_properties=properties)  # type: ignore[arg-type]


def test_a_row_is_shown_when_every_test_that_names_it_passed() -> None:
    shown = Shown()
    shown.take(report("tests/a.py::one[x]", "passed", "RL-01", "RL-02"))
    shown.take(report("tests/a.py::one[y]", "passed", "RL-01"))
    shown.take(report("tests/a.py::two", "failed", "RL-02"))
    shown.take(report("tests/a.py::three", "skipped", "RL-03"))
    shown.take(report("tests/a.py::four", "failed", "RL-04", when="setup"))
    assert shown.rows() == {"RL-01": ["tests/a.py::one"]}
