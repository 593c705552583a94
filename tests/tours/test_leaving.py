"""A tour can be left at any step: what was typed and chosen stays as it is, and the screen too."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from textual.app import App
from textual.widget import Widget
from textual.widgets import Input

from app.clock import Clock
from app.content import Content
from app.content.tour_list import read_tours
from app.content.tours import Step, Tour
from app.portal import Portal
from app.settings import Settings, shipped_content
from app.tours.place import place_of
from app.tours.walk import Walk
from app.tours.walk_keys import step_keys
from app.tours.walk_setting import How, at_work
from app.widgets.choice import Choice
from tests.tours.conftest import AFTERNOON
from tests.tours.test_walk import rotated

TOURS = read_tours(shipped_content(), [])
ONE_IN = 12


def number_of(text: str) -> int:
    """The same for the same text, and evenly spread."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def some(of: int) -> list[str]:
    """A part of the tours, and at least one of them."""
    return [id for id in TOURS if number_of(id) % of == 0] or list(TOURS)[:1]


def held(app: App[Any]) -> list[tuple[Widget, object]]:
    """What every field and every choice on the screen holds."""
    widgets = [each for each in app.screen.query("*").results(Widget) if isinstance(each, Input | Choice)]
    return [(each, each.value) for each in widgets]


async def left_at(tour: Tour, at: Step, how: How, settings: Settings, content: Content, clock: Clock) -> None:
    """Walk to a step, do half of it, press Esc."""
    login = "" if tour.audience == "visitor" else tour.login
    async with at_work(Portal, settings, content, clock, login, how) as (app, pilot):
        walk = Walk(app, pilot, tour, how)
        await walk.start()
        assert walk.guide is not None
        if at not in walk.guide.steps:
            pytest.skip("who walks this tour has no need of this step")
        for step in walk.guide.steps:
            await walk.reach(step)
            if step is at:
                break
            await walk.do(step)
        if at.do.type:
            secrets = await walk.proof.secrets(at)
            await walk.press(*step_keys(app, tour, at, walk._target(at), secrets))
        await pilot.pause()
        before, place, focused = held(app), place_of(app), app.focused
        await pilot.press("escape")
        await walk._until(lambda: walk.guide is None, "Esc does not leave the tour")
        await pilot.pause()
        assert held(app) == before
        assert place_of(app) == place
        assert app.focused is focused
        assert not walk.app.helper().spotlight.shown  # type: ignore[attr-defined]


def step_to_leave(tour: Tour) -> Step:
    """Where something is typed, if anywhere; else a step that the tour's name decides."""
    typed = [step for step in tour.steps if step.do.type and not (step.when or step.skip_if)]
    sure = [step for step in tour.steps if not (step.when or step.skip_if)]
    return (typed or sure)[number_of(tour.id + " leave") % len(typed or sure)]


@pytest.mark.capability("HB-05")
@pytest.mark.parametrize("id", some(ONE_IN))
async def test_a_tour_is_left_half_way(id: str, practice_settings: Settings, content: Content) -> None:
    tour = TOURS[id]
    await left_at(tour, step_to_leave(tour), rotated(id), practice_settings, content, AFTERNOON)


@pytest.mark.long
@pytest.mark.parametrize(
    ("id", "step"), [(id, step.id) for id, tour in TOURS.items() for step in tour.steps if not step.when]
)
async def test_a_tour_is_left_at_each_step(
    id: str, step: str, practice_settings: Settings, content: Content
) -> None:
    tour = TOURS[id]
    await left_at(tour, tour.step(step), How(), practice_settings, content, AFTERNOON)
