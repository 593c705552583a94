"""Somebody who presses anything while a tour runs: nothing breaks, and no balloon ever hides its control."""

from __future__ import annotations

import random
from typing import Any

import pytest
from textual.app import App, ScreenStackError
from textual.pilot import Pilot

from app.content import Content
from app.content.tour_list import read_tours
from app.portal import Portal
from app.settings import Settings, shipped_content
from app.tours.host import Host
from app.tours.walk import Walk
from app.tours.walk_check import covers
from app.tours.walk_setting import How, at_work
from tests.tours.conftest import AFTERNOON
from tests.tours.test_walk import SIZES, THEMES

TOURS = read_tours(shipped_content(), [])
KEYS = (
    *("tab", "shift+tab", "enter", "escape", "up", "down", "left", "right", "space", "backspace"),
    *("f1", "alt+n", "shift+f1", "alt+p", "f2", "pageup", "pagedown", "home", "end", "question_mark"),
    *("1", "2", "3", "4", "5", "6", "ctrl+k", "ctrl+g", "ctrl+j", "slash", "a", "l", "r", "x", "0"),
)
RARE = ("ctrl+l", "f3", "f5", "f6")
PRESSED = 30
MANY_PRESSED = 150
SEEDS = range(2)
MANY_SEEDS = range(100)


async def pressed_at_random(seed: int, count: int, settings: Settings, content: Content) -> None:
    """Start a tour and press so many keys; the same ones for the same seed."""
    chance = random.Random(seed)
    tour = TOURS[chance.choice(sorted(TOURS))]
    how = How(chance.choice(SIZES), chance.choice(("en", "nl", "de")), chance.choice(THEMES))
    login = "" if tour.audience == "visitor" else tour.login
    done: list[str] = []
    async with at_work(Portal, settings, content, AFTERNOON, login, how) as (app, pilot):
        await Walk(app, pilot, tour, how).start()
        for _turn in range(count):
            key = chance.choice(RARE if chance.random() < 0.02 else KEYS)
            done.append(key)
            await pilot.press(key)
            if chance.random() < 0.05:
                await pilot.resize_terminal(*chance.choice(SIZES))
                done.append("resize")
            await check(app, pilot, f"{tour.id}, {how}, seed {seed}: {' '.join(done)}")


async def check(app: App[Any], pilot: Pilot[Any], told: str) -> None:
    """The portal lives, and the balloon, if there is one, hides nothing that matters."""
    await pilot.pause()
    host: Host | None = app.host  # type: ignore[attr-defined]
    assert app.is_running, told
    try:
        front = app.screen
    except ScreenStackError:
        return  # one screen takes the place of another
    spotlight = None if host is None else host.spotlight
    if spotlight is not None and spotlight.shown and spotlight.screen is front:
        assert not covers(app, spotlight), told


@pytest.mark.parametrize("seed", SEEDS)
async def test_any_keys_break_nothing(seed: int, practice_settings: Settings, content: Content) -> None:
    await pressed_at_random(seed, PRESSED, practice_settings, content)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY_SEEDS)
async def test_many_keys_break_nothing(seed: int, practice_settings: Settings, content: Content) -> None:
    await pressed_at_random(1000 + seed, MANY_PRESSED, practice_settings, content)
