"""What most tests start from: the operator's content, an empty database, a clock that stands still."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content, load_content
from app.i18n import set_language
from app.operations.core.visit import Visit
from app.settings import shipped_content
from app.store import Store
from tests.factories import Factory
from tests.made_once import made_once

pytest_plugins = (
    "pytester",
    "tests.capabilities",
    "tests.quick_pilot",
    "tests.light_hashes",
    "tests.compiled_once",
    "tests.databases.choice",
)


if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Begun in the background of a shell: Ctrl+C would be ignored by the programs that tests start, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of real terminals, servers and browsers mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Proofs that take minutes run when they are asked for with `-m long`; the last line counts them."""
    if "long" not in str(config.getoption("markexpr")):
        later = [item for item in items if item.get_closest_marker("long")]
        items[:] = [item for item in items if not item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=later)


THRESHOLD = (7_000, 20, 50)
"""How often the collector looks for garbage: the heap of a thousand tests is large."""
KEPT_PORTALS = 20
"""Tests of a screen after which what they left is collected: each leaves about ten megabytes."""
_started = count(1)


def pytest_collection_finish() -> None:
    """The tests themselves and what they import are no garbage."""
    collect_all()


def collect_all() -> None:
    """Collect what is left, and pass over what is still needed from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLD)


@pytest.fixture(autouse=True)
def nothing_is_kept_for_ever() -> Iterator[None]:
    """A portal tells the collector to pass over what was there at its start: here that is earlier tests."""
    yield
    set_language("en")
    if gc.get_threshold() != THRESHOLD:
        gc.set_threshold(*THRESHOLD)
        gc.unfreeze()
        if next(_started) % KEPT_PORTALS == 0:
            collect_all()


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that comes with the product."""
    return load_content(shipped_content())


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database; migrating takes a second, copying does not."""
    from app.store.schema import ensure_schema

    def make(folder: Path) -> None:
        store = Store(f"sqlite:///{folder / 'loket.db'}")
        ensure_schema(store)
        with store.transaction():
            pass
        store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()

    return made_once(tmp_path_factory, "template", make) / "loket.db"


@pytest.fixture
def store(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database of this test's own, of the kind that is asked for."""
    if database == "postgres":
        yield from request.getfixturevalue("postgres").empty_store(tmp_path)
        return
    template_database = request.getfixturevalue("template_database")
    path = tmp_path / "loket.db"
    shutil.copyfile(template_database, path)
    opened = Store(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FixedClock:
    """Noon on 21 November 2026, UTC."""
    return FixedClock(int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()))


@pytest.fixture
def factory(store: Store, content: Content, clock: FixedClock) -> Factory:
    """Makes accounts, lines and usage in this test's database."""
    return Factory(store, content, clock)


@pytest.fixture
def make_account(factory: Factory) -> Callable[..., int]:
    """`make_account(name)`: a customer's id."""
    return factory.account


@pytest.fixture
def make_line(factory: Factory) -> Callable[..., int]:
    """`make_line(account_id, **fields)`: a line's id."""
    return factory.line


@pytest.fixture
def add_usage(factory: Factory) -> Callable[..., int]:
    """`add_usage(line_id, kind, volume, start, place)`: a rated record's id."""
    return factory.usage


@pytest.fixture
def account_id(factory: Factory) -> int:
    """The customer that the visits below belong to."""
    return factory.account("Molenwerf Bouw B.V.")


@pytest.fixture
def admin_visit(factory: Factory, account_id: int) -> Visit:
    """An admin of that customer."""
    login = factory.login(account_id, "admin", name="Anna Admin")
    return factory.visit("admin", account_id, login_id=login, person="Anna Admin")


@pytest.fixture
def user_visit(factory: Factory, account_id: int) -> Visit:
    """An employee of that customer with a line of their own."""
    line = factory.line(account_id, person="Emma Employee")
    login = factory.login(account_id, "user", name="Emma Employee", line_id=line)
    return factory.visit("user", account_id, login_id=login, person="Emma Employee", own_line_id=line)


@pytest.fixture
def agent_visit(factory: Factory) -> Visit:
    """An agent of the operator who has not opened an account."""
    login = factory.login(None, staff_role="agent", name="Arie Agent")
    return factory.visit("agent", None, login_id=login, person="Arie Agent")


@pytest.fixture
def assisting_visit(factory: Factory, agent_visit: Visit, account_id: int) -> Visit:
    """The same agent working for that customer, whose caller was verified."""
    return factory.assisting(agent_visit, account_id)
