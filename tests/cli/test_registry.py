"""Every operation has its command: walked, so that a new one cannot be forgotten."""

from __future__ import annotations

import pytest

from app.cli.failures import WrongUsage
from app.cli.listing import description
from app.cli.parameters import parameters
from app.cli.parser import parser_of
from app.cli.shapes import SPELLINGS, command_of, operation_name
from app.operations.core.registry import Operation, every, get
from tests.cli.conftest import Loket

OPERATIONS = every()
NAMES = [each.name for each in OPERATIONS]


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_every_operation_has_a_command_with_help_and_json(operation: Operation, loket: Loket) -> None:
    words = command_of(operation.name).split()[1:]
    assert operation_name(words[0], words[1]) == operation.name
    told = loket(*words, "--help")
    assert told.code == 0
    assert "--json" in told.out
    assert operation.summary
    for parameter in parameters(operation.function, SPELLINGS.get(operation.name, {})):
        assert parameter.option in told.out


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_every_command_refuses_a_wrong_option_as_json(operation: Operation, loket: Loket) -> None:
    told = loket(*command_of(operation.name).split()[1:], "--no-such-option", "--json")
    assert told.code == 2
    assert told.json["error"] == "wrong_usage"
    assert told.out == ""


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_options_of_an_operation_do_not_collide_with_those_of_every_command(operation: Operation) -> None:
    found = parameters(operation.function, SPELLINGS.get(operation.name, {}))
    parser_of(command_of(operation.name), description(operation), found)
    assert not {each.name for each in found} & {"json", "login", "account", "csv"}


@pytest.mark.capability("BX-32")
def test_the_list_of_operations_is_for_scripts(loket: Loket) -> None:
    listed = loket("operations", "--json").json
    assert [each["name"] for each in listed] == NAMES
    assert all(set(each) == {"name", "right", "roles", "costs", "command"} for each in listed)
    by_name = {each["name"]: each for each in listed}
    assert by_name["rate.call"]["command"] == "loket rate call"
    assert "system" in by_name["lines.page"]["roles"]
    assert any(each["costs"] for each in listed)


@pytest.mark.parametrize("argv", [("5",), ("--quote-id", "5"), ("--quote-id=5",)])
def test_the_one_thing_that_must_be_named_stands_alone_or_with_its_option(argv: tuple[str, ...]) -> None:
    accept = get("quotes.accept")
    parser = parser_of("loket quotes accept", "", parameters(accept.function, {}))
    assert parser.read([*argv])["quote_id"] == 5


@pytest.mark.parametrize("argv", [(), ("5", "--quote-id", "6"), ("five",)])
def test_it_is_given_once_and_as_a_number(argv: tuple[str, ...]) -> None:
    accept = get("quotes.accept")
    parser = parser_of("loket quotes accept", "", parameters(accept.function, {}))
    with pytest.raises(WrongUsage):
        parser.read([*argv])


def test_help_lists_every_command(loket: Loket) -> None:
    told = loket("--help")
    assert told.code == 0
    assert all(command_of(name) in told.out for name in NAMES)
