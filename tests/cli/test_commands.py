"""Who acts, how a line is named, what is answered and with which exit code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.store import Store
from app.store.sqlite import connect
from tests.cli.conftest import Loket
from tests.factories import Factory

PERSON = ("--user-name", "tom", "--name", "Tom Aalders", "--email", "tom@example.org")


def test_without_a_database_the_cure_is_named(loket: Loket, home: Path) -> None:
    told = loket("lines", "page")
    assert told.code == 6
    assert "loket demo create" in told.err
    assert not (home / "loket.db").exists()


def test_an_empty_database_can_be_made_and_checked(loket: Loket, home: Path) -> None:
    made = loket("database", "create", "--json")
    assert made.code == 0
    assert made.json["problems"] == []
    assert (home / "loket.db").exists()
    assert loket("database", "check").code == 0
    assert loket("audit", "verify", "--json").json["bad_seq"] is None


def test_a_changed_audit_row_fails_the_check(filled: Loket, store: Store, factory: Factory) -> None:
    factory.login(factory.account(), role="admin", user_name="marit")
    assert filled("demo", "create", "--as", "marit").code == 3
    with store.transaction() as tx:
        tx.execute("DROP TRIGGER audit_no_update")
        tx.execute("UPDATE audit SET operation = 'nothing'")
    assert filled("audit", "verify", "--json").code == 1
    assert filled("database", "check", "--json").code == 1


@pytest.mark.parametrize("spelling", ["+31670000001", "31670000001", "+31 67 000 0001", "0031670000001"])
def test_a_line_is_named_by_its_number(filled: Loket, factory: Factory, spelling: str) -> None:
    line = factory.line(factory.account(), number="+31670000001")
    assert filled("lines", "get", "--line", spelling, "--json").json["id"] == line


def test_another_customers_line_does_not_exist(filled: Loket, factory: Factory) -> None:
    own, other = factory.account(), factory.account()
    factory.line(other, number="+31670000002")
    factory.login(own, role="admin", user_name="marit")
    told = filled("lines", "get", "--line", "+31670000002", "--as", "marit", "--json")
    assert told.code == 4
    assert told.json == {"error": "not_found", "message": "There is no such line.", "field": "line"}


def test_who_may_not_is_refused_whichever_line_is_named(
    filled: Loket, store: Store, factory: Factory
) -> None:
    account = factory.account()
    factory.line(account, number="+31670000003")
    factory.login(account, role="user", user_name="yara")
    for number in ("+31670000003", "+31670000009"):
        told = filled("barring", "set", "--line", number, "--bars", "premium", "--as", "yara", "--json")
        assert (told.code, told.json["error"]) == (3, "refused")
    refused = store.rows("SELECT operation, outcome FROM audit WHERE outcome = 'refused'")
    assert refused == [("barring.set", "refused")] * 2


def test_a_user_may_not_do_what_the_operator_may(filled: Loket, factory: Factory) -> None:
    factory.login(factory.account(), role="admin", user_name="marit")
    assert filled("audit", "verify", "--as", "marit", "--json").json["error"] == "refused"
    assert filled("audit", "verify", "--as", "nobody").code == 4


def test_pages_are_aligned_and_csv_is_inert(filled: Loket, factory: Factory) -> None:
    factory.line(factory.account(), number="+31670000001", person="=HYPERLINK(1)")
    text = filled("lines", "page").out.splitlines()
    assert text[0].index("person") == text[1].index("=HYPERLINK")
    rows = filled("lines", "page", "--csv").out.splitlines()
    assert "'=HYPERLINK(1)" in rows[1]
    assert "'+31670000001" in rows[1]


def test_control_codes_in_data_reach_no_terminal(filled: Loket, factory: Factory) -> None:
    factory.line(factory.account(), number="+31670000001", person="Eve\x1b]0;owned\x07")
    assert "\x1b" not in filled("lines", "page").out
    assert "\x1b" not in filled("lines", "get", "--line", "+31670000001").out


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (("line", "page"), "Did you mean 'loket lines'"),
        (("lines", "list"), "loket lines page"),
        (("rate", "call", "--to", "+491", "--seconds", "ten"), "not a whole number"),
        (("rate", "call", "--to", "+491"), "--seconds"),
    ],
)
def test_wrong_words_get_a_hint(loket: Loket, argv: tuple[str, ...], hint: str) -> None:
    told = loket(*argv)
    assert told.code == 2
    assert hint in told.err


def test_wrong_content_is_told_with_file_key_and_cure(
    loket: Loket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "operator.toml").write_text('name = ""\n')
    monkeypatch.setenv("LOKET_CONTENT", str(tmp_path))
    told = loket("content", "check", "--json")
    assert told.code == 2
    assert {"file", "key", "problem", "cure"} == set(told.json["errors"][0])
    monkeypatch.setenv("LOKET_CONTENT", str(tmp_path / "nowhere"))
    assert loket("lines", "page", "--json").json["field"] == "LOKET_CONTENT"


def test_the_shipped_content_is_sound(loket: Loket) -> None:
    told = loket("content", "check", "--json")
    assert told.json["mistakes"] == []
    assert told.code == 0


def test_a_held_database_says_so(filled: Loket, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.sqlite.BUSY_MS", 20)
    with store.transaction():
        told = filled("worker", "--once", "--json")
        told = filled("demo", "create", "--json") if told.code == 0 else told
    assert told.code == 6
    assert "another program" in told.json["message"]


def test_a_read_only_database_says_so(filled: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "app.store.sqlite_store.connect", lambda path, read_only=False: connect(path, read_only=True)
    )
    told = filled("staff", "add", *PERSON, "--json")
    assert told.code == 6
    assert "read-only" in told.json["message"]


def test_a_full_disk_says_so_and_keeps_what_was_there(
    filled: Loket, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        connection = connect(path, read_only=read_only)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr("app.store.sqlite_store.connect", nearly_full)
    told = filled("demo", "create", "--json")
    assert told.code == 6
    assert "full" in told.json["message"]
    assert store.row("SELECT count(*) FROM line") == (0,)


def test_worker_once_reports(filled: Loket, clock: FixedClock) -> None:
    told = filled("worker", "--once", "--json")
    assert told.code == 0
    assert told.json["sent"] == 0


@pytest.mark.parametrize(("lang", "usage"), [("nl_NL.UTF-8", "gebruik: "), ("de_DE.UTF-8", "Aufruf: ")])
def test_help_is_in_the_language_of_the_machine(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, lang: str, usage: str
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LANG", lang)
    assert "open the portal" not in loket("--help").out
    shown = loket("usage", "import", "--help").out
    assert shown.startswith(usage)
    assert "show this help" not in shown
    monkeypatch.setenv("LANG", "C")
    assert loket("usage", "import", "--help").out.startswith("usage: ")
