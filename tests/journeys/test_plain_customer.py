"""A customer's whole visit line by line, at a real terminal that can do nothing but print."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.plain.person import Person, moves_nothing
from tests.journeys.conftest import AFTERNOON, PASSWORD

NEW_PASSWORD = "Violet-Kraan-58-hoog"


def rows(home: Path, sql: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database:
        return database.execute(sql).fetchall()


def speak(home: Path, language: str) -> None:
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database, database:
        database.execute("UPDATE login SET language = ?", (language,))


def done_since(home: Path) -> list[str]:
    """What was written down since the demonstration was made, in its order."""
    found = rows(
        home,
        "SELECT operation FROM audit JOIN login ON login.id = audit.login_id"
        f" WHERE audit.at >= {AFTERNOON.now()} AND outcome = 'done' AND channel = 'terminal' ORDER BY seq",
    )
    return [row[0] for row in found]


@pytest.mark.capability("BX-51")
def test_an_administrators_whole_visit(demo_home: Path) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    assert "Marit Duinker, Duinrand Logistics B.V." in person.signs_in("admin")
    board = person.types("Dashboard", "How things stand")
    assert "Lines: 60" in board
    assert "Youssef El Amrani: €95.86 of €50.00, 191 %" in board

    assert "Youssef El Amrani, Drivers" in person.types("home", "My Products", "A line", "youssef")
    assert "Now: €50.00" in person.types("Limits and bars", "Change the cost limit")
    assert "Next month's cost limit: €10.00" in person.types("1")
    assert "Number 1 to 8" in person.types("Change the cost limit", ""), "an empty line changes nothing"

    quote = person.types("back", "Roaming and data bundles", "Enable a roaming bundle", "1")
    assert "Countries B, 7.5 GB: each used €25.00" in quote
    left = person.types("no")
    assert "Nothing was ordered" in left
    assert "The line has its bundle now." in person.types("Enable a roaming bundle", "1", "yes")
    open_offer = person.types("home", "Services", "Accept an offer", "1")
    assert "each used €25.00" in open_offer, "what is accepted is said with its price first"
    assert "Nothing was changed." in person.types("")
    person.types("home", "My Products", "A line", "youssef", "Roaming")

    records = person.types("back", "Usage", "Records", "1", "1")
    assert "20. " in records
    assert "21. " not in records
    assert "40. " in person.types("more")
    assert "Price, net of VAT" in person.types("1")

    invited = person.types(
        "home", "My Data", "People and roles", "Invite somebody", "piet at example", "piet@example.org"
    )
    assert "Write an address like name@example.org." in invited + person.heard
    assert "The invitation is on its way." in person.types("Piet", "")

    person.types("back", "My login", "Change the password", PASSWORD)
    assert "This is not the same as above." in person.types(NEW_PASSWORD, "something else")
    assert "12 characters" in person.types("short", "short")
    assert "Your password is changed" in person.types(NEW_PASSWORD, NEW_PASSWORD)
    assert "You are signed out." in person.ends("quit")

    assert moves_nothing(person.heard)
    assert PASSWORD not in person.heard.split("Welcome")[1], "what is typed unseen is not echoed"
    assert NEW_PASSWORD not in person.heard
    assert done_since(demo_home) == [
        "signin.sign_in",
        "limits.set",
        "bundles.quote",
        "bundles.quote",
        "quotes.accept",
        "invitations.send",
        "password.change",
        "signin.sign_out",
    ]


def test_control_keys_leave_a_question_and_end_the_session(demo_home: Path) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    person.signs_in("admin")
    person.types("My Products", "A line")
    person.child.sendcontrol("c")
    back = person.hears()
    assert "My Products" in back, "the question is left, the menu is back"
    assert "List of lines" not in back, "what was said a moment ago is not said again"
    assert "1. List of lines" in person.types("?")
    assert "You are signed out." in person.ends(key="d")
    assert done_since(demo_home) == ["signin.sign_in", "signin.sign_out"]
    assert rows(demo_home, "SELECT ended_by FROM session ORDER BY started_at DESC") == [("sign_out",)]


def test_a_cut_line_ends_the_session_too(demo_home: Path) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    person.signs_in("employee")
    person.child.close(force=False)
    assert done_since(demo_home) == ["signin.sign_in", "signin.sign_out"]


@pytest.mark.parametrize("language, password", [("nl", "Wachtwoord"), ("de", "Passwort")])
def test_other_languages_and_english_words_in_them(demo_home: Path, language: str, password: str) -> None:
    speak(demo_home, language)
    person = Person(demo_home, f"{language}_{language.upper()}")
    person.signs_in("employee")
    assert password in person.heard
    person.types("home", "?", "Dashboard")
    person.ends("quit")
    assert moves_nothing(person.heard)


def test_who_works_for_two_customers_chooses_one(demo_home: Path) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    assert "For which customer?" in person.signs_in("reseller")
    first = person.types("1")
    assert "Another customer" in first
    second = person.types("Another customer", "2", "?")
    assert first.split("Main menu")[0] != second
    shown = person.types("home")
    assert shown.splitlines()[1] != first.splitlines()[1], "the menu says for whom one works"
    person.ends(key="d")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_program_signs_out(demo_home: Path, sign: signal.Signals) -> None:
    speak(demo_home, "en")
    person = Person(demo_home)
    person.signs_in("employee")
    person.child.kill(sign)
    person.ends()
    assert done_since(demo_home) == ["signin.sign_in", "signin.sign_out"]


def test_a_terminal_that_has_ascii_only(demo_home: Path) -> None:
    speak(demo_home, "nl")
    person = Person(demo_home, "nl_NL", "--ascii")
    person.signs_in("admin")
    board = person.types("1", "1")
    person.ends("quit")
    assert person.heard.isascii()
    assert "EUR 50,00" in board
    assert "Ingrid S?rensen" in board or "Ingrid Sorensen" in board
