"""The log: only for its owner, of one line each, never in the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import log
from app.content.tour_list import Tours


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests look at what is logged."""
    yield
    logger = logging.getLogger(log.NAME)
    logger.handlers = [each for each in logger.handlers if not isinstance(each, log.LogFile)]
    logger.propagate = True


def test_a_broken_tour_is_told_to_the_operator(tmp_path: Path) -> None:
    home = tmp_path / "home"
    log.keep_log(home)
    log.keep_log(home)
    assert not home.exists()
    (tmp_path / "tours").mkdir()
    (tmp_path / "tours" / "mine.toml").write_text("schema = ")
    Tours(tmp_path)
    file = home / "loket.log"
    [line] = file.read_text().splitlines()
    assert "WARNING loket.tours: A tour is left out. tours/mine.toml: This is not TOML" in line
    assert file.stat().st_mode & 0o077 == 0


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 200)
    log.keep_log(tmp_path)
    for number in range(20):
        logging.getLogger("loket.test").warning("line %s\nand more", number)
    assert {path.name for path in tmp_path.iterdir()} == {"loket.log", "loket.log.1"}
    assert all(path.stat().st_size < 400 for path in tmp_path.iterdir())
    assert "line 19 and more" in (tmp_path / "loket.log").read_text()


def test_a_log_that_cannot_be_written_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    log.keep_log(tmp_path / "file" / "home")
    logging.getLogger("loket.test").warning("lost")
    assert capsys.readouterr().err == ""
