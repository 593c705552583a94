"""Lists as files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from tests.factories import Factory


@pytest.mark.capability("BX-40")
def test_a_list_as_csv_holds_no_formula(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    for name in ("=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "Anna"):
        factory.line(account_id, person=name, department=name)
    done = perform(admin_visit, "export.rows", what="lines.page")
    assert done.rows == 7
    with Path(done.path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or cell[1:].isdigit(), cell
    assert {row["person"] for row in rows} >= {"Anna", "'=1+1"}


@pytest.mark.capability("BX-40")
def test_a_list_as_json_is_whole_over_many_pages(
    factory: Factory, admin_visit: Visit, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.operations.core.paging.LARGEST", 10)
    numbers = []
    for _ in range(35):
        line = factory.line(account_id)
        numbers.append(perform(admin_visit, "lines.get", line_id=line).number)
    done = perform(admin_visit, "export.rows", what="lines.page", form="json")
    rows = json.loads(Path(done.path).read_text(encoding="utf-8"))
    assert [row["number"] for row in rows] == numbers
    assert done.rows == 35
    again = perform(admin_visit, "export.rows", what="lines.page", form="csv")
    assert len(Path(again.path).read_text(encoding="utf-8").splitlines()) == 36


def test_an_export_has_the_rights_of_the_list(factory: Factory, user_visit: Visit, account_id: int) -> None:
    other = factory.line(account_id)
    own = perform(user_visit, "export.rows", what="lines.page")
    assert own.rows == 1
    with pytest.raises(Refused):
        perform(user_visit, "export.rows", what="accounts.page")
    with pytest.raises(NotFound):
        perform(user_visit, "export.rows", what="usage.records", arguments=[f"line_id={other}"])
    assert len(list(Path(own.path).parent.iterdir())) == 1


def test_an_export_is_written_down(factory: Factory, admin_visit: Visit) -> None:
    perform(admin_visit, "export.rows", what="lines.groups")
    assert admin_visit.rows("SELECT operation, outcome FROM audit") == [("export.rows", "done")]


@pytest.mark.parametrize(
    ("what", "arguments"),
    [
        ("limits.set", ["line_id=1", "limit_cents=5000"]),
        ("lines.get", ["line_id=1"]),
        ("nothing.here", []),
        ("core.names", []),
        ("lines.page", ["wrong=1"]),
        ("usage.records", []),
        ("usage.records", ["line_id=x"]),
    ],
)
def test_only_lists_are_exported(admin_visit: Visit, what: str, arguments: list[str]) -> None:
    with pytest.raises((Invalid, Refused)):
        perform(admin_visit, "export.rows", what=what, arguments=arguments)
