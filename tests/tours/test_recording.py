"""The draft of a tour from somebody who does the task."""

from __future__ import annotations

import tomllib
from typing import Any, cast

from app.content import Content
from app.settings import Settings
from app.tours.walk_setting import How, at_work
from app.walking.record import RecordingPortal
from tests.screens.my_products.steps import Person
from tests.tours.conftest import AFTERNOON


def make(*arguments: Any) -> RecordingPortal:
    return RecordingPortal(*arguments, tour="limit-of-a-line")


async def test_places_controls_and_keys_are_written_down(
    practice_settings: Settings, content: Content
) -> None:
    async with at_work(make, practice_settings, content, AFTERNOON, "admin", How()) as (app, pilot):
        person = Person(cast(RecordingPortal, app), pilot)
        await person.press("3", sees="State")
        await person.press("enter", sees="Overview")
        await person.press("l", sees="Hard limit")
        await person.press("enter", sees="Choose")
        await person.press("up", "enter", misses="Choose")
        recorder = cast(RecordingPortal, app).recorder
        while not recorder.succeeded:  # a person looks at what became of it before going on
            await pilot.pause(0.01)
        await person.press("tab", "f1")
        draft = tomllib.loads(recorder.draft())
    assert draft["id"] == "limit-of-a-line"
    assert draft["outcome"] == "limits.set"
    opened, tab, limit, chosen = draft["step"][-4:]
    assert (opened["screen"], opened["target"]) == ("my_products/lines", "#lines-table")
    assert opened["done"]["screen"].startswith("my_products/line")
    assert tab["do"] == {"keys": ["command:line.limits"]}
    assert (limit["row"], limit["done"]) == ("limit", {"screen": "choose"})
    assert chosen["target"] == "#choices"
    assert chosen["commit"]
    assert chosen["done"] == {"action": "limits.set"}
    assert chosen["do"] == {"keys": ["enter"]}
