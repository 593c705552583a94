"""Which database tests run on: with `--database=postgres` all that can run on PostgreSQL, and nothing else;
without it those that are marked `both_databases` run on both."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.store import Store
from tests.databases.postgres import Databases, server_of, template_of


def pytest_addoption(parser: pytest.Parser) -> None:
    """The kind of database."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="where tests store")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Twice what is marked so."""
    if "database" not in metafunc.fixturenames or metafunc.config.getoption("--database") != "sqlite":
        return
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgres"], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, what knows files of SQLite has nothing to look at."""
    if config.getoption("--database") == "postgres":
        kept = [item for item in items if _stores(item) and not item.get_closest_marker("sqlite_only")]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _stores(item: pytest.Item) -> bool:
    return bool({"database", "template"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`."""
    return str(getattr(request, "param", request.config.getoption("--database")))


@pytest.fixture
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Store], Store]]:
    """`copied(store)`: the same in another database; nobody may change the first meanwhile."""
    made: list[Store] = []

    def copy(store: Store) -> Store:
        if store.dialect == "postgresql":
            made.append(request.getfixturevalue("postgres").twin(store))
        else:
            path = tmp_path / "twin.db"
            sqlite3.connect(urlsplit(store.url).path[1:]).execute("VACUUM INTO ?", (str(path),))
            made.append(Store(f"sqlite:///{path}"))
        return made[-1]

    yield copy
    for store in made:
        store.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Databases of this process on the server of this run."""
    server = server_of(tmp_path_factory)
    return Databases(server, template_of(server, tmp_path_factory))
