"""Tasks of lines, by who does something else than the steps show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from app.content import Content
from app.content.tours import Tour
from app.portal import Portal
from app.settings import Settings
from app.tours.place import place_of
from app.tours.walk import Walk
from app.tours.walk_setting import How, at_work
from tests.tours.conftest import AFTERNOON

Begin = Callable[..., AbstractAsyncContextManager[Walk]]


@pytest.fixture
def begin(practice_settings: Settings, content: Content, tours: Mapping[str, Tour]) -> Begin:
    """`async with begin(id, step) as walk`: a tour that stands at a step; those before it are done."""

    @asynccontextmanager
    async def at(id: str, step: str, login: str = "admin") -> AsyncIterator[Walk]:
        how, tour = How(), tours[id]
        async with at_work(Portal, practice_settings, content, AFTERNOON, login, how) as (portal, pilot):
            walk = Walk(portal, pilot, tour, how)
            await walk.start()
            assert walk.guide is not None
            for each in walk.guide.steps:
                await walk.reach(each)
                if each.id == step:
                    break
                await walk.do(each)
            yield walk

    return at


async def test_another_question_is_not_taken_for_the_one_of_the_task(begin: Begin) -> None:
    async with begin("roaming-bundle-enable", "bundle") as walk:
        await walk.press("home", "enter")  # this bundle is on
        await walk._until(lambda: place_of(walk.app) == "bundle_question", "no question came")
        assert walk.guide is not None
        told = walk.guide.presenter
        # The way back, not that the bundle is taken off.
        await walk._until(lambda: told.speaks and told.step == "", "it still says what the task does next")
        await walk.press("escape")
        await walk.reach(walk.tour.step("bundle"))


async def test_a_sim_card_needs_no_question_about_the_device(begin: Begin) -> None:
    async with begin("feature-order", "sim") as walk:
        await walk.press("home", "enter")
        for step in ("price", "accept"):
            await walk.reach(walk.tour.step(step))
            await walk.do(walk.tour.step(step))
        assert walk.guide is None


@pytest.mark.parametrize(
    "login, step, shown",
    [("employee", "tab", ["tab", "record", "why"]), ("admin", "line", ["line", "tab", "record", "why"])],
)
async def test_an_employee_is_not_sent_through_a_list_of_lines(
    login: str, step: str, shown: list[str], begin: Begin
) -> None:
    async with begin("why-this-price", step, login) as walk:
        assert walk.guide is not None
        assert [each.id for each in walk.guide.steps] == shown
