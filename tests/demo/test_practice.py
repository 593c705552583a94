"""The practice world: small, and with something of everything, on whatever day it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.demo.practice import DATABASE, make_practice, practice_content, system_visit
from app.demo.practice_events import freshen
from app.operations.core import Visit
from app.store import Store

DAYS = (
    datetime(2026, 11, 20, 15, 30, tzinfo=UTC),
    datetime(2026, 11, 30, 23, 0, 20, tzinfo=UTC),  # the first seconds of December in Amsterdam
    datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC),
)

HAS = {
    "a line blocked by its cost limit": "SELECT 1 FROM counter WHERE blocked = 1 AND month = :month",
    "a 0 GB block": "SELECT 1 FROM line WHERE data_bundle = '0' AND zero_lifted = 0",
    "a lifted 0 GB block": "SELECT 1 FROM line WHERE data_bundle = '0' AND zero_lifted = 1",
    "roaming bundles on": "SELECT 1 FROM line WHERE bundles <> 0",
    "roaming bundles off": "SELECT 1 FROM line WHERE bundles = 0 AND status = 'active'",
    "a bar": "SELECT 1 FROM line WHERE bars <> 0",
    "a line that was ordered": "SELECT 1 FROM line WHERE status = 'ordered'",
    "a second SIM": "SELECT 1 FROM sim WHERE role = 'multisim'",
    "records of this month": "SELECT 1 FROM usage_record WHERE start >= :first",
    "records of last month": "SELECT 1 FROM usage_record WHERE start < :first",
    "messages": "SELECT 1 FROM message WHERE line_id IS NOT NULL",
    "an invitation": "SELECT 1 FROM invitation WHERE status = 'pending' AND expires_at > :now",
    "contacts": "SELECT 1 FROM contact",
    "a session elsewhere": "SELECT 1 FROM session WHERE ended_at IS NULL",
    "one-time passwords": "SELECT 1 FROM second_factor WHERE confirmed_at IS NOT NULL",
    "a linked mobile number": "SELECT 1 FROM login WHERE mobile <> ''",
    "a token": "SELECT 1 FROM api_token WHERE revoked_at IS NULL AND expires_at > :now",
    "an SSH key": "SELECT 1 FROM ssh_key",
    "an allowed address": "SELECT 1 FROM allowed_address",
    "an open price": "SELECT 1 FROM quote WHERE status = 'open' AND expires_at > :now",
    "a case that waits": "SELECT 1 FROM service_case WHERE status = 'waiting'",
    "a late order": "SELECT 1 FROM alert WHERE kind = 'order_late' AND done_at IS NULL",
    "a delivered order": "SELECT 1 FROM customer_order WHERE status = 'provisioned'",
    "notes": "SELECT 1 FROM account_note",
    "rows that nobody can rate": "SELECT 1 FROM suspense WHERE status = 'waiting'",
    "several customers of one login": "SELECT 1 FROM membership GROUP BY login_id HAVING count(*) > 1",
    "a customer whom nobody signs in for": "SELECT 1 FROM account WHERE status = 'active' AND NOT EXISTS"
    " (SELECT 1 FROM membership WHERE account_id = account.id)",
    "a telephone password": "SELECT 1 FROM account WHERE telephone_hash <> ''",
    "every role": "SELECT count(*) FROM membership HAVING count(DISTINCT role) = 5",
}


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: day.date().isoformat())
def world(
    request: pytest.FixtureRequest, content: Content, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    folder: Path = tmp_path_factory.mktemp("practice")
    clock = FixedClock(int(request.param.timestamp()))
    practice = practice_content(content, "de")
    stages: list[tuple[int, int]] = []
    make_practice(folder, practice, clock, lambda done, of: stages.append((done, of)))
    assert stages[-1][0] == stages[-1][1]
    store = Store(f"sqlite:///{folder / DATABASE}")
    visit = system_visit(store, practice, clock, folder)
    freshen(visit, "admin", "light")
    yield visit
    store.close()


def test_there_is_something_for_every_task(world: Visit) -> None:
    from app.clock import month_bounds, month_of

    month = month_of(world.now, world.zone)
    values = {"now": world.now, "month": month, "first": month_bounds(month, world.zone)[0]}
    missing = [
        name
        for name, sql in HAS.items()
        if world.row(sql, **{key: value for key, value in values.items() if f":{key}" in sql}) is None
    ]
    assert missing == []


def test_it_stays_small(world: Visit) -> None:
    lines = world.row("SELECT count(*) FROM line") or (0,)
    assert 10 <= lines[0] <= 20
    assert world.store.path.stat().st_size < 2_000_000


def test_nothing_waits_to_be_sent(world: Visit) -> None:
    assert world.row("SELECT 1 FROM message WHERE status IN ('queued', 'claimed')") is None


def test_only_two_rows_of_a_month_cannot_be_rated(world: Visit) -> None:
    assert world.row("SELECT count(*) FROM suspense") == (4,)


def test_its_people_speak_the_language_of_who_practises(world: Visit) -> None:
    assert world.rows("SELECT DISTINCT language, theme FROM login") == [("de", "light")]
