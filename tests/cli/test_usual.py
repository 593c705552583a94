"""A subject alone, and a line that is not named: what a person would expect."""

from __future__ import annotations

import pytest

from app.cli import shapes
from app.operations.core import Visit, perform
from app.operations.core.registry import every
from tests.cli.conftest import Loket
from tests.factories import DAY, GB, NOVEMBER, Factory

NUMBER = "+31670000001"


@pytest.fixture
def yara(factory: Factory) -> int:
    """An employee with a line of her own, and a colleague's beside it; the id of her line."""
    account = factory.account()
    line = factory.line(account, number=NUMBER)
    factory.usage(line, volume=2 * GB)
    factory.usage(factory.line(account, number="+31670000002"), volume=GB)
    factory.login(account, "user", user_name="yara", line_id=line)
    return line


def test_usage_alone_is_what_the_persons_lines_used_this_month(filled: Loket, yara: int) -> None:
    (row,) = filled("usage", "--as", "yara", "--json").json["rows"]
    assert (row["line_id"], row["number"], row["data_bytes"], row["records"]) == (yara, NUMBER, 2 * GB, 1)
    assert len(filled("usage", "--json").json["rows"]) == 2
    assert NUMBER in filled("usage", "--as", "yara").out
    assert filled("usage", "--help").out.startswith("loket usage")


def test_a_subject_without_such_a_read_lists_its_commands(filled: Loket) -> None:
    told = filled("bundles")
    assert (told.code, "loket bundles quote" in told.out) == (2, True)


def test_what_a_subject_alone_means_changes_nothing_and_needs_nothing() -> None:
    by_subject: dict[str, list[object]] = {}
    for each in every():
        by_subject.setdefault(each.name.split(".")[0], []).append(each)
    found = {name: shapes.usual(listed) for name, listed in by_subject.items()}  # type: ignore[arg-type]
    assert {each.name for each in found.values() if each} >= {
        "usage.by_line",
        "lines.page",
        "account.get",
        "dashboard.overview",
        "tariffs.sheet",
        "articles.page",
    }
    assert not any(each.changes for each in found.values() if each)


def test_who_has_one_line_need_not_name_it(filled: Loket, yara: int) -> None:
    assert len(filled("usage", "records", "--as", "yara", "--json").json["rows"]) == 1
    assert filled("lines", "get", "--as", "yara", "--json").json["id"] == yara
    told = filled("usage", "records", "--json")
    assert (told.code, told.json["error"]) == (2, "wrong_usage")
    assert "--line" in told.json["message"]


def test_an_unknown_word_is_answered_with_what_there_is(filled: Loket) -> None:
    told = filled("frobnicate")
    assert told.code == 2
    assert {"usage", "lines", "second-factor", "help"} <= set(told.err.split())


def test_use_by_line_is_paged_and_knows_its_months(factory: Factory, admin_visit: Visit) -> None:
    lines = [factory.line(admin_visit.account_id or 0) for _ in range(3)]
    for line in lines[:2]:
        factory.usage(line, volume=GB)
    factory.usage(lines[2], volume=GB, start=NOVEMBER - 20 * DAY)
    page = perform(admin_visit, "usage.by_line", limit=1)
    rest = perform(admin_visit, "usage.by_line", limit=1, after=page.last_key)
    assert [row.line_id for row in (*page.rows, *rest.rows)] == lines[:2]
    assert not rest.more
    assert [row.line_id for row in perform(admin_visit, "usage.by_line", month=202610).rows] == [lines[2]]
    assert perform(admin_visit, "usage.months") == [202611, 202610]
