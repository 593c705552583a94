"""The first person of a new operator: made on the host, told a password once, able to sign in."""

from __future__ import annotations

from app.cli.visits import open_visit
from app.operations.signin import sign_in
from app.settings import read_settings
from app.store import Store
from tests.cli.conftest import Loket

ADD = ("staff", "add", "--user-name", "tom", "--name", "Tom Aalders", "--email", "tom@example.org")


def test_a_supervisor_signs_in_with_the_password_that_was_told(filled: Loket, store: Store) -> None:
    told = filled(*ADD, "--json").json
    settings = read_settings()
    visit = open_visit(settings, "", "", None)
    signed_in = sign_in(visit.store, visit.clock, visit.content, settings, "tom", told["password"])
    assert signed_in.role == "supervisor"
    stored = store.rows("SELECT password_hash FROM login")[0][0]
    assert told["password"] not in stored
    assert not store.rows("SELECT 1 FROM audit_personal WHERE instr(text, :p)", p=told["password"])


def test_a_name_is_given_once(filled: Loket) -> None:
    assert filled(*ADD).code == 0
    told = filled(*ADD, "--json")
    assert (told.code, told.json["field"]) == (2, "user_name")


def test_staff_add_refuses_agents(filled: Loket) -> None:
    assert filled(*ADD, "--role", "agent").code == 0
    told = filled(
        "staff", "add", "--user-name", "a", "--name", "A", "--email", "a@b.c", "--as", "tom", "--json"
    )
    assert told.json["error"] == "refused"
