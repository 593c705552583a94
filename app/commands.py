"""Everything a person can do by key, in one registry.

A command is a Textual binding with an id ("line.limit"): the line of keys, the finder and the key reference
read the bindings of what has the focus, and this module gathers those of the whole portal, for remapping.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding
from textual.dom import DOMNode

from app.key_names import key_name, key_names

__all__ = ["Command", "commands", "key_name", "key_names"]

PACKAGES: Final = ("app.widgets", "app.screens")
MODULES: Final = ("app.guided", "app.tours.task_list")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `keys` are Textual key names with commas between, `title` is the English source of what is shown,
    `owner` is the class that offers it.
    """

    id: str
    keys: str
    title: str
    action: str
    owner: type[DOMNode]

    @property
    def group(self) -> str:
        """The first part of the id: commands of one group are reachable together."""
        return self.id.partition(".")[0]


def commands() -> dict[str, Command]:
    """Every command by id. Imports all screens: not for the way to the first screen."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    for name in MODULES:
        importlib.import_module(name)
    found: dict[str, Command] = {}
    for owner in sorted(_classes(DOMNode), key=lambda each: (each.__module__, each.__qualname__)):
        for binding in _own_bindings(owner):
            if not binding.id:
                continue
            keys = binding.key
            if binding.id in found:
                known = found[binding.id].keys
                keys = known if keys in known else f"{known},{keys}"
            found[binding.id] = Command(binding.id, keys, binding.description, binding.action, owner)
    return found


def _classes(base: type[DOMNode]) -> set[type[DOMNode]]:
    found: set[type[DOMNode]] = set()
    for each in base.__subclasses__():
        found |= _classes(each)
        if each.__module__.startswith("app."):
            found.add(each)
    return found


def _own_bindings(owner: type[DOMNode]) -> Iterator[Binding]:
    declared: Iterable[object] = owner.__dict__.get("BINDINGS", ())
    return (binding for binding in declared if isinstance(binding, Binding))
