"""Figures about the worker's work: what monitoring reads is what is there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Visit, audit
from app.operations.core.audit_heads import keep_head
from app.operations.core.figures import figures, text_of, write_figures
from app.operations.core.outbox import enqueue, raise_alert
from tests.cli.conftest import Loket, filled, home, loket  # noqa: F401
from tests.factories import Factory

LINE = re.compile(r"(# (HELP|TYPE) loket_[a-z_]+ .+|loket_[a-z_]+ -?\d+)")


@pytest.fixture
def visit(factory: Factory, tmp_path: Path) -> Visit:
    return replace(factory.system, audit_heads=tmp_path / "heads.log", touched=[])


def told(visit: Visit) -> dict[str, int]:
    text = text_of(figures(visit, visit.now))
    assert all(LINE.fullmatch(line) for line in text.splitlines()), text
    return {
        name: int(value)
        for name, value in (line.split() for line in text.splitlines() if not line.startswith("#"))
    }


def test_an_empty_database_has_figures_too(visit: Visit) -> None:
    found = told(visit)
    assert (found["loket_outbox_waiting"], found["loket_suspense_waiting"]) == (0, 0)
    assert "loket_closing_month" not in found
    assert found["loket_database_bytes"] > 0


def test_what_waits_and_what_failed_is_counted(visit: Visit) -> None:
    with visit.transaction() as tx:
        for number in range(3):
            enqueue(tx, f"key{number}", "sms", "+31612345678", "Hello", visit.now)
        tx.execute("UPDATE message SET status = 'failed' WHERE key = 'key0'")
        tx.execute("UPDATE message SET created_at = 77 WHERE key = 'key1'")
        raise_alert(tx, "key", "anything", "", visit.now)
    found = told(visit)
    assert (found["loket_outbox_waiting"], found["loket_outbox_failed"]) == (2, 1)
    assert found["loket_outbox_oldest_timestamp_seconds"] == 77
    assert found["loket_alerts_open"] == 1


def test_a_head_that_does_not_go_outside_shows(visit: Visit) -> None:
    assert visit.vault is not None
    assert visit.audit_heads is not None
    for _each in range(3):
        with visit.transaction():
            audit.append(visit, "lines.get", "done")
    assert told(visit)["loket_audit_beyond_head"] == 3
    keep_head(visit.store, 1234, visit.audit_heads, visit.vault)
    with visit.transaction():
        audit.append(visit, "lines.get", "done")
    found = told(visit)
    assert (found["loket_audit_beyond_head"], found["loket_audit_rows"]) == (1, 4)
    assert found["loket_audit_head_timestamp_seconds"] == 1234


def test_the_worker_writes_the_file_for_another_user(filled: Loket, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "loket.prom"
    path.write_text("old")
    assert filled("worker", "--once", "--metrics", str(path)).code == 0
    assert "loket_worker_turn_timestamp_seconds" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_cannot_be_written_stops_nothing(filled: Loket, tmp_path: Path) -> None:  # noqa: F811
    answer = filled("worker", "--once", "--metrics", str(tmp_path / "none" / "loket.prom"))
    assert answer.code == 0
    assert "No such file" in answer.err


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "loket.prom"
    write_figures(path, "one\n")
    with pytest.raises(UnicodeEncodeError):
        write_figures(path, "\udc80")
    assert path.read_text() == "one\n"
    assert [each.name for each in tmp_path.iterdir()] == ["loket.prom"]
