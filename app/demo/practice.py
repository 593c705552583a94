"""A small world to practise in: a database of its own with fictional customers, made from practice.toml."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.clock import Clock, FixedClock
from app.content import Content
from app.content.access import Access
from app.content.demo import Demo
from app.demo.customers import store_customers
from app.demo.practice_events import happen
from app.demo.practice_usage import write_months
from app.demo.sign import write_sign
from app.operations.core import Visit, audit, perform
from app.operations.core.passwords import hash_password
from app.store import Store
from app.store.schema import ensure_schema
from app.vault import Vault

Tell = Callable[[int, int], Any]
DATABASE: Final = "loket.db"
FOREVER: Final = 10**9
STAGES: Final = 5


def practice_content(content: Content, language: str) -> Content:
    """The operator's content as practice has it: customers of its own, and sessions that never end alone.

    Args:
        language: what all its people speak, so that who practises understands their messages.
    """
    sessions = replace(
        content.access.sessions,
        longest_seconds=FOREVER,
        recheck_seconds=FOREVER,
        idle_seconds={"others": FOREVER},
    )
    access: Access = replace(content.access, sessions=sessions)
    changed = replace(content, access=access)
    # What was read already need not be read again.
    for name in ("networks", "tariffs", "sources", "retention", "tours"):
        if name in content.__dict__:
            changed.__dict__[name] = content.__dict__[name]
    changed.__dict__["demo"] = changed.__dict__["practice"] = _speaking(content.practice, language)
    return changed


def _speaking(practice: Demo, language: str) -> Demo:
    return replace(
        practice,
        customers=tuple(replace(each, language=language) for each in practice.customers),
        logins=tuple(replace(each, language=language) for each in practice.logins),
    )


def make_practice(folder: Path, content: Content, clock: Clock, tell: Tell | None = None) -> None:
    """Fill an empty folder with a database, its keys and the mark of a demo, as things stand now.

    Args:
        content: as `practice_content` gives it.
        tell: called with stages done and stages to do.
    """
    told = tell or (lambda done, all_of_them: None)
    store = Store(f"sqlite:///{folder / DATABASE}")
    try:
        ensure_schema(store)
        told(1, STAGES)
        visit = system_visit(store, content, clock, folder)
        with visit.transaction():
            store_customers(visit, content.practice, hash_password(content.practice.password))
            audit.append(visit, "demo.create", "done")
        told(2, STAGES)
        with tempfile.TemporaryDirectory(dir=folder) as files:
            for path, until in write_months(content.practice, visit.now, visit.zone, Path(files)):
                then = replace(visit, clock=FixedClock(until))
                perform(then, "usage.import_file", path=str(path), source="loket")
        told(3, STAGES)
        happen(visit)
        told(4, STAGES)
        write_sign(folder, content.practice, visit.now)
        store.scrub()
        told(STAGES, STAGES)
    finally:
        store.close()


def system_visit(store: Store, content: Content, clock: Clock, folder: Path) -> Visit:
    """The operator's own visit in a practice folder."""
    vault, language = Vault(folder / "keys"), content.practice.customers[0].language
    return Visit(store, clock, content, role="system", channel="practice", vault=vault, language=language)
