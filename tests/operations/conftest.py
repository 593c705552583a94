"""Three customers, made once and copied for each test that changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.store import Store
from tests.operations.three_customers import NOON, World, build


@pytest.fixture(scope="session")
def template(template_database: Path, content: Content, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The customers, for tests that only read."""
    path = tmp_path_factory.mktemp("customers") / "loket.db"
    shutil.copyfile(template_database, path)
    world = build(Store(f"sqlite:///{path}"), content, FixedClock(NOON))
    world.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return world


@pytest.fixture
def world(template: World, clock: FixedClock, tmp_path: Path) -> Iterator[World]:
    """A copy of the customers for one test, and the test's own clock."""
    path = tmp_path / "customers.db"
    template.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(template.store.path, path)
    shutil.copytree(template.store.path.parent / "keys", path.parent / "keys")
    store = Store(f"sqlite:///{path}")
    yield replace(template, store=store, clock=clock)
    store.close()
