"""`ssh NAME@host usage --json`: the command line as who signed in, and nothing of the operator's."""

from __future__ import annotations

import asyncio
import inspect
import json
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest

from app.cli.failures import WrongUsage
from app.identity import Identity
from app.operations.core import NotFound, Refused, SignedOut
from app.operations.core.registry import every
from app.serving.commands import READ_FILES, Elsewhere, words_of
from app.serving.request import Request
from tests.serving.conftest import PASSWORD, PATIENCE, Person, Served, eventually
from tests.serving.files.conftest import SOURCE

EMPLOYEE = "employee"
PATHS = {"path", "file", "folder", "directory", "target"}
"""What a parameter would be called that names a file."""


@pytest.fixture
async def client(served: Served) -> AsyncIterator[asyncssh.SSHClientConnection]:
    async with asyncssh.connect(
        "127.0.0.1",
        served.port,
        username=EMPLOYEE,
        password=PASSWORD,
        known_hosts=None,
        client_keys=None,
        agent_path=None,
        config=(),
        local_addr=(SOURCE, 0),
    ) as connection:
        yield connection


async def run(
    client: asyncssh.SSHClientConnection, command: str, typed: str = ""
) -> asyncssh.SSHCompletedProcess:
    given = {"input": typed} if typed else {"stdin": asyncssh.DEVNULL}
    return await asyncio.wait_for(client.run(command, **given), PATIENCE)


@pytest.mark.capability("BX-53")
async def test_a_command_is_done_as_the_person_who_signed_in(
    served: Served, client: asyncssh.SSHClientConnection
) -> None:
    told = await run(client, "usage --json")
    (row,) = json.loads(str(told.stdout))["rows"]
    assert (told.exit_status, told.stderr) == (0, "")
    assert row["person"] == "Youssef El Amrani"
    again = await run(client, "loket usage records --limit 3 --csv")
    assert str(again.stdout).count("\r\n") == 4
    refused = await run(client, "members page --json")
    assert (refused.exit_status, json.loads(str(refused.stderr))["error"]) == (3, "refused")
    with sqlite3.connect(f"file:{served.home / 'loket.db'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT login.user_name, audit.channel, audit.role, audit.session_id <> '' FROM audit"
            " JOIN login ON login.id = login_id WHERE operation = 'members.page' AND outcome = 'refused'"
        ).fetchall()
    assert rows == [(EMPLOYEE, "ssh", "user", 1)]


REFUSED = (
    ("frobnicate", 2, "usage"),
    ("usage frobnicate", 2, "loket usage by-line"),
    ("lines get 999999", 4, "bestaat niet"),
    ("usage --as admin", 3, "leave --as out"),
    ("usage --account 100001", 4, "100001"),
    ("demo create", 3, "files of the server"),
    ("database check", 3, "files of the server"),
    ("worker --once", 3, "files of the server"),
    ("serve", 3, "files of the server"),
    ("plain", 3, "files of the server"),
    ("tour record x", 3, "files of the server"),
    ("usage import /etc/passwd", 3, "files of the server"),
    ("keys list", 3, "files of the server"),
    ("audit verify", 3, ""),
    ("sms receive --from +31670042201 --text HULP", 3, ""),
    ("usage; id", 2, "loket usage;"),
    ("usage $(id) `id`", 2, ""),
    ("usage 'records", 2, ""),
    ("password change", 2, ""),
)
"""Command, exit code, and a part of what it says."""


async def test_what_is_not_done_says_why(client: asyncssh.SSHClientConnection) -> None:
    for command, code, says in REFUSED:
        told = await run(client, command)
        assert (command, told.exit_status, told.stdout) == (command, code, "")
        assert str(told.stderr).strip(), command
        assert says in str(told.stderr)
        assert "uid=" not in str(told.stderr)


async def test_help_needs_nothing_and_secrets_are_lines_of_input(
    client: asyncssh.SSHClientConnection,
) -> None:
    offered = str((await run(client, "--help")).stdout)
    assert "loket usage records" in offered
    assert not [each for each in ("loket worker", "loket demo create", "LOKET_HOME") if each in offered]
    assert (await run(client, "usage records --help")).exit_status == 0
    assert "usage-see" in str((await run(client, "help")).stdout)
    told = await run(client, "password change", f"{PASSWORD}\nshort\n")
    assert told.exit_status == 2
    assert "12" in str(told.stderr)


async def test_an_export_goes_to_standard_output(client: asyncssh.SSHClientConnection) -> None:
    told = await run(client, "export rows usage.records --arguments line_id=19 month=202610 --form json")
    assert told.exit_status == 0
    assert len(json.loads(str(told.stdout))) > 20


async def test_a_command_that_waits_for_input_goes_with_its_caller(
    served: Served, client: asyncssh.SSHClientConnection
) -> None:
    known = len(served.events("session", kind="command"))
    process = await client.create_process("password change")
    await asyncio.to_thread(eventually, lambda: len(served.events("session", kind="command")) > known)
    child = int(served.events("session", kind="command")[-1]["pid"])
    assert child in served.sessions()
    process.close()
    await asyncio.to_thread(eventually, lambda: child not in served.sessions())


def test_on_a_terminal_a_secret_is_typed_unseen_and_ctrl_c_ends_it(served: Served) -> None:
    command = [*served.command("-b", SOURCE, "-t", user=EMPLOYEE), "password change"]
    with Person(command, 120, 40, {"LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("Password:", PATIENCE)
        terminal.press(PASSWORD.encode() + b"\n")
        terminal.wait_for("Old:", PATIENCE)
        terminal.press(b"secret\n")
        terminal.wait_for("New:", PATIENCE)
        terminal.press(b"\x03")
        assert terminal.wait_exit() == 130
        assert b"secret" not in terminal.written


async def test_with_a_key_nothing_is_typed_but_for_what_is_sensitive(
    served: Served, client: asyncssh.SSHClientConnection, tmp_path: Path
) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o600)
    public = key.export_public_key().decode().strip()
    added = await run(client, f"ssh-keys add '{public}' --name laptop", f"{PASSWORD}\n")
    assert (added.exit_status, added.stderr) == (0, "")
    mine = ("-b", SOURCE, "-o", "PasswordAuthentication=no", "-i", str(tmp_path / "key"))
    plain = [*served.command(*mine, "-o", "BatchMode=yes", user=EMPLOYEE)]
    done = await asyncio.to_thread(subprocess.run, [*plain, "usage --json"], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Youssef" in done.stdout
    make = "tokens add --name script --rights VIEW_USAGE"
    done = await asyncio.to_thread(subprocess.run, [*plain, make], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (3, b"")
    await asyncio.to_thread(typed_again, [*served.command(*mine, "-t", user=EMPLOYEE), make])


def typed_again(command: list[str]) -> None:
    with Person(command, 120, 40, {"LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("Uw wachtwoord:", PATIENCE)  # the employee reads Dutch
        terminal.press(PASSWORD.encode() + b"\n")
        assert terminal.wait_exit() == 0
        assert b"loket_" in terminal.written
        assert PASSWORD.encode() not in terminal.written


async def test_who_is_not_signed_in_has_no_commands(served: Served) -> None:
    async with asyncssh.connect(
        "127.0.0.1",
        served.port,
        username="portal",
        known_hosts=None,
        client_keys=None,
        config=(),
        local_addr=(SOURCE, 0),
    ) as connection:
        told = await run(connection, "usage")
        assert (told.exit_status, told.stdout) == (1, "")
        assert "your own name" in str(told.stderr)


def asking(**identity: object) -> Elsewhere:
    made = Identity(**{"login_id": 1, "session_id": "", "user_name": "", "method": "key", **identity})
    return Elsewhere(Request("command", "ssh", "192.0.2.7", made))


def test_every_operation_that_is_given_a_path_is_refused() -> None:
    takes = {each.name for each in every() if PATHS & set(inspect.signature(each.function).parameters)}
    assert takes >= set(READ_FILES)
    for name in takes:
        with pytest.raises(Refused):
            asking().check(name.split("."))


def test_the_operators_own_token_and_right_are_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("LOKET_HOME", str(tmp_path))
    monkeypatch.setenv("LOKET_TOKEN_FILE", "/dev/null")
    host = asking()
    settings = host.settings()
    assert (settings.token_file, settings.channel, settings.address) == (None, "ssh", "192.0.2.7")
    with pytest.raises(Refused):  # a code is still asked for
        host.visit(settings, "", "", None, "needed")
    with pytest.raises((SignedOut, NotFound)):
        asking(session_id="made up").visit(settings, "", "", None, "needed")
    with pytest.raises(Refused):
        asking(session_id="made up").visit(settings, "admin", "", None, "needed")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("usage --json", ["usage", "--json"]),
        ("loket lines page --text 'van der'", ["lines", "page", "--text", "van der"]),
        ("  ", []),
        ("usage $HOME ~ * | cat > x", ["usage", "$HOME", "~", "*", "|", "cat", ">", "x"]),
    ],
)
def test_a_line_is_taken_apart_and_nothing_in_it_is_replaced(line: str, words: list[str]) -> None:
    assert words_of(line) == words


def test_a_quotation_that_does_not_end_is_said() -> None:
    with pytest.raises(WrongUsage):
        words_of("usage 'records")
