"""The demonstration as `make demo-data` makes it, once for all; every journey gets a copy."""

from __future__ import annotations

import contextlib
import io
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.clock import FixedClock
from app.content.operator import read_operator
from app.i18n import set_language
from app.portal import Portal
from app.settings import read_settings
from tests.made_once import made_once
from tests.screens.harness import LARGE, prepared
from tests.screens.my_products.steps import Person

AFTERNOON = FixedClock(int(datetime(2026, 11, 20, 15, 30, tzinfo=UTC).timestamp()))
PASSWORD = "Herfststorm-2026"
"""Journeys sign in often; what a hash must cost, tests/operations/test_signin.py shows."""
SHOWN_AROUND = (
    "INSERT INTO tour_run (tour, login_id, step, state, why, started_at) "
    "SELECT value, login.id, '', 'finished', '', 0 "
    'FROM login, json_each(\'["introduction", "staff-introduction"]\')'
)
"""Nobody is new here: the offer to be shown around would lie over the pictures."""


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demonstration with one whole month before the running one."""
    return made_once(tmp_path_factory, "demo-template", make_demo)


def make_demo(home: Path) -> None:
    """Fill a home with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOKET_HOME", str(home))
        for name in ("LOKET_DATABASE_URL", "LOKET_CONTENT"):
            patch.delenv(name, raising=False)
        patch.setattr("app.demo.create.MONTHS_BEFORE", 1)
        with contextlib.redirect_stdout(io.StringIO()):
            assert main(["demo", "create", "--json"], AFTERNOON) == 0
    with contextlib.closing(sqlite3.connect(home / "loket.db", isolation_level=None)) as database:
        database.execute(SHOWN_AROUND)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def demo_home(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, of this test's own, which commands find too."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("loket.db", "demo.toml"):
        shutil.copyfile(demo_template / name, home / name)
    monkeypatch.setenv("LOKET_HOME", str(home))
    for name in ("LOKET_DATABASE_URL", "LOKET_CONTENT"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def demo_portal(demo_home: Path) -> Callable[..., AbstractAsyncContextManager[Person]]:
    """`async with demo_portal(size, language)`: the portal before sign-in, and its keyboard."""

    @asynccontextmanager
    async def start(size: tuple[int, int] = LARGE, language: str = "en") -> AsyncIterator[Person]:
        settings = read_settings({"LOKET_HOME": str(demo_home)})
        set_language(language)
        with contextlib.closing(sqlite3.connect(demo_home / "loket.db")) as database, database:
            database.execute("UPDATE login SET language = ?", (language,))
        portal = Portal(settings, read_operator(settings.content, []), AFTERNOON)
        async with portal.run_test(size=size) as pilot:
            person = Person(portal, pilot)
            await prepared(pilot)
            yield person
        set_language("en")

    return start


async def sign_in(person: Person, name: str, **waits: Any) -> str:
    """By keys alone."""
    await person.press(*name, "enter")
    keys = ["minus" if letter == "-" else letter for letter in PASSWORD]
    return await person.press(*keys, "enter", **waits)
