"""An agent's call line by line: search, verify by telephone password, act, note, end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.plain.person import Person, moves_nothing
from tests.journeys.test_helpdesk_call import SAID, of_the_call
from tests.journeys.test_plain_customer import speak


@pytest.mark.capability("BX-51")
def test_an_agents_whole_call_line_by_line(demo_home: Path) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    menu = person.signs_in("agent")
    assert "Take a call" in menu
    assert "My Products" not in menu, "no customer is open"
    assert "No customer fits this." in person.types("Take a call", "zzzz")
    found = person.types("duinrand")
    if "Which customer?" in found:
        found = person.types("1")
    assert "Who is calling? Duinrand Logistics B.V. · 100042" in found
    assert "Youssef" not in found, "an employee may not call for the account"
    assert "No match. 2 tries left." in person.types("Marit", "lost", "Zeemeeuw")
    assert "Noor Verbeek for Duinrand Logistics B.V. · caller Marit Duinker" in person.types(SAID)

    person.types("My Products", "A line", "youssef", "Limits and bars", "Change the cost limit")
    assert "Cost limit outside the EU: €100.00" in person.types("4")
    login = person.types("home", "My Data")
    assert "One-time passwords" not in login
    person.types("home", "This call", "Write a note")
    assert "The note is kept." in person.types("Wants a higher limit")
    assert "Verified by: telephone password" in person.types("Who calls")
    assert "You can help until" in person.types("More time")
    over = person.types("End the call", "yes")
    assert "The help is over." in over
    assert "Take a call" in over
    assert "You are signed out." in person.ends("quit")

    assert moves_nothing(person.heard)
    assert SAID not in person.heard.split("Welcome")[1]
    said = ("Noor Verbeek", "Marit Duinker", "lost")
    assert of_the_call(demo_home) == [
        ("callers.verify", "done", *said),
        ("limits.set", "done", *said),
        ("notes.add", "done", *said),
        ("assistance.extend", "done", *said),
        ("assistance.end", "done", *said),
    ]
