"""Every read answers in JSON, text and CSV; every refusal is an object with an exit code."""

from __future__ import annotations

import json

import pytest

from app.cli.parameters import Parameter, parameters
from app.cli.shapes import SPELLINGS, command_of
from app.operations.core.registry import Operation, every
from tests.cli.conftest import Loket
from tests.factories import Factory

# What takes and makes files of its own is tried in tests/operations/core/backup.
READS = [each for each in every() if not each.changes and each.right != "MANAGE_BACKUPS"]
CHANGES = [each for each in every() if each.changes and each.name != "demo.create"]
NUMBER = "+31670000001"
VALUES = {"code": "CH", "country": "CH", "what": "lines.page", "volume": "5 MB", "month": "2026-10"}


def words(operation: Operation) -> list[str]:
    """The command with everything that must be given."""
    argv = command_of(operation.name).split()[1:]
    for parameter in parameters(operation.function, SPELLINGS.get(operation.name, {})):
        if parameter.required:
            argv += [parameter.option, *value(parameter)]
    return argv


def value(parameter: Parameter) -> list[str]:
    if parameter.kind in ("bool", "list"):
        return []
    return [NUMBER if parameter.kind == "line" else VALUES.get(parameter.name, "1")]


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("operation", READS, ids=[each.name for each in READS])
def test_every_read_answers_for_people_and_scripts(
    operation: Operation, filled: Loket, factory: Factory
) -> None:
    factory.line(factory.account(), number=NUMBER)
    told = filled(*words(operation), "--json")
    if told.code == 0:
        assert told.err == ""
        json.loads(told.out)
        assert filled(*words(operation)).code == 0
        assert filled(*words(operation), "--csv").code == 0
    else:
        assert told.code in (2, 3, 4)
        assert told.out == ""
        assert set(told.json) >= {"error", "message", "field"}


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("operation", CHANGES, ids=[each.name for each in CHANGES])
def test_every_change_is_done_or_refused_with_a_reason(
    operation: Operation, filled: Loket, factory: Factory
) -> None:
    factory.line(factory.account(), number=NUMBER)
    told = filled(*words(operation), "--json")
    assert told.code in (0, 2, 3, 4)
    json.loads(told.out or told.err)
