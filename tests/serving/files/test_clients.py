"""Files for stock clients: `sftp`, `scp` in its new and its old way, and the client of asyncssh."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest

from app.serving.files.sftp import MOST_OPEN
from tests.serving.conftest import PASSWORD, PATIENCE, Served, eventually
from tests.serving.files.conftest import SOURCE, Stock

MONTH = "/usage/2026-10"


def batch(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "batch"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


@pytest.fixture
async def client(served: Served) -> AsyncIterator[asyncssh.SSHClientConnection]:
    async with asyncssh.connect(
        "127.0.0.1",
        served.port,
        username="admin",
        password=PASSWORD,
        known_hosts=None,
        client_keys=None,
        agent_path=None,
        config=(),
        local_addr=(SOURCE, 0),
    ) as connection:
        yield connection


@pytest.mark.capability("BX-53")
def test_a_stock_client_reaches_the_portal_and_documents_and_nothing_else(
    served: Served, stock: Stock, tmp_path: Path
) -> None:
    with served.terminal() as terminal:
        terminal.wait_for("Password", PATIENCE)
    done = stock("sftp", "-b", batch(tmp_path, "get -r /documents/articles", "ls -1 /"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[-4:] == ["/documents", "/exports", "/invoices", "/usage"]
    texts = [path.read_text() for path in tmp_path.glob("articles/*/*.txt")]
    assert len(texts) > 20
    assert any("0 GB" in text for text in texts)
    beyond = stock("ssh", "-W", "127.0.0.1:22", "-o", "ExitOnForwardFailure=yes")
    assert beyond.returncode != 0
    assert stock("sftp", "-b", batch(tmp_path, "ls"), user="portal").returncode != 0


def test_by_every_way_it_is_the_same(served: Served, stock: Stock, tmp_path: Path) -> None:
    lines = (f"ls -1 {MONTH}", f"get {MONTH}/* line.csv", "get -r /documents/tariffs sftp")
    first = stock("sftp", "-b", batch(tmp_path, *lines), user="employee")
    assert first.returncode == 0, first.stderr
    line = first.stdout.splitlines()[1]
    assert line.startswith(f"{MONTH}/316")
    text = (tmp_path / "line.csv").read_text()
    assert text.startswith("id,start,kind,")
    assert text.count("\n") > 20
    for program in (["scp"], ["scp", "-O"]):
        done = stock(*program, "-q", "-r", "/documents/tariffs", line, ".", user="employee")
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / line.rpartition("/")[2]).read_text() == text
        for path in (tmp_path / "sftp").iterdir():
            assert (tmp_path / "tariffs" / path.name).read_bytes() == path.read_bytes()
        shutil.rmtree(tmp_path / "tariffs")
    with sqlite3.connect(f"file:{served.home / 'loket.db'}?mode=ro", uri=True) as database:
        sql = "SELECT channel, outcome FROM audit WHERE operation = 'files.read'"
        rows = database.execute(sql).fetchall()
    assert len(rows) >= 12
    assert set(rows) == {("ssh", "done")}


REFUSED = (
    "put batch /exports/batch",
    "rm /usage/2026-10/*",
    "mkdir /mine",
    "rmdir /usage",
    "rename /usage /mine",
    "ln /usage /mine",
    "ln -s /usage /mine",
    "chmod 777 /usage",
    "get /etc/passwd",
    "get ../../../etc/passwd",
    "get /usage/2026-10/../../../../etc/passwd",
    "ls /proc",
    "ls /usage/1999-01",
)


def test_nothing_can_be_changed_and_nothing_else_is_there(stock: Stock, tmp_path: Path) -> None:
    done = stock("sftp", "-b", batch(tmp_path, *(f"-{line}" for line in REFUSED)))
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert len([line for line in said if "Permission denied" in line]) >= 7
    assert len([line for line in said if "not found" in line]) >= 5
    assert not (tmp_path / "passwd").exists()
    for program in (["scp"], ["scp", "-O"]):
        assert stock(*program, "-q", "batch", "/exports/").returncode == 1
        assert stock(*program, "-q", "/etc/passwd", ".").returncode == 1
    assert stock("ssh", "scp -f /etc/passwd; id").returncode != 0


async def test_a_library_sees_the_same_tree(client: asyncssh.SSHClientConnection, tmp_path: Path) -> None:
    async with client.start_sftp_client() as sftp:
        assert set(await sftp.listdir("/")) == {".", "..", "documents", "exports", "invoices", "usage"}
        names = await sftp.glob(f"{MONTH}/*.csv")
        await sftp.get(str(names[0]), tmp_path / "one.csv")
        assert (tmp_path / "one.csv").stat().st_size == (await sftp.stat(names[0])).size
        await sftp.get("/documents/tariffs", tmp_path / "tariffs", recurse=True)
        assert len(list((tmp_path / "tariffs").iterdir())) == 3
        for refused in (sftp.statvfs("/"), sftp.readlink("/usage"), sftp.open("/exports/x", "w")):
            with pytest.raises(asyncssh.SFTPPermissionDenied):
                await refused
        with pytest.raises(asyncssh.SFTPError, match="folder"):
            await sftp.open("/usage")


async def test_only_so_many_files_are_open_at_once(client: asyncssh.SSHClientConnection) -> None:
    async with client.start_sftp_client() as sftp:
        opened = [await sftp.open("/exports/groups.csv") for _file in range(MOST_OPEN)]
        with pytest.raises(asyncssh.SFTPFailure):
            await sftp.open("/exports/groups.csv")
        await opened[0].close()
        last = await sftp.open("/exports/groups.csv")
        assert await last.read() == await opened[1].read()


async def test_the_child_of_a_channel_goes_with_it_and_the_channel_with_its_child(
    served: Served, client: asyncssh.SSHClientConnection
) -> None:
    def child_of_last() -> int:
        return int(served.events("process", kind="files")[-1]["pid"])

    async with client.start_sftp_client() as sftp:
        await sftp.listdir("/usage")
        os.kill(child_of_last(), 9)
        with pytest.raises(asyncssh.SFTPError):
            await sftp.listdir("/usage")
    async with client.start_sftp_client() as sftp:
        await sftp.listdir("/usage")
        child = child_of_last()
        assert child in served.sessions()
    await asyncio.to_thread(eventually, lambda: child not in served.sessions())


async def test_who_is_signed_out_elsewhere_fetches_no_more(
    served: Served, client: asyncssh.SSHClientConnection
) -> None:
    async with client.start_sftp_client() as sftp:
        await sftp.listdir("/usage")
        with sqlite3.connect(served.home / "loket.db", timeout=PATIENCE) as database:
            database.execute("UPDATE session SET ended_at = 1, ended_by = 'revoked' WHERE ended_at IS NULL")
        with pytest.raises(asyncssh.SFTPPermissionDenied, match="Sign in again"):
            await sftp.listdir("/usage")


def test_the_files_of_an_employee(stock: Stock, tmp_path: Path) -> None:
    done = stock("sftp", "-b", batch(tmp_path, f"ls -1 {MONTH}", "ls -1 /exports"), user="employee")
    assert done.returncode == 0, done.stderr
    listed = [line for line in done.stdout.splitlines() if not line.startswith("sftp>")]
    assert len([line for line in listed if line.startswith(MONTH)]) == 1
    assert "/exports/people.csv" not in listed


def test_no_file_of_the_spool_is_left(served: Served, stock: Stock, tmp_path: Path) -> None:
    assert stock("sftp", "-b", batch(tmp_path, "get /exports/lines.csv")).returncode == 0
    assert not [path for path in served.home.iterdir() if path.name.startswith("tmp")]


def test_the_journal_knows_how_much_was_fetched(served: Served, stock: Stock, tmp_path: Path) -> None:
    assert stock("scp", "-q", "/exports/lines.csv", ".").returncode == 0
    size = (tmp_path / "lines.csv").stat().st_size
    eventually(lambda: served.events("session_end", kind="files", bytes=size))
