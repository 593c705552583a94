"""A PostgreSQL server for one run of the tests, in a folder of its own; gone with the run, however it ends.

    python -m tests.databases.cluster FOLDER PID

keeps a server in FOLDER, with its socket there, until process PID is gone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

USER: Final = "postgres"
PORT: Final = 5432
PATIENCE: Final = 60
OPTIONS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "panic",
    "jit": "off",
}
"""Nothing survives a power cut, and nothing has to."""


def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def start(watched: int) -> Path:
    """Start a server that ends with a process; the folder of its socket.

    Raises:
        RuntimeError: it does not answer within a minute; says what the server said.
    """
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    log = folder / "keeper.log"
    with log.open("w") as out:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.databases.cluster", str(folder), str(watched)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    until = time.monotonic() + PATIENCE
    while not _ready(folder / "data" / "postmaster.pid"):
        if keeper.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"no PostgreSQL server: {log.read_text()}")
        time.sleep(0.05)
    return folder


def keep(folder: Path, watched: int) -> None:
    """Make a server in a folder, run it until a process is gone, take all of it away."""
    binaries = programs()
    assert binaries is not None
    data = folder / "data"
    who = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, USER, USER)
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "loket", "--encoding=UTF8", "--locale=C", "--auth=trust",
             "--no-sync", "--no-instructions"],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, **who,
        )  # fmt: skip
        settings = [f"-c{name}={value}" for name, value in OPTIONS.items()]
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, "-p", str(PORT), *settings], cwd=folder, **who
        )
        try:
            while server.poll() is None and _lives(watched):
                time.sleep(0.5)
        finally:
            server.terminate() if server.poll() is None else None
            server.send_signal(3) if server.poll() is None else None
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ready(state: Path) -> bool:
    return state.exists() and state.read_text().rstrip().endswith("ready")


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))
