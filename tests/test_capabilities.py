"""The plugin that tells which capabilities are shown."""

from __future__ import annotations

import json

import pytest

from tests.capabilities import TARGET, Shown


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


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ((), {"RL-01": ["tests/test_two.py::test_one"]}),
        (("tests", "-p", "no:randomly"), {"RL-01": ["tests/test_two.py::test_one"]}),
        (("tests/test_two.py",), None),
        (("-k", "one"), None),
        (("-m", "capability"), None),
        (("--lf",), None),
        (("--deselect", "tests/test_two.py::test_two"), None),
        (("-x",), None),
        (("--collect-only",), None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_only_a_whole_run_is_written_down(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    written: dict[str, list[str]] | None,
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\ntestpaths = tests\nmarkers = capability")
    tests = pytester.mkdir("tests")
    (tests / "test_two.py").write_text(
        "import pytest\n"
        "@pytest.mark.capability('RL-01')\n"
        "def test_one(): pass\n"
        "@pytest.mark.capability('RL-02')\n"
        "def test_two(): assert False\n"
    )
    pytester.runpytest_inprocess("-p", "tests.capabilities", *options)
    target = pytester.path / TARGET
    assert (json.loads(target.read_text()) if target.exists() else None) == written
