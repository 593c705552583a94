"""Where somebody is: the name of what is in front, as the steps of tours write it."""

from __future__ import annotations

import re
from typing import Any

from textual.app import App, ScreenStackError
from textual.screen import Screen


def place_of(app: App[Any]) -> str:
    """The place in front: an area with its part ("my_data/login"), or the screen or dialog over it."""
    screen = front(app)
    return "" if screen is None else place_of_screen(screen)


def front(app: App[Any]) -> Screen[Any] | None:
    """The screen that gets the keys; None while one takes the place of another."""
    try:
        return app.screen
    except ScreenStackError:
        return None


def place_of_screen(screen: Screen[Any]) -> str:
    """What the screen says of itself, or the name of its class."""
    own = getattr(screen, "place", "")
    return str(own) if own else snake_case(type(screen).__name__)


def inside(place: str, wanted: str) -> bool:
    """Whether a place is the wanted one, or a part of it."""
    return bool(wanted) and (place == wanted or place.startswith(f"{wanted}/"))


def snake_case(name: str) -> str:
    """QuoteDialog is quote_dialog."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
