"""The worker: every message at least once, none lost, a clean stop; what days and months bring."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import app.models  # noqa: F401 - fills the metadata
from app import worker
from app.clock import FixedClock
from app.content import Content
from app.gateways.parcel import DeliveryError, Parcel
from app.operations.core import outbox
from app.settings import Settings, read_settings
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LOKET_HOME": str(tmp_path / "home"), "LANG": "C"})


def queue(store: Store, now: int, count: int = 1, channel: str = "sms") -> None:
    to = "+31612345678" if channel == "sms" else "anna@molenwerf.example"
    with store.transaction() as tx:
        for number in range(count):
            outbox.enqueue(tx, f"{channel}:{number}", channel, to, f"Text {number}", now, subject="Hello")


def states(store: Store) -> dict[str, int]:
    return dict(store.rows("SELECT status, count(*) FROM message GROUP BY status"))


def spool(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.home / "sms").glob("*.json"))


class Broken:
    """A gateway that fails as told."""

    def __init__(self, permanent: bool = False) -> None:
        self.permanent = permanent
        self.parcels: list[Parcel] = []

    def deliver(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        raise DeliveryError("out of order", permanent=self.permanent)


def test_both_channels_are_delivered(
    store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    queue(store, clock.now(), 25)
    queue(store, clock.now(), 2, "mail")
    report = worker.run_once(store, content, clock, settings)
    assert (report.sent, report.failed, report.retried) == (27, 0, 0)
    assert states(store) == {"sent": 27}
    assert len(spool(settings)) == 25
    assert len(list((settings.home / "mail" / "new").iterdir())) == 2
    assert worker.run_once(store, content, clock, settings).sent == 0


def test_one_reason_is_one_message(store: Store, clock: FixedClock) -> None:
    with store.transaction() as tx:
        first = outbox.enqueue(tx, "same", "sms", "+31612345678", "One", clock.now())
        second = outbox.enqueue(tx, "same", "sms", "+31612345678", "Two", clock.now())
    assert first is not None
    assert second is None


def test_muted_messages_stay(store: Store, content: Content, clock: FixedClock, settings: Settings) -> None:
    with store.transaction() as tx:
        outbox.enqueue(tx, "quiet", "sms", "+31612345678", "x", clock.now(), muted="switched off")
    assert worker.run_once(store, content, clock, settings).sent == 0
    assert states(store) == {"muted": 1}


def test_failures_are_tried_again_later_and_then_told_to_staff(
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = Broken()
    monkeypatch.setattr(worker, "gateways", lambda *_: {"sms": broken})
    queue(store, clock.now())
    waits = []
    for _ in range(outbox.MOST_ATTEMPTS):
        worker.run_once(store, content, clock, settings)
        assert worker.run_once(store, content, clock, settings) == worker.Report()
        waited = 0
        while states(store) == {"queued": 1} and not store.row(
            "SELECT 1 FROM message WHERE not_before <= :now", now=clock.now()
        ):
            clock.advance(30)
            waited += 30
        waits.append(waited)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 0]
    assert states(store) == {"failed": 1}
    assert len({parcel.digest for parcel in broken.parcels}) == 1
    assert store.rows("SELECT kind FROM alert") == [("message_failed",)]


def test_what_can_never_be_delivered_is_told_at_once(
    store: Store,
    content: Content,
    clock: FixedClock,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = Broken(permanent=True)
    monkeypatch.setattr(worker, "gateways", lambda *_: {"sms": broken})
    queue(store, clock.now())
    assert worker.run_once(store, content, clock, settings).failed == 1
    assert store.row("SELECT status, error FROM message") == ("failed", "out of order")
    assert store.row("SELECT count(*) FROM alert") == (1,)


def test_claims_of_a_dead_worker_go_back(
    store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    queue(store, clock.now(), 3)
    assert len(outbox.claim(store, clock.now(), 2)) == 2
    assert worker.run_once(store, content, clock, settings).sent == 1
    clock.advance(outbox.CLAIM_SECONDS)
    assert worker.run_once(store, content, clock, settings).sent == 2


def test_two_workers_never_take_the_same(store: Store, clock: FixedClock) -> None:
    queue(store, clock.now(), 60)
    taken: list[int] = []

    def take() -> None:
        while claimed := outbox.claim(store, clock.now(), 7):
            taken.extend(message.id for message in claimed)
        store.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 60


def test_stop_puts_back_what_was_not_tried(
    store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    queue(store, clock.now(), 5)
    asked: list[int] = []

    def after_two() -> bool:
        asked.append(1)
        return len(asked) > 3

    assert worker.run_once(store, content, clock, settings, stopped=after_two).sent == 2
    assert states(store) == {"queued": 3, "sent": 2}
    assert store.row("SELECT max(attempts) FROM message WHERE status = 'queued'") == (0,)


def test_loop_delivers_and_stops(
    store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    stop = threading.Event()
    loop = threading.Thread(target=worker.run_forever, args=(store, content, clock, settings, stop))
    loop.start()
    queue(store, clock.now(), 3)
    deadline = time.monotonic() + 20
    while states(store) != {"sent": 3} and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    loop.join(5)
    assert not loop.is_alive()
    assert states(store) == {"sent": 3}


KILLED = """
import sys
from pathlib import Path
from app import worker
from app.clock import FixedClock
from app.content import load_content
from app.settings import read_settings, shipped_content
from app.store import Store
settings = read_settings({"LOKET_HOME": sys.argv[2], "LANG": "C"})
store = Store(sys.argv[1], settings.home)
content = load_content(shipped_content())
print("ready", flush=True)
worker.run_once(store, content, FixedClock(int(sys.argv[3])), settings)
"""


def test_killed_in_the_middle_nothing_is_lost_or_doubled(
    store: Store, content: Content, clock: FixedClock, settings: Settings
) -> None:
    queue(store, clock.now(), 400)
    for kill in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, store.url, str(settings.home), str(clock.now())],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        clock.advance(outbox.CLAIM_SECONDS)
    worker.run_once(store, content, clock, settings)
    assert states(store) == {"sent": 400}
    files = spool(settings)
    assert len(files) == 400
    texts = {json.loads((settings.home / "sms" / name).read_text(encoding="utf-8"))["text"] for name in files}
    assert texts == {f"Text {number}" for number in range(400)}


def test_lower_limit_begins_on_the_first(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory
) -> None:
    december = NOVEMBER + 30 * DAY
    line = factory.line(
        factory.account(), limit_cents=10000, pending_limit_cents=5000, pending_limit_from=december
    )
    clock.set(december - 1)
    assert worker.run_once(store, content, clock, settings).limits_applied == 0
    clock.set(december)
    assert worker.run_once(store, content, clock, settings).limits_applied == 1
    assert store.row(
        "SELECT limit_cents, pending_limit_cents, pending_limit_from, version FROM line WHERE id = :id",
        id=line,
    ) == (5000, None, None, 2)
    written = store.rows("SELECT operation, object FROM audit")
    assert ("worker.apply_limits", f"line:{line}") in written


@pytest.mark.capability("BI-11")
def test_missing_usage_is_an_alert_on_the_sixteenth(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory
) -> None:
    factory.line(factory.account())
    clock.set(int(datetime(2026, 11, 15, 22, 59, tzinfo=UTC).timestamp()))
    assert worker.run_once(store, content, clock, settings).alerts == 0
    clock.set(int(datetime(2026, 11, 15, 23, 0, tzinfo=UTC).timestamp()))
    assert worker.run_once(store, content, clock, settings).alerts == 1
    assert worker.run_once(store, content, clock, settings).alerts == 0
    assert store.rows("SELECT kind, detail FROM alert") == [("usage_missing", "month:202610")]


def test_silent_source_is_named(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory
) -> None:
    source = factory.insert("source", {"name": "network"})
    run = {"source_id": source, "file_name": "a.csv", "digest": "0", "status": "done", "error": ""}
    counts = dict.fromkeys(("rows", "rated", "suspended", "duplicates", "rejected"), 1)
    factory.insert(
        "import_run", {**run, **counts, "started_at": NOVEMBER - 40 * DAY, "finished_at": NOVEMBER - 40 * DAY}
    )
    assert worker.run_once(store, content, clock, settings).alerts == 1
    assert store.row("SELECT detail FROM alert") == ("month:202610 source:network",)
    clock.set(clock.now() + 30 * DAY)
    factory.insert("import_run", {**run, **counts, "started_at": NOVEMBER, "finished_at": NOVEMBER + DAY})
    assert worker.run_once(store, content, clock, settings).alerts == 0


@pytest.mark.capability("BX-42")
def test_pool_is_told_to_the_admins_while_every_line_is_below_its_own(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory
) -> None:
    account = factory.account()
    group = factory.group(account)
    factory.login(account, "admin", email="anna@molenwerf.example", language="en")
    factory.login(account, "user", email="emma@molenwerf.example")
    lines = [factory.line(account, group_id=group, data_bundle="6") for _ in range(2)]
    used = dict.fromkeys(lines, 4_700_000_000)

    def use(line: int, volume: int) -> None:
        columns = SQLModel.metadata.tables["counter"].columns.keys()
        values = {**dict.fromkeys(columns, 0), "line_id": line, "month": 202611, "data_home_eu": volume}
        with store.transaction() as tx:
            tx.execute("DELETE FROM counter WHERE line_id = :line", line=line)
        factory.insert("counter", values)

    for line, volume in used.items():
        use(line, volume)
    assert worker.run_once(store, content, clock, settings).pools_warned == 0  # 78 %
    use(lines[0], 5_000_000_000)
    assert worker.run_once(store, content, clock, settings).pools_warned == 1
    assert worker.run_once(store, content, clock, settings).pools_warned == 0
    (letter,) = store.rows("SELECT recipient, subject, body FROM message")
    assert letter[0] == "anna@molenwerf.example"
    assert "80%" in letter[1]
    assert "9.7\u00a0GB of 12\u00a0GB" in letter[2]
    use(lines[0], 8 * GB)
    assert worker.run_once(store, content, clock, settings).pools_warned == 1
    assert store.row("SELECT count(*) FROM message WHERE subject LIKE '%100%'") == (1,)


def test_home_is_private(store: Store, content: Content, clock: FixedClock, settings: Settings) -> None:
    queue(store, clock.now())
    worker.run_once(store, content, clock, settings)
    assert os.stat(settings.home / "sms").st_mode & 0o077 == 0


def test_months_before_the_first_usage_ever_are_not_missed(
    store: Store, content: Content, clock: FixedClock, settings: Settings, factory: Factory
) -> None:
    line = factory.line(factory.account())
    factory.usage(line, start=int(datetime(2026, 11, 3, 12, tzinfo=UTC).timestamp()))
    clock.set(int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()))
    assert worker.run_once(store, content, clock, settings).alerts == 0
    clock.set(int(datetime(2027, 1, 20, 12, tzinfo=UTC).timestamp()))
    assert worker.run_once(store, content, clock, settings).alerts == 1
    assert store.rows("SELECT detail FROM alert") == [("month:202612",)]
