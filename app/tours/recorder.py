"""Writes the draft of a tour while somebody does the task: places, controls, keys. The words come later."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from textual.app import App
from textual.widget import Widget
from textual.widgets import Input

from app.operations.core import registry
from app.tours.conditions import field_of
from app.tours.place import place_of
from app.tours.targets import cursor_row
from app.widgets.choice import Choice
from app.widgets.secret_input import SecretInput

MOVING: Final = frozenset(("tab", "shift+tab", "up", "down", "f1", "shift+f1", "f2", "alt+n", "alt+p"))
"""Keys that only lead somewhere: the guide does that itself."""
PLAIN: Final = frozenset(("enter", "escape", "space", "backspace", "delete", "left", "right"))
"""Keys that everybody has where they are."""
PASSWORD: Final = "$practice_password"  # noqa: S105 - a name, not a password


@dataclass
class Entry:
    """Keys that were pressed one after another at one control of one place."""

    place: str
    target: str
    widget: Widget
    keys: list[str] = field(default_factory=list)
    row: str = ""


class Recorder:
    """Is told of each key before it works, and of each operation that succeeded."""

    def __init__(self, app: App[Any], id: str) -> None:
        self.app, self.id = app, id
        self.steps: list[str] = []
        self.sample: dict[str, str] = {}
        self.outcome = ""
        self.succeeded: list[str] = []
        self._entry: Entry | None = None

    def key(self, key: str) -> None:
        """A key is about to be pressed."""
        widget, place = self.app.focused, place_of(self.app)
        if widget is None:
            return
        target = selector(widget)
        entry = self._entry
        if entry is None or (entry.place, entry.target) != (place, target):
            self.close()
            entry = self._entry = Entry(place, target, widget)
        if key not in MOVING:
            entry.keys.append(self._named(key))
            entry.row = cursor_row(widget)

    def done(self, operation: str) -> None:
        """An operation succeeded."""
        try:
            if registry.get(operation).changes:
                self.succeeded.append(operation)
        except (KeyError, ImportError):
            return

    def close(self) -> None:
        """The person went on: write down what was done at the last control, if it was anything."""
        entry, self._entry = self._entry, None
        if entry is None:
            return
        happened, self.succeeded = self.succeeded, []
        done, do = self._what(entry, happened)
        if not done or not do:
            return
        lines = [
            "[[step]]",
            f"id = {_text(f'step-{len(self.steps) + 1}')}",
            f"screen = {_text(entry.place)}",
            f"target = {_text(entry.target)}",
            *([f"row = {_text(entry.row)}"] if entry.row else []),
            *(["commit = true"] if happened else []),
            *(["secret = true"] if isinstance(entry.widget, SecretInput) else []),
            f"done = {done}",
            f"do = {do}",
            'text = { en = "", nl = "", de = "" }',
        ]
        self.steps.append("\n".join(lines))

    def _what(self, entry: Entry, happened: list[str]) -> tuple[str, str]:
        """When the step is done, and what does it; empty for what was only a look."""
        widget, place = entry.widget, place_of(self.app)
        keys = f"{{ keys = [{', '.join(map(_text, entry.keys))}] }}" if entry.keys else ""
        if happened:
            self.outcome = happened[-1]
            return f"{{ action = {_text(happened[-1])} }}", keys
        if isinstance(widget, Input):
            return f"{{ valid = {_text(entry.target)} }}", f"{{ type = {_text(self._typed(entry, widget))} }}"
        if isinstance(widget, Choice):
            return f"{{ chosen = {_text(entry.target)} }}", f"{{ choose = {_text(widget.value)} }}"
        return (f"{{ screen = {_text(place)} }}", keys) if place not in ("", entry.place) else ("", "")

    def _typed(self, entry: Entry, widget: Input) -> str:
        if isinstance(widget, SecretInput):
            return PASSWORD
        name = f"value{len(self.sample) + 1}"
        self.sample[name] = widget.value
        return f"${name}"

    def _named(self, key: str) -> str:
        """The id of the command that the key does, so that it fits whoever has other keys."""
        active = (
            None
            if key in PLAIN or isinstance(self.app.focused, Input)
            else self.app.screen.active_bindings.get(key)
        )
        return f"command:{active.binding.id}" if active is not None and active.binding.id else key

    def draft(self) -> str:
        """The whole file. Its words are empty: `loket tour lint` says what is missing."""
        self.close()
        place = self.steps[0].split("screen = ")[1].split("\n")[0].strip('"') if self.steps else ""
        sample = "".join(f"{name} = {_text(value)}\n" for name, value in self.sample.items())
        head = (
            f"schema = 1\nid = {_text(self.id)}\narea = {_text(place.partition('/')[0])}\n"
            f"outcome = {_text(self.outcome)}\nminutes = 1\n\n"
            '[title]\nen = ""\nnl = ""\nde = ""\n'
        )
        return "\n".join(
            [head, *([f"[sample]\n{sample}"] if sample else []), *(f"{each}\n" for each in self.steps)]
        )


def selector(widget: Widget) -> str:
    """How a tour names a control: by its field or its id, else by its class within what has one."""
    own = field_of(widget) or widget
    if own.id:
        return f"#{own.id}"
    name = type(widget).__name__
    holder = next((node for node in widget.ancestors if isinstance(node, Widget) and node.id), None)
    return name if holder is None else f"#{holder.id} {name}"


def _text(value: str) -> str:
    # A JSON string is a TOML basic string.
    return json.dumps(value, ensure_ascii=False)
