"""`loket tour walk` and `loket tour shots`, as who writes tours uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.settings import Settings
from tests.tours.conftest import AFTERNOON

Loket = Callable[..., tuple[int, str, str]]


@pytest.fixture
def loket(
    practice_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Loket:
    """`loket(*words)`: the exit code, what it wrote and what it complained of."""
    monkeypatch.setenv("LOKET_HOME", str(practice_settings.home))

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["tour", *words], AFTERNOON)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_walk_says_that_the_tour_works(loket: Loket) -> None:
    code, out, _err = loket("walk", "mailings", "--size", "60x20", "--language", "de", "--theme", "light")
    assert code == 0
    assert out.startswith("✓ mailings  60x20, de, light, guide")


def test_a_walk_says_where_a_tour_stumbles_and_why(loket: Loket, broken_content: Path) -> None:
    code, out, _err = loket("walk", "mailings", "--json")
    (found,) = json.loads(out)
    assert code == 2
    assert found["step"] == "topic"
    assert "NoSuchPanel" in found["problem"]
    assert "PRACTICE" in found["screen"]


def test_pictures_of_the_steps(loket: Loket, tmp_path: Path) -> None:
    code, out, _err = loket("shots", "mailings", str(tmp_path / "shots"))
    assert code == 0
    names = [path.name for path in sorted((tmp_path / "shots").iterdir())]
    page = "mailings-80x24-en-dark.md"
    assert names == ["mailings-01-tab-80x24-en-dark.svg", "mailings-02-topic-80x24-en-dark.svg", page]
    assert all(name in out for name in names)
    assert "1/2" in (tmp_path / "shots" / names[0]).read_text(encoding="utf-8")
    text = (tmp_path / "shots" / page).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert all(f"]({name})" in text for name in names[:2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("walk", "mailing"), "Did you mean 'mailings'?"),
        (("walk", "--size", "huge"), "is not a size"),
        (("shots", "mailings", "/dev/null/here"), "cannot be made"),
    ],
)
def test_what_was_asked_wrongly_is_said(words: tuple[str, ...], said: str, loket: Loket) -> None:
    code, out, err = loket(*words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.fixture
def broken_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The operator's folder with a tour of its own that points at nothing."""
    import shutil

    from app.settings import shipped_content

    folder = tmp_path / "content"
    shutil.copytree(shipped_content(), folder, ignore=shutil.ignore_patterns("reference"))
    path = folder / "tours" / "mailings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("NoticesPanel", "NoSuchPanel"), encoding="utf-8")
    monkeypatch.setenv("LOKET_CONTENT", str(folder))
    monkeypatch.setattr("app.tours.walk.PATIENCE", 1.5)
    return folder
