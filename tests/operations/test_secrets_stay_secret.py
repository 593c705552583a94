"""Secrets that went through real operations are found nowhere: database, journal, logs, files, processes."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import OperationError, Visit, perform
from app.operations.core.audit_heads import keep_head
from app.operations.core.next_step import NextStep
from app.operations.core.passwords import hash_password
from app.operations.core.registry import every
from app.operations.core.tokens import visit_of
from app.operations.signin import continue_sign_in, sign_in
from app.secret import Secret
from app.settings import read_settings
from app.widgets.base_app import SafeApp
from tests.factories import Factory
from tests.operations.door import code_of
from tests.operations.mail_box import last_code

OLD = "Kanarie-oud-11-wilg"
NEW = "Kanarie-nieuw-22-els"
WRONG = "Kanarie-mis-33-berk"
SPOKEN = "kanarie spreekt zacht"


@pytest.fixture
def anna(factory: Factory, account_id: int) -> int:
    """The holder, with a password."""
    return factory.login(
        account_id, "holder", user_name="anna", email="anna@example.com", password_hash=hash_password(OLD)
    )


def variants(secret: str) -> Iterable[bytes]:
    """A code with and without its dashes, in both cases."""
    for text in {secret, secret.replace("-", ""), secret.lower(), secret.upper()}:
        yield text.encode()


def everywhere(home: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Files below home that hold one of the secrets; delivered mails would, they are not there."""
    return [
        (str(file.relative_to(home)), secret)
        for file in home.rglob("*")
        if file.is_file()
        for content in [file.read_bytes()]
        for secret in secrets
        if any(text in content for text in variants(secret))
    ]


def used(visit: Visit, anna: int, factory: Factory, clock: FixedClock) -> list[str]:
    """Everything that people do with secrets, right and wrong; the secrets that there were."""
    home = visit.store.folder
    settings = read_settings({"LOKET_HOME": str(home)})
    outside = factory.visit("", None)
    perform(outside, "recovery.forgot", who="anna")
    reset = last_code(visit)
    perform(outside, "recovery.redeem", code=reset, password=Secret(NEW))
    me = sign_in(visit.store, clock, visit.content, settings, "anna", NEW)
    seed = perform(me, "second_factor.begin").seed
    recovery = perform(me, "second_factor.confirm", code=code_of(seed, clock)).codes
    perform(me, "telephone_password.set", telephone_password=Secret(SPOKEN))
    token = perform(me, "tokens.add", name="script", rights=["VIEW_LINES"]).token
    ticket = perform(me, "handover.make", site="webshop").code
    perform(factory.system, "handover.redeem", code=Secret(ticket))
    perform(visit_of(visit.store, clock, visit.content, settings, Secret(token)), "lines.page")
    wrong: list[tuple[str, dict[str, object]]] = [
        ("password.change", {"old": Secret(WRONG), "new": Secret(WRONG)}),
        ("sessions.confirm", {"password": Secret(WRONG)}),
        ("second_factor.remove", {"code": Secret(WRONG)}),
        ("recovery.redeem", {"code": Secret(WRONG), "password": Secret(WRONG)}),
        ("telephone_password.set", {"telephone_password": Secret(WRONG + "!")}),
    ]
    for name, given in wrong:
        with pytest.raises(OperationError) as caught:
            perform(me, name, **given)
        assert WRONG not in "".join(traceback.format_exception(caught.value))
    clock.advance(60)
    for who, password in (("anna", WRONG), (WRONG, NEW), (NEW, WRONG)):
        with pytest.raises(OperationError):
            sign_in(visit.store, clock, visit.content, settings, who, password)
    with pytest.raises(NextStep) as step:
        sign_in(visit.store, clock, visit.content, settings, "anna", NEW)
    with pytest.raises(OperationError):
        continue_sign_in(step.value.pending, Secret(WRONG))
    continue_sign_in(step.value.pending, Secret(recovery[0]))
    assert NEW not in repr(step.value.pending)
    keep_head(visit.store, visit.now, settings.audit_heads, factory.system.vault)  # type: ignore[arg-type]
    return [OLD, NEW, WRONG, SPOKEN, seed, token, ticket, reset.reveal(), *recovery]


def test_no_file_holds_a_secret(admin_visit: Visit, anna: int, factory: Factory, clock: FixedClock) -> None:
    home = admin_visit.store.folder
    secrets = used(admin_visit, anna, factory, clock)
    assert len(secrets) == 18
    assert all(secrets)
    assert (home / "audit-heads" / "heads.log").exists()
    assert everywhere(home, secrets) == []
    (home / "proof").write_text(NEW)
    assert everywhere(home, secrets) == [("proof", NEW)]


def test_a_crash_text_and_the_error_log_hold_no_secret(tmp_path: Path, admin_visit: Visit) -> None:
    app = SafeApp(log_folder=tmp_path / "log")

    def crash(password: Secret, plain: str) -> None:
        assert plain
        raise RuntimeError(f"cannot do it with {password}, {admin_visit.vault!r}")

    try:
        crash(Secret(NEW), NEW)
    except RuntimeError as error:
        number = app.note_error(error)
    logged = (tmp_path / "log" / "errors.log").read_text(encoding="utf-8")
    assert number in logged
    assert NEW not in logged


def test_no_command_takes_a_secret_as_an_argument() -> None:
    from app.cli.parameters import parameters
    from app.cli.parser import parser_of

    taken = 0
    for operation in every():
        said = parameters(operation.function, {})
        secrets = [each for each in said if each.kind == "secret"]
        usage = parser_of("loket", "", said).format_usage()
        taken += len(secrets)
        for each in secrets:
            assert each.option not in usage, operation.name
        for each in said:
            telling = {"password", "secret", "token", "seed"} & set(each.name.split("_"))
            assert each.kind == "secret" or not telling or each.name == "token_id", operation.name
    assert taken > 10


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_a_running_command_shows_no_secret(admin_visit: Visit, anna: int) -> None:
    home = admin_visit.store.folder
    url = admin_visit.store.url
    environment = {**os.environ, "LOKET_HOME": str(home), "LOKET_DATABASE_URL": url, "LANG": "C"}
    command = [sys.executable, "-m", "app", "password", "change", "--as", "anna"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdin is not None
        process.stdin.write(f"{OLD}\n{NEW}\n".encode())
        process.stdin.close()
        seen = b""
        while process.poll() is None:
            for name in ("cmdline", "environ"):
                try:
                    seen += Path(f"/proc/{process.pid}/{name}").read_bytes()
                except OSError:
                    continue
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.returncode == 0, said
    assert b"password" in seen
    assert not [text for text in (OLD, NEW) if text.encode() in seen + said]
    assert everywhere(home, [OLD, NEW]) == []
