"""What must be true of the picture of a step: the balloon is there, says something, and hides nothing."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.geometry import Region

from app.content.tours import Step
from app.i18n import language
from app.tours.placement import Ask, core
from app.tours.scene import layout_of, popups
from app.tours.spotlight import Spotlight
from app.tours.wording import plain
from app.widgets.painted import Run


def mistakes(app: App[Any], spotlight: Spotlight, step: Step) -> list[str]:
    """What is wrong with the picture of a step, in words; nothing if it is right."""
    box, target = spotlight.box, spotlight.target_region
    if box is None or not spotlight.shown:
        return ["its balloon is not on the screen"]
    if target is None:
        return ["its control cannot be seen"]
    found = []
    if not app.screen.region.contains_region(box):
        found.append(f"its balloon {box} is not whole on the screen")
    found += covers(app, spotlight)
    return found + _wording(app, spotlight, step)


def covers(app: App[Any], spotlight: Spotlight) -> list[str]:
    """What the balloon on the screen hides that it must not, in words; nothing if all is free."""
    box, target = spotlight.box, spotlight.target_region
    if box is None:
        return []
    found = []
    if target is not None and box.overlaps(free := _kept_free(app, spotlight, target)):
        found.append(f"its balloon {box} lies over the control {free}")
    if any(box.overlaps(popup) for popup in popups(layout_of(app.screen))):
        found.append("its balloon lies over something that popped up")
    return found


def _kept_free(app: App[Any], spotlight: Spotlight, target: Region) -> Region:
    """What of the control must be seen: all of it, or a few rows of one that fills the screen."""
    ask = Ask(app.screen.region, target, lambda cells: 0, 0, kept=spotlight.kept_region)
    return core(ask)


def _wording(app: App[Any], spotlight: Spotlight, step: Step) -> list[str]:
    said = plain(app, step.text.in_language(language()))
    if not said.strip():
        return ["it says nothing"]
    found = ["a key in its text is not known"] if "  " in said or "{" in said else []
    shown = spotlight.text
    if shown is None or "".join(_words(shown.text)) != said:
        found.append("the balloon says something else")
    if shown is not None and not shown.place:
        found.append("the balloon does not say which step of how many it is")
    return found


def _words(text: str | tuple[Run, ...]) -> list[str]:
    return [text] if isinstance(text, str) else [part for part, _tone in text]
