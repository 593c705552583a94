"""PuTTY's family in the place of OpenSSH: the portal on a terminal, one command, files."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving.conftest import PASSWORD, PATIENCE, Person, Served, sign_in

PLINK, PSFTP = shutil.which("plink") or "", shutil.which("psftp") or ""
pytestmark = pytest.mark.skipif(not (PLINK and PSFTP), reason="no PuTTY is installed (Debian: putty-tools)")
Putty = Callable[..., list[str]]


@pytest.fixture
def putty(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Putty:
    """`putty(PLINK, "-l", "admin")`: the words of a program that knows the host's key."""
    monkeypatch.setenv("HOME", str(tmp_path))
    key = served.home / "ssh" / "host_ed25519"
    told = subprocess.run(["ssh-keygen", "-lf", str(key)], capture_output=True, text=True, check=True)
    known = ["-P", str(served.port), "-hostkey", told.stdout.split()[1]]

    def words(program: str, *more: str) -> list[str]:
        ssh = ["-ssh"] if program == PLINK else []
        return [program, *ssh, *known, *more]

    return words


def test_the_portal_comes_and_leaves_the_terminal_whole(putty: Putty) -> None:
    # Without -no-antispoof it waits for Return before the session begins.
    command = putty(PLINK, "-no-antispoof", "-t", "-l", "portal", "127.0.0.1")
    with Person(command, 80, 24, {"LANG": "C.UTF-8", "TERM": "xterm"}) as person:
        sign_in(person)
        person.press(b"\x1b3")
        person.wait_for("Mobile", PATIENCE)
        person.press(b"\x11")
        assert person.wait_exit() == 0
        assert person.whole


def test_a_command_answers(putty: Putty) -> None:
    words = putty(PLINK, "-batch", "-l", "admin", "-pw", PASSWORD, "127.0.0.1", "lines", "page", "--json")
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]


def test_files_are_fetched(putty: Putty, tmp_path: Path) -> None:
    orders = tmp_path / "orders"
    orders.write_text(f"lcd {tmp_path}\nls /usage\nget -r /usage here\nput orders /usage/orders\nquit\n")
    words = putty(PSFTP, "-batch", "-l", "admin", "-pw", PASSWORD, "-b", str(orders), "-be", "127.0.0.1")
    done = subprocess.run(words, capture_output=True, text=True, timeout=2 * PATIENCE, check=False)
    assert list((tmp_path / "here").rglob("*.csv")), done.stdout + done.stderr
    assert "permission denied" in done.stdout + done.stderr, "nothing is put there"
