"""The demo as `make demo-data` makes it, lived from the 1st of October to the 17th of November."""

from __future__ import annotations

import contextlib
import email
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import policy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli import main
from app.clock import FixedClock
from app.store import Store

LATE_ON_THE_17TH = int(datetime(2026, 11, 17, 20, tzinfo=UTC).timestamp())


class Demo(NamedTuple):
    home: Path
    store: Store
    made: dict[str, Any]


def demo_create(clock_at: int, *options: str) -> tuple[int, dict[str, Any]]:
    """Run the command; its exit code and its answer or error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["demo", "create", "--json", *options], FixedClock(clock_at))
    return code, json.loads(out.getvalue() or err.getvalue())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo with one whole month before the running one."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOKET_HOME", str(home))
        for name in ("LOKET_DATABASE_URL", "LOKET_CONTENT"):
            patch.delenv(name, raising=False)
        patch.setattr("app.demo.create.MONTHS_BEFORE", 1)
        code, made = demo_create(LATE_ON_THE_17TH)
        assert code == 0, made
        store = Store(f"sqlite:///{home / 'loket.db'}")
        yield Demo(home, store, made)
        store.close()


def counter(demo: Demo, person: str) -> tuple[int, ...]:
    """(limit_level, blocked, micro at the standard rate, limit) of a person this month."""
    row = demo.store.row(
        'SELECT limit_level, blocked, standard_micro, "limit" FROM counter JOIN line ON line.id = line_id '
        "WHERE month = 202611 AND person = :person",
        person=person,
    )
    assert row is not None
    return row


def test_the_main_customer_has_sixty_lines(demo: Demo) -> None:
    assert demo.made["made"] is True
    found = demo.store.row(
        "SELECT count(*), count(DISTINCT group_id) FROM line JOIN account ON account.id = account_id "
        "WHERE account.number = '100042'"
    )
    assert found == (60, 6)
    assert demo.store.row("SELECT count(*) FROM account")[0] >= 5


def test_last_month_is_closed_with_overage(demo: Demo) -> None:
    rows = demo.store.rows("SELECT DISTINCT month FROM closing")
    assert rows == [(202610,)]
    shares = demo.store.row("SELECT count(*), sum(share_cents) FROM overage_share")
    assert shares is not None
    assert shares[0] > 0
    assert shares[1] > 0


def test_cost_limits_tell_their_stories(demo: Demo) -> None:
    level, blocked, micro, limit = counter(demo, "Tessa van Leeuwen")
    assert (level, blocked) == (0, 1)
    assert micro >= limit
    level, blocked, micro, limit = counter(demo, "Youssef El Amrani")
    assert level == 1
    assert micro > limit
    assert counter(demo, "Jeroen Bakker")[:2] == (0, 1), "his limit is hard: the answer was refused"
    level, blocked, micro, limit = counter(demo, "Esther Okafor")
    assert blocked == 0
    assert micro > 0


def test_pools_stand_well_near_and_over(demo: Demo) -> None:
    used = dict(
        demo.store.rows(
            "SELECT line_group.name, sum(data_home_eu) / 1000000000 FROM counter "
            "JOIN line ON line.id = line_id JOIN line_group ON line_group.id = group_id "
            "WHERE month = 202610 GROUP BY 1"
        )
    )
    assert used["Drivers"] > 120
    assert 130 < used["Planning"] <= 185
    assert used["Warehouse"] < 24


def test_messages_were_delivered_on_their_days(demo: Demo) -> None:
    states = dict(demo.store.rows("SELECT status, count(*) FROM message GROUP BY 1"))
    assert set(states) <= {"sent", "muted"}
    assert states["sent"] > 50
    assert demo.store.row("SELECT max(sent_at - created_at) FROM message WHERE sent_at NOT NULL")[0] < 86_400
    assert len(list((demo.home / "sms").iterdir())) > 50
    assert any((demo.home / "mail" / "new").iterdir())


def happened(demo: Demo) -> dict[str, Any]:
    """What is there of what happens once."""
    return {
        "cases": demo.store.rows(
            "SELECT service_case.kind, service_case.status, login.user_name FROM service_case"
            " JOIN login ON login.id = asked_by"
        ),
        "invitations": demo.store.rows("SELECT email, status FROM invitation"),
        "orders": demo.store.rows("SELECT status, alerted_at IS NULL FROM customer_order ORDER BY id"),
        "alerts": demo.store.rows("SELECT done_at FROM alert WHERE kind = 'order_late'"),
        "notes": demo.store.rows(
            "SELECT user_name, number FROM account_note JOIN login ON login.id = login_id"
            " JOIN account ON account.id = account_id ORDER BY account_note.id"
        ),
    }


ONCE = {
    "cases": [("name_change", "waiting", "director")],
    "invitations": [("lotte.hoekstra@duinrand.example", "pending")],
    "orders": [("provisioned", 1), ("ordered", 0)],
    "alerts": [(None,)],
    "notes": [("agent", "100042"), ("supervisor", "100042")],
}


def test_people_wait_for_the_helpdesk(demo: Demo) -> None:
    assert happened(demo) == ONCE
    assert demo.store.row("SELECT count(*) FROM assistance WHERE ended_at IS NULL") == (0,)
    outcomes = demo.store.rows("SELECT DISTINCT outcome FROM audit WHERE operation = 'callers.verify'")
    assert outcomes == [("done",)]


def test_a_delivered_order_has_its_four_mails_in_the_mail_folder(demo: Demo) -> None:
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (demo.home / "mail" / "new").iterdir()
    ]
    mine = [letter for letter in letters if "ilse@zonneveld.example" in str(letter["To"])]
    assert len(mine) == 4
    texts = [str(letter.get_content()) for letter in mine]  # type: ignore[attr-defined]
    assert sum(bool(re.search(r"(\w{4}-){6}\w{4}", text)) for text in texts) == 1
    stored = demo.store.rows("SELECT body FROM message WHERE recipient = 'ilse@zonneveld.example'")
    assert not any(re.search(r"(\w{4}-){6}\w{4}", body) for (body,) in stored)


def test_a_sub_account_has_one_area_and_the_reseller_two_customers(demo: Demo) -> None:
    rows = demo.store.rows(
        "SELECT user_name, role, areas, count(*) FROM membership JOIN login ON login.id = login_id"
        " WHERE user_name IN ('planner', 'reseller') GROUP BY 1 ORDER BY 1"
    )
    assert rows == [("planner", "sub", "products", 1), ("reseller", "reseller", "", 2)]


def test_bad_rows_wait_with_a_reason(demo: Demo) -> None:
    rows = demo.store.rows("SELECT field, reason FROM suspense WHERE status = 'waiting'")
    assert ("subscriber", "UNKNOWN_LINE") in rows
    assert ("mcc", "UNKNOWN_PLACE") in rows


def test_the_chain_of_what_was_done_holds(demo: Demo) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["database", "check", "--json"], FixedClock(LATE_ON_THE_17TH)) == 0
    assert json.loads(out.getvalue())["problems"] == []


def test_a_demo_is_not_made_over_another(demo: Demo) -> None:
    code, error = demo_create(LATE_ON_THE_17TH)
    assert code == 3
    assert "--if-missing" in error["message"]


def test_on_a_later_day_only_what_is_missing_is_lived(demo: Demo) -> None:
    before = demo.store.row("SELECT count(*) FROM usage_record")[0]
    code, again = demo_create(LATE_ON_THE_17TH, "--if-missing")
    assert (code, again["records"], again["made"]) == (0, 0, False)
    code, later = demo_create(LATE_ON_THE_17TH + 86_400, "--if-missing")
    assert code == 0
    assert 0 < later["records"] < 1500
    after = demo.store.row("SELECT count(*) FROM usage_record")[0]
    assert after - before <= later["records"]
    assert demo.store.row("SELECT sum(duplicates) FROM import_run")[0] == 0
    assert happened(demo) == ONCE


def test_an_interrupted_demo_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_HOME", str(tmp_path))
    monkeypatch.delenv("LOKET_DATABASE_URL", raising=False)
    monkeypatch.setattr("app.demo.create.MONTHS_BEFORE", 0)
    on_the_5th = LATE_ON_THE_17TH - 12 * 86_400

    def power_cut(_visit: object, day: date, *_rest: object) -> None:
        if day.day == 3:
            raise OSError(28, "No space left on device", str(tmp_path))

    with monkeypatch.context() as patch:
        patch.setattr("app.demo.life._close_when_due", power_cut)
        assert demo_create(on_the_5th)[0] == 6
    assert demo_create(on_the_5th)[0] == 3
    code, rest = demo_create(on_the_5th, "--if-missing")
    assert (code, rest["days"]) == (0, 3)
    with contextlib.closing(Store(f"sqlite:///{tmp_path / 'loket.db'}")) as store:
        days = store.rows("SELECT DISTINCT date(start + 3600, 'unixepoch') FROM usage_record ORDER BY 1")
        assert [day[0] for day in days] == [f"2026-11-0{number}" for number in range(1, 6)]


def test_real_customers_are_never_touched(
    tmp_path: Path, store: Store, factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.account()
    monkeypatch.setenv("LOKET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOKET_DATABASE_URL", store.url)
    code, error = demo_create(LATE_ON_THE_17TH, "--if-missing")
    assert (code, error["error"]) == (3, "refused")
    assert store.row("SELECT count(*) FROM line") == (0,)
    assert not (tmp_path / "home" / "demo.toml").exists()
