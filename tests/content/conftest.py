"""Copies of an operator's folder that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content.check import check_content
from app.content.errors import ContentError

SHIPPED = Path(__file__).resolve().parents[2] / "data"
SECOND = Path(__file__).parent / "fixtures" / "fjordlink"

Broken = Callable[[str, str, str], list[ContentError]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped operator without its tours and reference tables, which then come with Loket."""
    copy = tmp_path / "operator"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("reference", "locale", "tours"))
    (copy / "tours").mkdir()
    return copy


@pytest.fixture
def broken(folder: Path) -> Broken:
    """Replace a text in a file of the copy and tell what the check says."""

    def change(file: str, old: str, new: str) -> list[ContentError]:
        path = folder / file
        before = (path if path.exists() else SHIPPED / file).read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        return check_content(folder)

    return change
