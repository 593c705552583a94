"""Make the demo, or bring an older one up to today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.clock import month_of
from app.demo.customers import store_customers
from app.demo.events import dated
from app.demo.life import LATEST, EachDay, Lived, Tell, days_between, first_instant, live_day
from app.demo.sign import Sign, read_sign, write_sign
from app.demo.usage import subscribers
from app.i18n import _
from app.operations.core import Refused, Visit, audit
from app.operations.core.passwords import hash_password

MONTHS_BEFORE = 2
"""Whole months of usage before the running one."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What is there now. `made` is False where the demo existed and was brought up to date."""

    made: bool
    home: str
    customers: int
    lines: int
    days: int
    records: int
    month: int


def make_demo(
    visit: Visit, home: Path, *, if_missing: bool, progress: Tell | None, each_day: EachDay | None
) -> DemoReport:
    """Store the customers where there are none, then live every day that is missing up to now.

    Raises:
        Refused: the database holds customers and no demo, or a demo and `if_missing` is not asked for.
    """
    sign = read_sign(home)
    filled = visit.row("SELECT 1 FROM account LIMIT 1") is not None
    if filled:
        _refuse_real(sign, home, if_missing)
    else:
        _store(visit, home)
    lived = _live(visit, home, sign.usage_until if filled and sign else 0, progress, each_day)
    lines = visit.row("SELECT count(*), count(DISTINCT account_id) FROM line") or (0, 0)
    return DemoReport(
        made=not filled,
        home=str(home),
        customers=int(lines[1]),
        lines=int(lines[0]),
        days=lived.days,
        records=lived.records,
        month=month_of(visit.now, visit.zone),
    )


def _refuse_real(sign: Sign | None, home: Path, if_missing: bool) -> None:
    if sign is None:
        raise Refused(
            _(
                "{home} holds customers that are no demo; nothing was changed. "
                "Set LOKET_HOME to another folder for the demo."
            ).format(home=home)
        )
    if not if_missing:
        raise Refused(
            _(
                "{home} holds a demo already. Bring it up to date with --if-missing, "
                "or remove the folder for a new one."
            ).format(home=home)
        )


def _store(visit: Visit, home: Path) -> None:
    demo = visit.content.demo
    password_hash = hash_password(demo.password)
    # The mark comes first: customers without it would pass for real ones when this is interrupted.
    write_sign(home, demo, 0)
    with visit.transaction():
        store_customers(visit, demo, password_hash)
        audit.append(visit, "demo.create", "done")


def _live(
    visit: Visit, home: Path, known_until: int, progress: Tell | None, each_day: EachDay | None
) -> Lived:
    lived = Lived()
    until = visit.now - LATEST
    after = known_until or first_instant(visit, MONTHS_BEFORE) - 1
    if until <= after:
        return lived
    folder = home / "demo"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    people = subscribers(visit.content)
    days = list(days_between(after, until, visit.zone))
    events = dated(visit, days)
    for number, day in enumerate(days):
        end = live_day(visit, people, day, after, until, folder, each_day, lived, events)
        # Whoever interrupts this goes on from here.
        write_sign(home, visit.content.demo, end)
        if progress is not None:
            progress(number + 1, len(days))
    return lived
