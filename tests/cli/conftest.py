"""A command line whose database lies in a folder of the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli import main
from app.clock import FixedClock
from app.store import Store


class Answer(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, or the error, as an object."""
        return json.loads(self.out or self.err)


Loket = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty LOKET_HOME."""
    home = tmp_path / "home"
    for name in ("LOKET_DATABASE_URL", "LOKET_CONTENT", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOKET_HOME", str(home))
    return home


@pytest.fixture
def loket(home: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]) -> Loket:
    """Run a command in this process, without a database yet."""

    def run(*argv: str) -> Answer:
        capsys.readouterr()
        code = main(argv, clock)
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def filled(loket: Loket, store: Store, monkeypatch: pytest.MonkeyPatch) -> Loket:
    """Run a command on the database of the fixture `store`."""
    monkeypatch.setenv("LOKET_DATABASE_URL", store.url)
    return loket
