"""What walks through tours start from: one practice world for all processes, a clock that stands still."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.content.tours import Tour
from app.portal import Portal
from app.settings import Settings, read_settings
from app.tours.practice_copies import practice_copy, throw_away
from app.tours.walk import See, walk
from app.tours.walk_setting import How
from tests.made_once import made_once

AFTERNOON = FixedClock(int(datetime(2026, 11, 20, 15, 30, tzinfo=UTC).timestamp()))
LANGUAGES = ("en", "nl", "de")


@pytest.fixture(scope="session")
def practice_settings(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Settings:
    """Settings whose home has the practice world in each language already."""

    def make(home: Path) -> None:
        for language in LANGUAGES:
            settings = read_settings({"LOKET_HOME": str(home)})
            throw_away(practice_copy(settings, content, AFTERNOON, "", language)[0])

    return read_settings({"LOKET_HOME": str(made_once(tmp_path_factory, "practice-home", make))})


WalkTour = Callable[..., Awaitable[None]]


@pytest.fixture
def walk_tour(practice_settings: Settings, content: Content) -> WalkTour:
    """`await walk_tour(tour, how)`: walks it on a fresh copy; raises Stumbled."""

    async def walked(tour: Tour, how: How, see: See | None = None) -> None:
        await walk(Portal, practice_settings, content, AFTERNOON, tour, how, see)

    return walked


@pytest.fixture(scope="session")
def tours(content: Content) -> Mapping[str, Tour]:
    """All tours that come with the product, by id."""
    return content.tours.tours


def changed(tour: Tour, step: str, **fields: object) -> Tour:
    """The same tour with one step changed."""
    steps = tuple(replace(each, **fields) if each.id == step else each for each in tour.steps)  # type: ignore[arg-type]
    return replace(tour, steps=steps)
