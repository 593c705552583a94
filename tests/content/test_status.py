"""The operator's notices: read from a file that may be absent, and shown in their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.content.check import check_content
from app.content.status import FILE, read_status
from app.operations.core import perform
from tests.content.conftest import SECOND, SHIPPED
from tests.factories import Factory

NOTICE = """
[[notice]]
kind = "{kind}"
begins = {begins}
{ends}
title = {{ en = "{title}", nl = "N", de = "D" }}
text = {{ en = "t", nl = "t", de = "t" }}
"""


def notice(title: str, kind: str, begins: str, ends: str = "") -> str:
    return NOTICE.format(title=title, kind=kind, begins=begins, ends=f"ends = {ends}" if ends else "")


@pytest.fixture
def titles(factory: Factory, tmp_path: Path) -> Callable[[str], list[tuple[str, bool]]]:
    """The titles that a visitor sees of a file, and whether each is so now."""

    def seen(text: str) -> list[tuple[str, bool]]:
        (tmp_path / FILE).write_text(text)
        visit = factory.visit("visitor")
        visit.content = replace(visit.content, folder=tmp_path)
        return [(row.title, row.now) for row in perform(visit, "status.current")]

    return seen


def test_the_shipped_file_and_an_absent_one_are_sound() -> None:
    assert read_status(SHIPPED, errors := []) != ()
    assert read_status(SECOND, errors) == ()
    assert errors == []


def test_what_is_so_now_comes_first_and_what_is_over_is_gone(
    titles: Callable[[str], list[tuple[str, bool]]],
) -> None:
    file = (
        notice("over", "fault", "2026-11-20T00:00:00Z", "2026-11-21T12:00:00Z")
        + notice("planned", "maintenance", "2026-11-30T00:00:00Z", "2026-11-30T04:00:00Z")
        + notice("later", "message", "2026-11-22T00:00:00Z")
        + notice("known", "message", "2026-11-01T00:00:00Z")
        + notice("broken", "fault", "2026-11-21T11:00:00+01:00")
    )
    assert titles(file) == [("broken", True), ("known", True), ("planned", False)]


def test_what_is_written_now_shows_at_once_and_a_wrong_one_takes_no_other_along(
    titles: Callable[[str], list[tuple[str, bool]]],
) -> None:
    sound = notice("known", "message", "2026-11-01T00:00:00Z")
    assert titles("") == []
    assert titles(sound + notice("wrong", "riddle", "2026-11-01T00:00:00Z")) == [("known", True)]


def test_the_check_says_what_is_wrong(folder: Path) -> None:
    (folder / FILE).write_text(
        notice("a", "fault", "2026-11-30T00:00:00", "2026-11-29T00:00:00Z")
        + notice("b", "fault", "2026-11-30T00:00:00Z", "2026-11-29T00:00:00Z")
    )
    said = [f"{each.key} {each.problem}" for each in check_content(folder) if each.file == FILE]
    assert said == [
        "notice[1].begins 2026-11-30 00:00:00 does not say in which zone.",
        "notice[2].ends It ends before it begins.",
    ]
