"""What stands in a balloon: the step's text with the person's own keys in it, and the keys of the guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from textual.app import App
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widgets import Input

from app.content.tour_texts import PLACEHOLDER
from app.i18n import _, mark
from app.key_names import key_name
from app.widgets.balloon_page import BalloonKey
from app.widgets.painted import Run

GUIDE_KEYS: Final = {
    "tour.next": mark("Next"),
    "tour.back": mark("Back"),
    "tour.leave": mark("Stop"),
    "tour.show_me": mark("Show me"),
}
"""The commands of a running tour as the balloon names them, the most important first."""
_SPOKEN: Final = {
    "enter": mark("Enter"), "escape": mark("Esc"), "tab": mark("Tab"), "space": mark("Space"),
    "shift+tab": mark("Shift+Tab"),
}  # fmt: skip


def runs_of(app: App[Any], text: str) -> tuple[Run, ...]:
    """A text of a tour, with each {key:...} as the key that the person has."""
    runs: list[Run] = []
    done = 0
    for found in PLACEHOLDER.finditer(text):
        runs += [(text[done : found.start()], ""), (named_key(app, found[1]), "key")]
        done = found.end()
    runs.append((text[done:], ""))
    return tuple(run for run in runs if run[0])


def plain(app: App[Any], text: str) -> str:
    """The same as one text."""
    return "".join(part for part, _tone in runs_of(app, text))


def named_key(app: App[Any], name: str) -> str:
    """A key for people, from its own name or from the id of a command."""
    return spoken(pressed_key(app, name) if "." in name else name)


def spoken(key: str) -> str:
    """A key in words, where its sign says little to somebody who is new."""
    return _(_SPOKEN[key]) if key in _SPOKEN else key_name(key)


def pressed_key(app: App[Any], command: str) -> str:
    """The key on which a command is now; one that is no letter while letters are typed. Empty without one."""
    keys = list(keys_of(app, command))
    typing = isinstance(app.focused, Input)
    usable = [key for key in keys if not (typing and _prints(key))]
    return (usable or keys or [""])[0]


def keys_of(app: App[Any], command: str) -> Iterable[str]:
    """All keys of a command, those that work in front of the others."""
    found = [key for screen in reversed(app.screen_stack) for key in _bound(screen, command)]
    if not found:
        from app.commands import commands

        known = commands().get(command)
        own = app._keymap.get(command)
        found = (own or (known.keys if known else "")).split(",")
    return dict.fromkeys(key.strip() for key in found if key.strip())


def _bound(screen: Screen[Any], command: str) -> Iterable[str]:
    for _node, bindings in screen._binding_chain:
        for key, each in bindings.key_to_bindings.items():
            if any(binding.id == command for binding in each):
                yield key


def _prints(key: str) -> bool:
    return (key_to_character(key) or "\n").isprintable()


def guide_keys(app: App[Any], actions: Iterable[str]) -> tuple[BalloonKey, ...]:
    """The keys at the foot of a balloon."""
    found = []
    for action in actions:
        keys = [key_name(key) for key in keys_of(app, action)]
        found.append(
            BalloonKey(
                "/".join(keys[:2]) if action == "tour.next" else keys[0], _(GUIDE_KEYS[action]), action
            )
        )
    return tuple(found)
