"""Home from any depth: what lies over the first screen is left one after another, as Esc leaves it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from textual.app import App
from textual.screen import Screen

LOOK_SECONDS: Final = 0.05
PATIENCE: Final = 2.0
"""How long a screen that was told to close may take."""
ANSWERED: Final = 0.5
"""How long it may take once its question was answered."""
STAYS: Final = ("IdleWarning", "TooSmall", "PracticeWait")
"""Screens whose every key means something else, or that go away by themselves."""


def may_go_home(app: App[Any]) -> bool:
    """Whether something lies over the first screen that can be left."""
    stack = app.screen_stack
    return len(stack) > 1 and type(stack[-1]).__name__ not in STAYS


async def leave_all(app: App[Any]) -> bool:
    """Leave all that lies over the first screen; False where the person keeps what is not saved.

    To be awaited in a worker: questions wait for their answer.
    """
    while may_go_home(app):
        if not await leave(app, app.screen):
            return False
    return len(app.screen_stack) == 1


async def leave(app: App[Any], screen: Screen[Any]) -> bool:
    """Leave one screen as Esc does; whether it has gone."""
    known, loop = set(app.screen_stack), asyncio.get_running_loop()
    for name in ("action_leave", "action_close"):
        if hasattr(screen, name):
            getattr(screen, name)()
            break
    else:
        screen.dismiss()
    until = loop.time() + PATIENCE
    while screen in app.screen_stack and loop.time() < until:
        await asyncio.sleep(LOOK_SECONDS)
        if not set(app.screen_stack) <= known:  # it asks, and the person may take long to answer
            until = loop.time() + ANSWERED
    return screen not in app.screen_stack
