"""The list of lines, one line, and groups."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.operations.core import NotFound, Visit, perform
from app.operations.core.allowances import active_days
from app.operations.core.line_rows import ids_of_lines, list_scope
from tests.factories import GB, NOVEMBER, Factory


def test_pages_run_through_all_lines_and_back(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    ids = [factory.line(account_id) for _ in range(25)]
    factory.line(factory.account("Another customer"))
    seen, page = [], perform(admin_visit, "lines.page", limit=10)
    seen += page.rows
    while page.more:
        page = perform(admin_visit, "lines.page", limit=10, after=page.last_key)
        seen += page.rows
    assert [row.id for row in seen] == ids
    back = perform(admin_visit, "lines.page", limit=10, before=page.first_key)
    assert [row.id for row in back.rows] == ids[10:20]
    assert back.more
    assert perform(admin_visit, "lines.count") == 25


def test_text_finds_number_person_and_department(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    anna = factory.line(account_id, person="Anna de Vries", number="+31612345678")
    sales = factory.line(account_id, person="Bert", department="Sales 100%")
    factory.line(account_id, person="Cees")
    for text, expected in (
        ("de vries", [anna]),
        ("45678", [anna]),
        ("06 not", []),
        ("0031612", [anna]),
        ("0612 345", [anna]),
        ("+316123456789", []),
        ("+31 6 1234", [anna]),
        ("100%", [sales]),
        ("%", []),
        ("0_1", []),
        ("vries anna", [anna]),
        ("anna sales", []),
    ):
        page = perform(admin_visit, "lines.page", text=text)
        assert [row.id for row in page.rows] == expected, text


@pytest.mark.sqlite_only
def test_the_list_is_read_from_an_index(agent_visit: Visit, admin_visit: Visit) -> None:
    for visit in (admin_visit, agent_visit):
        scope, values = list_scope(visit, None)
        query = next(ids_of_lines(visit, "", scope))[0]
        query = query.format(where="1", order="ORDER BY line.number LIMIT 129")
        said = " ".join(row[-1] for row in visit.rows(f"EXPLAIN QUERY PLAN {query}", **values))
        assert "COVERING INDEX" in said, said
        assert "TEMP B-TREE" not in said


def test_a_user_sees_only_their_own_line(factory: Factory, user_visit: Visit, account_id: int) -> None:
    other = factory.line(account_id)
    assert [row.id for row in perform(user_visit, "lines.page").rows] == [user_visit.own_line_id]
    with pytest.raises(NotFound):
        perform(user_visit, "lines.get", line_id=other)


def test_another_customers_line_looks_like_none(factory: Factory, admin_visit: Visit) -> None:
    foreign = factory.line(factory.account())
    with pytest.raises(NotFound) as other:
        perform(admin_visit, "lines.get", line_id=foreign)
    with pytest.raises(NotFound) as none:
        perform(admin_visit, "lines.get", line_id=10**9)
    assert other.value.message == none.value.message


@pytest.mark.capability("MP-30")
def test_voice_and_data_lists_its_three_inclusions(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    line = perform(admin_visit, "lines.get", line_id=factory.line(account_id))
    assert len(line.inclusions) == 3
    assert "EU" in line.inclusions[0]


@pytest.mark.capability("MP-37")
def test_two_numbers_of_one_person_are_named_with_each_other(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    first = factory.line(account_id, person="Dora Dual")
    second = factory.line(account_id, person="Dora Dual")
    shown = perform(admin_visit, "lines.get", line_id=first).other_numbers
    assert [other.id for other in shown] == [second]
    rows = perform(admin_visit, "lines.page", text="Dora Dual").rows
    assert len({row.number for row in rows}) == 2


@pytest.mark.capability("RL-01", "RL-02")
def test_lines_of_one_group_and_bundle_form_a_pool(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    group = factory.group(account_id)
    for kind in ("voice_data", "voice_data", "voice_data", "data_only", "data_only"):
        factory.line(account_id, group_id=group, data_bundle="2", kind=kind)
    factory.line(account_id, group_id=group, data_bundle="6")
    factory.line(account_id, group_id=group, data_bundle="unlimited")
    shown = perform(admin_visit, "lines.groups")[0]
    assert [(pool.data_bundle, pool.lines, pool.allowance_bytes) for pool in shown.pools] == [
        ("2", 5, 10 * GB),
        ("6", 1, 6 * GB),
        ("unlimited", 1, 0),
    ]
    assert shown.allowance_bytes == 16 * GB


def test_a_line_that_joins_in_the_month_brings_a_part(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    joined = factory.line(account_id, activated_at=NOVEMBER + 15 * 86_400)
    assert perform(admin_visit, "lines.get", line_id=joined).allowance_bytes == 3 * GB


@pytest.mark.parametrize(
    ("activated", "ends", "month", "days"),
    [
        ("2026-10-16T00:00", None, 202610, (16, 31)),
        ("2026-10-16T23:59", None, 202610, (16, 31)),
        ("2026-10-25T02:30", "2026-10-26T00:00", 202610, (1, 31)),
        ("2026-03-01T00:00", "2026-03-30T00:00", 202603, (29, 31)),
        (None, None, 202602, (28, 28)),
        ("2026-12-01T00:00", None, 202611, (0, 30)),
        (None, "2026-11-01T00:00", 202611, (0, 30)),
    ],
)
def test_active_days_are_local_days(
    activated: str | None, ends: str | None, month: int, days: tuple[int, int]
) -> None:
    first, last = (
        int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())
        if text
        else None
        for text in (activated, ends)
    )
    assert active_days(first, last, month, "Europe/Amsterdam") == days
