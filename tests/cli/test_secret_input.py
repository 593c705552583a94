"""Passwords and codes on the command line: typed unseen or read line by line, and never an argument."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pexpect
import pytest

from app.cli.failures import WrongUsage
from app.cli.parameters import REQUIRED, Parameter, parameters
from app.cli.secret_input import ask
from app.operations.core.passwords import verify
from app.operations.core.registry import every
from app.secret import Secret
from app.store import Store
from tests.cli.conftest import Loket
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH

ADD = ("staff", "add", "--user-name", "tom", "--name", "Tom Aalders", "--email", "tom@example.org")
CHOSEN = "Violet-Kraan-58-hoog"


def test_a_line_of_input_for_each_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [Parameter(name, "secret", REQUIRED, "", name.upper()) for name in ("old", "new")]
    monkeypatch.setattr(sys, "stdin", io.StringIO(" first one \nsecond\n"))
    assert ask("password.change", wanted) == {"old": Secret(" first one "), "new": Secret("second")}
    monkeypatch.setattr(sys, "stdin", io.StringIO("only one\n"))
    with pytest.raises(WrongUsage, match="NEW"):
        ask("password.change", wanted)


def test_no_secret_is_an_argument_and_the_help_says_where_it_is_asked(loket: Loket) -> None:
    found = 0
    for operation in every():
        for parameter in parameters(operation.function, {}):
            if parameter.kind == "secret":
                found += 1
                words = operation.command.split()[1:]
                assert "one line each" in loket(*words, "--help").out
                told = loket(*words, f"--{parameter.name.replace('_', '-')}", "x", "--json")
                assert told.json["error"] == "wrong_usage"
    assert found >= 3


def test_a_right_and_a_wrong_password_from_the_input(
    filled: Loket, factory: Factory, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.login(factory.account(), user_name="marit", password_hash=PASSWORD_HASH)
    for typed, code in ((PASSWORD, 0), ("wrong", 3)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
        assert filled("sessions", "confirm", "--as", "marit").code == code
    assert not store.rows("SELECT 1 FROM audit_personal WHERE instr(text, :p)", p=PASSWORD)


@pytest.mark.parametrize("again, code", [(CHOSEN, 0), ("another", 2)])
def test_the_first_administrator_types_a_password_on_the_terminal(
    again: str, code: int, store: Store, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "LOKET_DATABASE_URL": store.url,
        "LOKET_HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }
    child = pexpect.spawn(
        sys.executable, ["-m", "app", *ADD], env=environment, encoding="utf-8", timeout=60, use_poll=True
    )
    said = ""
    for typed in (CHOSEN, again):
        child.expect(": ")
        said += child.before or ""
        child.sendline(typed)
    child.expect(pexpect.EOF)
    said += child.before or ""
    child.close()
    assert child.exitstatus == code, said
    assert CHOSEN not in said
    rows = store.rows("SELECT password_hash FROM login")
    assert [verify(row[0], CHOSEN) for row in rows] == ([True] if code == 0 else [])


def test_a_weak_password_of_an_administrator_is_refused(factory: Factory) -> None:
    from app.operations.core import Invalid, perform

    with pytest.raises(Invalid) as caught:
        perform(
            factory.system,
            "staff.add",
            user_name="tom",
            name="Tom",
            email="tom@example.org",
            password=Secret("welkom"),
        )
    assert caught.value.field == "password"
