"""Questions: numbers, words, what is not taken, and texts that must not act on a terminal."""

from __future__ import annotations

import io
import os

import pytest

from app.cli.plain.acting import act
from app.cli.plain.entry import Entry
from app.cli.plain.menus.my_products import LIMITS
from app.cli.plain.talk import Back, Choice, Home, Quit
from app.cli.plain.terminal import LONGEST, Terminal
from app.store import Store
from tests.cli.conftest import Loket
from tests.cli.plain.conftest import Firm, Talks
from tests.cli.plain.person import moves_nothing
from tests.factories import Factory
from tests.hostile.strings import HOSTILE

COLOURS = [Choice(name, name) for name in ("red", "green", "grey")]


@pytest.mark.parametrize(
    "typed, chosen", [("2", "green"), ("red", "red"), ("RED", "red"), ("gree", "green"), ("", "grey")]
)
def test_a_number_or_the_beginning_of_a_text(talks: Talks, typed: str, chosen: str) -> None:
    piped = talks()
    piped.answer(typed)
    assert piped.talk.choose("Which?", COLOURS, default="grey") == chosen


@pytest.mark.parametrize("typed", ["0", "4", "-1", "gr", "blue", "٣", "99999999999999999999"])
def test_what_is_no_choice_is_asked_again(talks: Talks, typed: str) -> None:
    piped = talks()
    piped.answer(typed, "1")
    assert piped.talk.choose("Which?", COLOURS) == "red"
    assert "Type a number from 1 to 3." in piped.said


@pytest.mark.parametrize("typed, raised", [("back", Back), ("HOME", Home), ("quit", Quit)])
def test_words_that_work_everywhere(talks: Talks, typed: str, raised: type[Exception]) -> None:
    piped = talks()
    piped.answer("?", f"={typed}", typed)
    assert piped.talk.line("Name: ") == f"{typed}", "with = before it, it is an answer"
    assert "Ctrl+D signs out" in piped.said
    with pytest.raises(raised):
        piped.talk.line("Name: ")


def test_long_lists_come_in_pages_of_twenty(talks: Talks) -> None:
    piped = talks()
    piped.answer("more", "45")
    assert piped.talk.choose("Which?", [Choice(n, f"line {n}") for n in range(1, 51)]) == 45
    first, second = piped.said.split("more: ")[:2]
    assert "20. line 20" in first
    assert "21. line 21" not in first
    assert "40. line 40" in second


def test_arrow_keys_and_other_signs_that_do_not_show_are_not_taken(talks: Talks) -> None:
    piped = talks()
    piped.answer("Bea\x1b[A", "x\x9b31m", "Bea")
    assert piped.talk.line("Name: ") == "Bea"
    assert piped.said.count("signs that do not show") == 2


def test_only_the_whole_word_does_what_hurts(talks: Talks) -> None:
    piped = talks()
    piped.answer("y", "", "yes please", "yes")
    assert [piped.talk.sure("Really?") for _each in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_data_acts_on_the_terminal(
    text: str, talks: Talks, firm: Firm, factory: Factory
) -> None:
    factory.line(firm.account, person=text, department=text)
    piped = talks("anna")
    piped.nobody_answers()
    act(piped.talk, Entry("List of lines", "lines.page", leave=("text", "group_id")), {})
    assert "2. " in piped.said
    assert moves_nothing(piped.said)


def test_a_terminal_of_few_signs_gets_words() -> None:
    written = io.BytesIO()
    sink = io.TextIOWrapper(written, encoding="ascii")
    Terminal(0, sink).say("€12.50 · Ingrid Sørensen … „ja“ 漢")
    said = written.getvalue().decode("ascii")
    assert said.startswith("EUR 12.50 - Ingrid S")
    assert "..." in said


def test_a_line_without_end_is_cut() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"x" * 20_000 + b"\nnext\n")
    terminal = Terminal(reader, io.StringIO())
    assert len(terminal.ask("")) == LONGEST
    assert terminal.ask("") == "next"
    os.close(writer)
    os.close(reader)


@pytest.mark.capability("BX-51")
def test_a_change_that_somebody_made_meanwhile_is_said_and_asked(
    talks: Talks, firm: Firm, factory: Factory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = talks("anna")
    entry = next(
        each for each in LIMITS.entries if isinstance(each, Entry) and each.operation == "limits.set"
    )
    really = piped.session.do
    quicker = []

    def do(name: str, /, **arguments: object) -> object:
        if name == "limits.set" and not quicker:
            quicker.append(1)
            line = factory.system.row("SELECT version FROM line WHERE id = :id", id=firm.line)
            assert line is not None
            talks("anna").session.do("limits.set", line_id=firm.line, limit_cents=20000, version=line[0])
        return really(name, **arguments)

    monkeypatch.setattr(piped.session, "do", do)
    piped.answer("7", "yes")
    act(piped.talk, entry, {"line_id": firm.line})
    assert "Cost limit outside the EU: now €200, you: €500" in piped.said
    assert store.rows("SELECT limit_cents FROM line WHERE id = :id", id=firm.line) == [(50_000,)]


def test_the_command_says_what_it_is_and_takes_no_arguments(loket: Loket) -> None:
    assert "line by line" in loket("plain", "--help").out
    assert "loket plain" in loket("--help").out
    assert loket("plain", "--colour").code == 2
