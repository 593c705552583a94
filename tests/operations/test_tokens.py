"""Tokens do a part of what their login may, from where and as long as was said; all else is written down."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.clock import FixedClock
from app.operations.core import Invalid, Refused, Visit, perform
from app.operations.core.passwords import hash_password
from app.operations.core.tokens import visit_of
from app.secret import Secret
from app.settings import Settings, read_settings
from tests.databases.stored import stored_bytes
from tests.factories import Factory
from tests.operations.mail_box import last_code, letters

DAY = 86_400
NEW = "Rietkraag-7-ijsvogel"


@pytest.fixture
def settings(admin_visit: Visit) -> Settings:
    """Of a script at 192.0.2.7."""
    home = str(admin_visit.store.folder)
    return read_settings({"LOKET_HOME": home, "SSH_CONNECTION": "192.0.2.7 1 192.0.2.1 22"})


def made(visit: Visit, **more: Any) -> Secret:
    given = {"name": "Nightly list", "rights": ["VIEW_LINES", "VIEW_USAGE"]} | more
    return Secret(perform(visit, "tokens.add", **given).token)


def used(visit: Visit, settings: Settings, token: Secret, later: int = 0) -> Visit:
    clock = FixedClock(visit.now + later)
    return visit_of(visit.store, clock, visit.content, settings, token)


@pytest.mark.capability("BX-33")
def test_a_token_does_what_it_is_for_and_nothing_else(
    admin_visit: Visit, settings: Settings, make_line: Any
) -> None:
    line = make_line(admin_visit.account_id)
    script = used(admin_visit, settings, made(admin_visit))
    assert perform(script, "lines.page").rows[0].id == line
    for name, given in (
        ("limits.set", {"line_id": line, "limit_cents": 10_000}),
        ("tokens.add", {"name": "x", "rights": ["VIEW_LINES"]}),
        ("audit.page", {}),
    ):
        with pytest.raises(Refused):
            perform(script, name, **given)
        logged = admin_visit.row("SELECT operation, outcome, channel FROM audit ORDER BY seq DESC LIMIT 1")
        assert logged == (name, "refused", "token:1")


@pytest.mark.capability("BX-33")
@pytest.mark.parametrize(
    "more, later, address",
    [
        ({"days": 10}, 10 * DAY, ""),
        ({"idle_days": 5}, 5 * DAY, ""),
        ({"networks": ["198.51.100.0/24"]}, 0, ""),
        ({"networks": ["192.0.2.0/24"]}, 0, "203.0.113.9"),
    ],
    ids=["too old", "unused", "elsewhere", "moved"],
)
def test_out_of_scope_is_refused_and_logged(
    admin_visit: Visit, settings: Settings, more: dict[str, Any], later: int, address: str
) -> None:
    token = made(admin_visit, **more)
    if address:
        assert used(admin_visit, settings, token).rights == ("VIEW_LINES", "VIEW_USAGE")
        settings = replace(settings, address=address)
    with pytest.raises(Refused, match="not valid"):
        used(admin_visit, settings, token, later)
    logged = admin_visit.row("SELECT operation, outcome, object, account_id FROM audit ORDER BY seq DESC")
    assert logged == ("tokens.use", "refused", "token:1", admin_visit.account_id)


def test_just_in_time_it_is_let_in(admin_visit: Visit, settings: Settings) -> None:
    token = made(admin_visit, days=10, idle_days=5, networks=["192.0.2.0/24"])
    for later in (5 * DAY - 1, 10 * DAY - 2):
        assert used(admin_visit, settings, token, later).login_id == admin_visit.login_id


def test_revoked_or_unknown_it_is_refused(admin_visit: Visit, settings: Settings) -> None:
    token = made(admin_visit)
    perform(admin_visit, "tokens.revoke", token_id=1)
    for each in (token, Secret("loket_" + "x" * 43), Secret("")):
        with pytest.raises(Refused):
            used(admin_visit, settings, each)
    assert [row.state for row in perform(admin_visit, "tokens.page")] == ["revoked"]


def test_a_demoted_login_takes_its_token_along(admin_visit: Visit, settings: Settings) -> None:
    token = made(admin_visit, rights=["MANAGE_LINES"])
    with admin_visit.store.transaction() as tx:
        tx.execute("UPDATE membership SET role = 'user' WHERE login_id = :id", id=admin_visit.login_id)
    assert used(admin_visit, settings, token).reach("MANAGE_LINES") != "account"
    with admin_visit.store.transaction() as tx:
        tx.execute("UPDATE login SET status = 'disabled' WHERE id = :id", id=admin_visit.login_id)
    with pytest.raises(Refused):
        used(admin_visit, settings, token)


def test_use_is_written_at_most_once_a_minute(admin_visit: Visit, settings: Settings) -> None:
    token = made(admin_visit)
    seen = []
    for later in (0, 59, 60, 61):
        used(admin_visit, settings, token, later)
        seen.append(admin_visit.row("SELECT last_used_at FROM api_token")[0] - admin_visit.now)  # type: ignore[index]
    assert seen == [0, 0, 60, 60]


def test_the_token_itself_is_stored_nowhere(admin_visit: Visit, settings: Settings) -> None:
    token = made(admin_visit)
    assert token.reveal().encode() not in stored_bytes(admin_visit.store)
    assert token.reveal() not in repr(perform(admin_visit, "tokens.page"))


@pytest.mark.parametrize(
    "more",
    [
        {"rights": []},
        {"rights": ["CHANGE_LOGIN"]},
        {"rights": ["SET_ROLES"]},
        {"rights": ["NO_SUCH_RIGHT"]},
        {"networks": ["office"]},
        {"days": 0},
        {"days": 367},
        {"idle_days": 0},
        {"name": " "},
    ],
    ids=str,
)
def test_nobody_gives_what_they_have_not_got(admin_visit: Visit, more: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        made(admin_visit, **more)


def test_what_asks_for_the_password_is_not_for_tokens(admin_visit: Visit, settings: Settings) -> None:
    script = used(admin_visit, settings, made(admin_visit, rights=["GUARD_ACCOUNT"]))
    with pytest.raises(Refused, match="sign in"):
        perform(script, "allowed_addresses.add", network="192.0.2.0/24")


@pytest.mark.capability("BX-33")
def test_the_command_line_acts_with_the_token_of_a_file(
    admin_visit: Visit,
    make_line: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    make_line(admin_visit.account_id, number="+31612345678")
    file = tmp_path / "token"
    file.write_text(made(admin_visit).reveal() + "\n")
    monkeypatch.setenv("LOKET_HOME", str(admin_visit.store.folder))
    monkeypatch.setenv("LOKET_DATABASE_URL", admin_visit.store.url)
    monkeypatch.setenv("LOKET_TOKEN_FILE", str(file))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    file.chmod(0o640)
    assert main(["lines", "page", "--json"], FixedClock(admin_visit.now)) == 2
    assert "chmod 600" in capsys.readouterr().err
    file.chmod(0o600)
    assert main(["lines", "page", "--json"], FixedClock(admin_visit.now)) == 0
    assert [row["number"] for row in json.loads(capsys.readouterr().out)["rows"]] == ["+31612345678"]
    assert main(["audit", "page"], FixedClock(admin_visit.now)) == 3
    assert main(["lines", "page", "--as", "admin"], FixedClock(admin_visit.now)) == 3
    assert main(["worker", "--once"], FixedClock(admin_visit.now)) == 3


@pytest.fixture
def thief(admin_visit: Visit, factory: Factory) -> list[Secret]:
    """Tokens that somebody made with a password that was not theirs, for two customers."""
    other = factory.account("Another")
    factory.insert("membership", {"login_id": admin_visit.login_id, "account_id": other, "role": "admin"})
    there = factory.visit("admin", other, login_id=admin_visit.login_id)
    return [made(admin_visit), made(there)]


def refused(visit: Visit, settings: Settings, tokens: list[Secret]) -> list[bool]:
    """Which of the tokens are worth nothing."""
    found = []
    for token in tokens:
        try:
            used(visit, settings, token)
            found.append(False)
        except Refused:
            found.append(True)
    return found


def test_a_password_made_anew_by_a_code_ends_every_token_and_the_mail_says_so(
    admin_visit: Visit, factory: Factory, settings: Settings, thief: list[Secret]
) -> None:
    visitor = factory.visit("", None)
    name = admin_visit.rows("SELECT user_name FROM login WHERE id = :id", id=admin_visit.login_id)[0][0]
    perform(visitor, "recovery.forgot", who=name)
    assert refused(admin_visit, settings, thief) == [False, False]
    perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(NEW))
    assert refused(admin_visit, settings, thief) == [True, True]
    assert "tokens for scripts have ended" in letters(visitor)[-1].body
    perform(visitor, "recovery.forgot", who=name)
    perform(visitor, "recovery.redeem", code=last_code(visitor), password=Secret(NEW + "!"))
    assert "tokens" not in letters(visitor)[-1].body


def test_a_password_changed_by_who_knows_it_ends_no_token(
    admin_visit: Visit, settings: Settings, thief: list[Secret]
) -> None:
    with admin_visit.store.transaction() as tx:
        hashed = hash_password("Wilgenkatje-3-otter")
        tx.execute("UPDATE login SET password_hash = :it WHERE id = :id", it=hashed, id=admin_visit.login_id)
    perform(admin_visit, "password.change", old=Secret("Wilgenkatje-3-otter"), new=Secret(NEW))
    assert refused(admin_visit, settings, thief) == [False, False]
    assert "tokens" not in letters(admin_visit)[-1].body


def test_a_recovery_by_the_helpdesk_ends_every_token_at_once(
    admin_visit: Visit, agent_visit: Visit, factory: Factory, settings: Settings, thief: list[Secret]
) -> None:
    case = perform(
        agent_visit,
        "cases.open_recovery",
        account_id=admin_visit.account_id,
        login_id=admin_visit.login_id,
        email="new@molenwerf.example",
        checks=[check.id for check in agent_visit.content.access.recovery],
        reason="provider is gone",
    )
    supervisor = factory.visit("supervisor", None, login_id=factory.login(None, staff_role="supervisor"))
    assert refused(admin_visit, settings, thief) == [False, False]
    perform(supervisor, "cases.release", case_id=case.id)
    assert refused(admin_visit, settings, thief) == [True, True]
    told = {letter.recipient: letter.body for letter in letters(admin_visit)}
    assert "tokens for scripts have ended" in told["new@molenwerf.example"]
