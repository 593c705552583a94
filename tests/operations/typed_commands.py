"""A call of an operation as somebody types it."""

from __future__ import annotations

from typing import Any

from app.cli.parameters import parameters
from app.cli.shapes import SPELLINGS, command_of
from app.operations.core.registry import Operation


def words(operation: Operation, given: dict[str, Any]) -> list[str]:
    """The same call as somebody types it."""
    typed = command_of(operation.name).split()[1:]
    for each in parameters(operation.function, SPELLINGS.get(operation.name, {})):
        if each.name not in given:
            continue
        value = given[each.name]
        if each.kind == "bool":
            typed.append(each.option if value else each.option.replace("--", "--no-", 1))
        elif isinstance(value, list | tuple):
            typed += [each.option, *map(str, value)]
        else:
            typed += [each.option, str(value)]
    return typed
