"""Three customers, made once and copied for each test that changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.settings import Settings, read_settings
from app.store import Store
from tests.factories import Factory
from tests.operations.door import Door
from tests.operations.three_customers import NOON, PASSWORD, PASSWORD_HASH, World, build


@pytest.fixture(scope="session")
def template(
    content: Content, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The customers, for tests that only read."""
    folder = tmp_path_factory.mktemp("customers")
    if request.config.getoption("--database") == "postgres":
        databases = request.getfixturevalue("postgres")
        world = build(Store(databases.another(), folder), content, FixedClock(NOON))
        databases.keep(world.store)
        yield world
        return
    path = folder / "loket.db"
    shutil.copyfile(request.getfixturevalue("template_database"), path)
    world = build(Store(f"sqlite:///{path}"), content, FixedClock(NOON))
    world.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield world


@pytest.fixture
def world(
    template: World, clock: FixedClock, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[World]:
    """A copy of the customers for one test, and the test's own clock."""
    shutil.copytree(template.store.folder / "keys", tmp_path / "keys")
    if template.store.dialect == "postgresql":
        for store in request.getfixturevalue("postgres").copy_of(template.store, tmp_path):
            yield replace(template, store=store, clock=clock)
        return
    path = tmp_path / "customers.db"
    template.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(template.store.path, path)
    store = Store(f"sqlite:///{path}")
    yield replace(template, store=store, clock=clock)
    store.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a machine whose home is the test's folder."""
    return read_settings({"LOKET_HOME": str(tmp_path), "LANG": "en_GB.UTF-8"})


@pytest.fixture
def door(store: Store, clock: FixedClock, content: Content, settings: Settings) -> Door:
    """Signing in at the machine itself."""
    return Door(store, clock, content, settings)


@pytest.fixture
def anna(factory: Factory) -> int:
    """The holder of customer C70001, whose password is PASSWORD."""
    account = factory.account("Molenwerf", number="C70001")
    return factory.login(
        account, "holder", user_name="Anna", email="anna@molenwerf.example", password_hash=PASSWORD_HASH
    )


@pytest.fixture
def quick(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Passwords are compared without hashing them, and nothing waits for the disk.

    Says for each check whether it was a real one.
    """
    checked: list[bool] = []
    if store.dialect == "sqlite":
        store._writer().execute("PRAGMA synchronous=OFF")

    def check(stored: str, password: str) -> bool:
        checked.append(bool(stored))
        return bool(stored) and password == PASSWORD

    monkeypatch.setattr("app.operations.signin.verify", check)
    return checked
