"""What menus are made of: an operation with how it is asked for, several operations in a row, other menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.cli.plain.talk import Talk


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation under a plain title; what it takes is asked line by line.

    Texts are English and translated when they are said.
    """

    title: str
    operation: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that this entry gives by itself."""
    leave: tuple[str, ...] = ()
    """Parameters that keep their default."""
    first: tuple[str, ...] = ()
    """Reads that are said before anything is asked."""
    shows: str = ""
    """The read of what was chosen, said before it is confirmed."""
    sure: str = ""
    """What is asked before something that hurts; "yes" has to be typed."""
    done: str = ""
    """What is said afterwards in place of the answer."""
    empty: str = ""
    """What an empty list says."""
    opens: str = ""
    """The read that says a row in full, given its id."""


@dataclass(frozen=True, slots=True)
class Step:
    """Several operations after one another, such as asking for a code and typing it."""

    title: str
    run: Callable[[Talk, dict[str, Any]], None]
    operations: tuple[str, ...]
    """What it performs; it is offered to who may do the first of them."""
    offered: Callable[[Talk], bool] = lambda _talk: True


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries under a title. about: the parameter that is asked once for all of them, as `line_id`."""

    title: str
    entries: tuple[Item, ...]
    about: str = ""
    offered: Callable[[Talk], bool] = lambda _talk: True


Item = Entry | Step | Menu


def operations_of(item: Item) -> Iterator[str]:
    """The operations that a person can start from an item and all below it."""
    if isinstance(item, Menu):
        for each in item.entries:
            yield from operations_of(each)
    elif isinstance(item, Step):
        yield from item.operations
    else:
        yield item.operation
        yield from item.first
        yield from filter(None, (item.opens, item.shows))
