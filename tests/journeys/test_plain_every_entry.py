"""Each entry of each menu can be gone through by each role: nothing breaks, nothing unreadable is said."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli.plain.acting import act
from app.cli.plain.entry import Entry, Menu
from app.cli.plain.menu import offered
from app.cli.plain.menus.main import MAIN
from app.cli.plain.talk import Back, Home, Talk
from app.cli.plain.terminal import EndOfInput
from app.clock import FixedClock
from app.operations.core.errors import OperationError
from app.settings import read_settings
from tests.cli.plain.person import moves_nothing
from tests.cli.plain.piped import Piped, conversation
from tests.journeys.conftest import AFTERNOON, PASSWORD
from tests.journeys.test_plain_customer import rows, speak

ENDS_OR_TAKES_LONG = ("sessions.end", "sessions.end_others", "usage.replay")
UNREADABLE = re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\w+\(\w+=|\{\w*\}|\w+_\w+")


def entries(talk: Talk, menu: Menu = MAIN) -> Iterator[Entry]:
    """The entries that are offered to the visitor."""
    for each in menu.entries:
        if isinstance(each, Menu) and each.offered(talk):
            yield from entries(talk, each)
        elif isinstance(each, Entry) and offered(talk, each):
            yield each


def go_through(piped: Piped, entry: Entry, about: dict[str, Any], answer: str) -> None:
    """One entry with the same answer to every question, until it is done or nobody answers."""
    piped.answer(*[answer] * 12)
    piped.nobody_answers()
    with contextlib.suppress(Back, Home, EndOfInput, OperationError):
        act(piped.talk, entry, about)


@pytest.mark.capability("BX-51")
@pytest.mark.parametrize("name", ["admin", "employee", "supervisor", "agent"])
def test_every_entry_that_is_offered_can_be_gone_through(demo_home: Path, name: str) -> None:
    speak(demo_home, "en")
    line = rows(demo_home, "SELECT id FROM line WHERE number LIKE '%670042201'")[0][0]
    settings = read_settings({"LOKET_HOME": str(demo_home)})
    with conversation(settings, FixedClock(AFTERNOON.now()), name, PASSWORD) as signed_in:
        offers = list(entries(signed_in.talk))
        assert len(offers) > 12
        for entry, answer in itertools.product(offers, ("1", "yes")):
            if entry.operation in ENDS_OR_TAKES_LONG:
                continue
            with contextlib.closing(Piped(signed_in.session)) as piped:
                go_through(piped, entry, {"line_id": line}, answer)
                said = piped.said.replace(str(demo_home), "")
            assert said, entry.title
            assert moves_nothing(said)
            found = UNREADABLE.search(re.sub(r"(?m)^Row: .*|~/.ssh/\S+", "", said))
            assert found is None, f"{entry.title}: {said[max(found.start() - 200, 0) : found.end() + 80]}"
