"""People with keys, codes and lists of addresses, through the SSH client that everybody has."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from app.clock import SystemClock
from app.content import Content
from app.operations.core import Refused, one_time, perform
from app.operations.core.passwords import hash_password
from app.operations.core.visit import Visit
from app.operations.signin import sign_in as portal_sign_in
from app.settings import read_settings
from app.store import Store
from app.vault import Vault
from tests.factories import Factory
from tests.light_hashes import REAL
from tests.operations.three_customers import PASSWORD as OWN_PASSWORD
from tests.serving.conftest import PATIENCE, Person, Served, eventually, sign_in
from tests.serving.identity.people import SEED

OFFICE, HOME = "127.0.0.31", "127.0.0.32"


@dataclass
class Town:
    """A served demonstration with people of the test's own, all of whom have the same key."""

    served: Served
    key: Path
    store: Store
    factory: Factory
    account: int
    logins: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, account: int | None = None, **fields: Any) -> int:
        """Somebody with a password and the key."""
        login = self.factory.login(
            self.account if account is None else account,
            "admin",
            user_name=name,
            email_confirmed_at=1,
            **{"password_hash": hash_password(OWN_PASSWORD), **fields},
        )
        kind, text = self.key.with_suffix(".pub").read_text(encoding="utf-8").split()[:2]
        from app.operations.core.public_keys import fingerprint_of

        row = {"login_id": login, "name": "test", "algorithm": kind, "public_key": text, "created_at": 1}
        self.factory.insert("ssh_key", row | {"fingerprint": fingerprint_of(base64.b64decode(text))})
        self.logins[name] = login
        return login

    def add_coded(self, name: str) -> int:
        """Somebody who has one-time passwords on, too."""
        login = self.add(name)
        vault = self.factory.system.vault
        assert vault is not None
        row = {"login_id": login, "seed": vault.seal(SEED, f"second_factor.seed.{login}"), "last_step": 0}
        self.factory.insert("second_factor", row | {"created_at": 1, "confirmed_at": 1})
        return login

    def visit(self, name: str) -> Visit:
        """The same person elsewhere."""
        return self.factory.visit("admin", self.account, login_id=self.logins[name])

    def by_key(self, user: str, *more: str) -> list[str]:
        """Options that make `ssh` sign in with the key and ask for nothing."""
        return ["-o", f"IdentityFile={self.key}", "-o", "BatchMode=yes", *more]

    def terminal(self, user: str, *more: str) -> Person:
        """`ssh` with the key on a terminal."""
        return self.served.terminal("-o", f"IdentityFile={self.key}", *more, user=user)

    def sessions(self, name: str) -> list[tuple[Any, ...]]:
        """Channel, address, and how each ended."""
        with closing(sqlite3.connect(self.served.home / "loket.db")) as database:
            sql = "SELECT channel, address, ended_by FROM session WHERE login_id = ? ORDER BY started_at, id"
            return list(database.execute(sql, (self.logins[name],)))


@pytest.fixture(scope="module")
def town(
    new_home: Callable[[], Path], content: Content, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    home = new_home()
    key = tmp_path_factory.mktemp("keys") / "id_ed25519"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    settings = read_settings({"LOKET_HOME": str(home)})
    store = Store(settings.database_url)
    factory = Factory(store, content, SystemClock())
    factory.system.vault = Vault(settings.keys)
    served = Served(home)
    yield Town(served, key, store, factory, factory.account("Keyholders", number="C90001"))
    served.stop()
    store.close()


def code() -> bytes:
    return one_time.code_at(SEED, int(time.time()) // one_time.STEP).encode()


@pytest.mark.capability("BX-53")
def test_a_key_is_added_on_the_screens_and_opens_the_portal_without_a_password(
    town: Town, tmp_path: Path
) -> None:
    key = tmp_path / "id"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "my-laptop", "-f", str(key)], check=True
    )
    with town.served.terminal() as terminal:
        sign_in(terminal)
        terminal.press(b"2")
        terminal.wait_for("Customer number", PATIENCE)
        terminal.press(b"s")
        terminal.wait_for("SSH keys", PATIENCE)
        go_to(terminal, "SSH keys")
        terminal.press(b"\r")
        terminal.wait_for("No keys yet", PATIENCE)
        terminal.press(b"n")
        terminal.wait_for("Paste the line", PATIENCE)
        terminal.press(b"\x1b[200~" + key.with_suffix(".pub").read_bytes() + b"\x1b[201~", quiet=0.2)
        terminal.press(b"\r")
        terminal.wait_for("my-laptop", PATIENCE)
        terminal.press(b"\x11")
        terminal.wait_exit()
    options = ("-o", f"IdentityFile={key}", "-o", "BatchMode=yes")
    with town.served.terminal(*options, "-b", HOME, user="admin") as terminal:
        terminal.wait_for("Shared data", PATIENCE)
        assert "User name" not in terminal.text()
        terminal.press(b"2")
        terminal.wait_for("Customer number", PATIENCE)
        terminal.press(b"s")
        terminal.wait_for("SSH keys", PATIENCE)
        go_to(terminal, "Sessions")
        terminal.press(b"\r")
        terminal.wait_for(f"SSH {HOME}", PATIENCE)
        terminal.press(b"\x1b", quiet=0.3)
        terminal.press(b"\x0c")
        assert terminal.wait_exit() == 0
        assert terminal.whole
    assert town.served.events("signed_in", user="admin", method="key")
    (row,) = town.store.rows("SELECT ended_by, checked_at FROM session WHERE address = :home", home=HOME)
    assert row == ("sign_out", 0)


def go_to(terminal: Person, label: str) -> None:
    """Onto one row of the settings."""
    terminal.press(b"\x1b[H")
    for _row in range(14):
        if any(line.lstrip().startswith(f"› {label}") for line in terminal.text().splitlines()):
            return
        terminal.press(b"\x1b[B", quiet=0.1)
    raise AssertionError(f"the cursor never came to {label}:\n{terminal.text()}")


def test_after_the_key_a_code_is_asked_of_who_has_them_and_then_all_is_open(town: Town) -> None:
    town.add_coded("coded")
    with town.terminal("coded") as terminal:
        terminal.wait_for("Code of your authenticator app", PATIENCE)
        terminal.screen.reset()
        terminal.press(b"000000\n", quiet=0.3)
        terminal.wait_for("Code of your authenticator app", PATIENCE)
        terminal.press(code() + b"\n", quiet=0.3)
        terminal.wait_for("Dashboard", PATIENCE)
        terminal.press(b"\x11")
        assert terminal.wait_exit() == 0
    assert town.served.events("signed_in", user="coded", method="key")


def test_a_code_is_asked_after_the_password_too(town: Town) -> None:
    town.add_coded("typist")
    with town.served.terminal(
        "-o", "PreferredAuthentications=keyboard-interactive", user="typist"
    ) as terminal:
        terminal.wait_for("Password:", PATIENCE)
        terminal.press(OWN_PASSWORD.encode() + b"\n", quiet=0.3)
        terminal.wait_for("Code of your authenticator app", PATIENCE)
        terminal.press(code() + b"\n", quiet=0.3)
        terminal.wait_for("Dashboard", PATIENCE)
        terminal.press(b"\x11")
        terminal.wait_exit()
    assert town.served.events("signed_in", user="typist", method="code")


def test_where_no_code_can_be_asked_the_portals_own_screen_asks(town: Town) -> None:
    town.add_coded("screen")
    with town.served.terminal("-o", "PreferredAuthentications=password", user="screen") as terminal:
        terminal.wait_for("password:", PATIENCE)
        terminal.press(OWN_PASSWORD.encode() + b"\n", quiet=0.3)
        terminal.wait_for("One-time password", PATIENCE)
        terminal.press(code() + b"\r", quiet=0.3)
        terminal.wait_for("Dashboard", PATIENCE)
        terminal.press(b"\x11")
        terminal.wait_exit()
    assert town.sessions("screen")[0][:2] == ("ssh", "127.0.0.1")


def test_without_the_code_a_key_alone_is_refused(town: Town) -> None:
    town.add_coded("careful")
    done = run(town, "careful")
    assert done.returncode == 255
    assert "keyboard-interactive" in done.stderr
    assert town.sessions("careful") == []


def run(town: Town, user: str, *more: str, command: str = "usage") -> subprocess.CompletedProcess[str]:
    """`ssh` with the key and a command, that can ask nothing."""
    asked = town.served.command(*town.by_key(user, *more), user=user)
    return subprocess.run([*asked, command], capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.mark.capability("MD-26", "LA-35")
def test_the_real_address_of_the_peer_meets_the_list_of_the_account(town: Town) -> None:
    account = town.factory.account("Listed", number="C90002")
    town.add("listed", account)
    town.factory.insert(
        "allowed_address", {"account_id": account, "network": f"{OFFICE}/32", "created_at": 1}
    )
    with town.terminal("listed", "-b", OFFICE, "-o", "BatchMode=yes") as terminal:
        terminal.wait_for("Dashboard", PATIENCE)
        terminal.press(b"\x11")
        assert terminal.wait_exit() == 0
    kept_out = run(town, "listed", "-b", HOME)
    nobody = run(town, "nobody-at-all", "-b", HOME)
    assert (kept_out.returncode, nobody.returncode) == (255, 255)
    assert kept_out.stderr.replace("listed", "?") == nobody.stderr.replace("nobody-at-all", "?")
    assert says(town, "listed", OWN_PASSWORD, HOME) == says(town, "listed", "wrong", HOME)
    assert [row[1] for row in town.sessions("listed")] == [OFFICE]


@pytest.mark.capability("MD-27")
def test_a_list_that_would_shut_out_the_peer_asks_first_and_a_key_is_no_password(town: Town) -> None:
    account = town.factory.account("Guarded", number="C90003")
    town.add("guardian", account)
    with town.terminal("guardian", "-b", OFFICE, "-o", "BatchMode=yes") as terminal:
        terminal.wait_for("Dashboard", PATIENCE)
        terminal.press(b"2")
        terminal.wait_for("Customer number", PATIENCE)
        terminal.press(b"s")
        terminal.wait_for("SSH keys", PATIENCE)
        go_to(terminal, "Allowed addresses")
        terminal.press(b"\r")
        terminal.wait_for("Only fixed addresses work", PATIENCE)
        terminal.press(b"n")
        terminal.wait_for("Address or network", PATIENCE)
        terminal.press(HOME.encode() + b"\r", quiet=0.2)
        terminal.wait_for("Your password, please", PATIENCE)
        terminal.press(OWN_PASSWORD.encode() + b"\r", quiet=0.2)
        terminal.wait_for(f"You come from {OFFICE}", PATIENCE)
        terminal.press(b"\x1b", quiet=0.3)
        terminal.press(b"\x1b", quiet=0.3)
    assert town.store.rows("SELECT 1 FROM allowed_address WHERE account_id = :id", id=account) == []


def says(town: Town, user: str, password: str, address: str) -> str:
    """What a client is told about a password that does not let it in."""

    async def ask() -> str:
        with pytest.raises(asyncssh.PermissionDenied) as caught:
            await connect(town, user, password, address)
        return str(caught.value).replace(user, "?")

    return asyncio.run(ask())


async def connect(town: Town, user: str, password: str, address: str) -> asyncssh.SSHClientConnection:
    return await asyncio.wait_for(
        asyncssh.connect(
            "127.0.0.1",
            town.served.port,
            username=user,
            password=password,
            local_addr=(address, 0),
            known_hosts=None,
            config=(),
            client_keys=None,
            agent_path=None,
            preferred_auth=["password"],
        ),
        PATIENCE,
    )


def test_a_closed_login_is_refused_like_nobody(town: Town) -> None:
    town.add("closed", status="disabled")
    closed, nobody = run(town, "closed"), run(town, "nobody-at-all")
    assert (closed.returncode, nobody.returncode) == (255, 255)
    assert closed.stderr.replace("closed", "?") == nobody.stderr.replace("nobody-at-all", "?")


def test_guesses_over_ssh_count_for_the_portal_and_its_own_for_ssh(town: Town, content: Content) -> None:
    town.add("guessed")
    settings = replace(read_settings({"LOKET_HOME": str(town.served.home)}), address="127.0.0.60")

    def portal(password: str) -> Visit:
        own = {"channel": "terminal", "address": "127.0.0.60"}
        return portal_sign_in(town.store, SystemClock(), content, settings, "guessed", password, **own)

    for number in range(3):
        says(town, "guessed", "wrong", f"127.0.0.{51 + number}")
    for _try in range(2):
        with pytest.raises(Refused):
            portal("wrong")
    with pytest.raises(Refused):
        portal(OWN_PASSWORD)  # right, and too late
    says(town, "guessed", OWN_PASSWORD, "127.0.0.58")
    with town.terminal("guessed", "-b", "127.0.0.59", "-o", "BatchMode=yes") as terminal:
        terminal.wait_for("Dashboard", PATIENCE)  # nobody guesses a key
        terminal.press(b"\x11")
        terminal.wait_exit()


def test_a_name_that_nobody_has_takes_as_long(town: Town) -> None:
    town.add("timed", password_hash=REAL[0].hash(OWN_PASSWORD))
    took: dict[str, list[float]] = {"timed": [], "unknown": []}
    for turn in range(4):
        for who, times in took.items():
            begin = time.monotonic()
            says(town, who, "wrong", f"127.0.2.{10 * turn + len(who)}")
            times.append(time.monotonic() - begin)
    known, unknown = (statistics.median(times) for times in took.values())
    # Coarse: the machine does other things too. Without a hash it would be a tenth.
    assert 0.3 < unknown / known < 3


def test_without_its_key_a_session_ends_at_the_next_press_and_says_why(town: Town) -> None:
    town.add("robbed")
    with town.terminal("robbed", "-o", "BatchMode=yes") as terminal:
        terminal.wait_for("Dashboard", PATIENCE)
        (session,) = perform(town.visit("robbed"), "sessions.page")
        (key,) = perform(town.visit("robbed"), "ssh_keys.page")
        assert session.channel == "ssh"
        assert key.last_used_at
        perform(town.visit("robbed"), "ssh_keys.remove", key_id=key.id)
        terminal.press(b"3")
        assert terminal.wait_exit() == 0
        assert "This session was ended" in terminal.last_words
        assert terminal.whole
    assert run(town, "robbed").returncode == 255


def test_a_connection_that_is_lost_ends_its_session(town: Town) -> None:
    town.add("lost")
    with town.terminal("lost", "-o", "BatchMode=yes") as terminal:
        terminal.wait_for("Dashboard", PATIENCE)
        assert town.sessions("lost") == [("ssh", "127.0.0.1", "")]
        os.kill(terminal.pid, signal.SIGKILL)
        eventually(lambda: town.sessions("lost") == [("ssh", "127.0.0.1", "hung_up")])


def test_a_stolen_listing_is_no_signature(town: Town, tmp_path: Path) -> None:
    """Who knows a public key but has not signed is not let in, whatever the server said about the key."""
    town.add("watched")

    async def offer() -> None:
        listed = asyncssh.read_public_key(town.key.with_suffix(".pub"))
        own = asyncssh.generate_private_key("ssh-ed25519")
        pair = asyncssh.load_keypairs([own])[0]
        pair.public_data = listed.public_data
        with pytest.raises(asyncssh.PermissionDenied):
            await asyncssh.connect(
                "127.0.0.1",
                town.served.port,
                username="watched",
                client_keys=[pair],
                known_hosts=None,
                config=(),
                agent_path=None,
                preferred_auth=["publickey"],
            )

    asyncio.run(offer())
    assert town.sessions("watched") == []
    assert not town.served.events("signed_in", user="watched")


def test_the_commands_twin_knows_who_it_is(town: Town) -> None:
    town.add("scripted")
    done = run(town, "scripted", command="profile get --json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["user_name"] == "scripted"
