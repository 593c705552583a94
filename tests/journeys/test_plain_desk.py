"""What else the helpdesk does line by line: a lost login, a case that a second person releases, an order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.plain.person import Person
from tests.journeys.test_plain_customer import rows, speak


@pytest.mark.capability("BX-51")
def test_a_lost_login_from_the_call_to_its_release(demo_home: Path) -> None:
    speak(demo_home, "en")
    agent = Person(demo_home)
    agent.signs_in("agent")
    agent.types("Cases", "Somebody cannot get in", "duinrand")
    agent.types("1", "Sander", "The address is lost", "sander@new.example")
    checks = agent.heard.rsplit("What was checked", 1)[1].count(". ")
    assert "Numbers" in agent.types("9"), "what is no number of the list is asked again"
    agent.types(" ".join(str(number) for number in range(1, checks)))
    opened = agent.types("Reads the old address no more")
    assert "is open. A colleague has to release it." in opened
    agent.ends("quit")

    colleague = Person(demo_home)
    colleague.signs_in("supervisor")
    colleague.types("Cases", "Release a case")
    found = colleague.heard.rsplit("Which case?", 1)[1]
    number = next(line.split(".")[0] for line in found.splitlines() if "Asked by Noor Verbeek" in line)
    told = colleague.types(number, "")
    assert "Reads the old address no more" in told, "what is released is said first"
    released = colleague.types("yes")
    assert "released" in released
    colleague.ends("quit")
    assert rows(demo_home, "SELECT count(*) FROM audit WHERE operation = 'cases.release'") >= [(1,)]


@pytest.mark.capability("BX-51")
def test_a_new_customer_is_entered_and_delivered(demo_home: Path) -> None:
    speak(demo_home, "en")
    agent = Person(demo_home)
    agent.signs_in("agent")
    agent.types("Customers and orders", "New customer", "Zeewier B.V.", "ida@zeewier", "ida@zeewier.example")
    assert "Write an address like" in agent.heard
    made = agent.types("Webhosting", "company", "Ida Zee", "English", "", "", "", "", "")
    assert "Customer number" in made or "Number" in made
    listed = agent.types("An order is delivered")
    number = next(line.split(".")[0] for line in listed.splitlines() if "Zeewier" in line)
    assert "delivered" in agent.types(number, "yes")
    agent.ends("quit")
    assert rows(demo_home, "SELECT count(*) FROM account WHERE name = 'Zeewier B.V.'") == [(1,)]
