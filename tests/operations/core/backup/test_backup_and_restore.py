"""A backup gives back the database it was made of, or nothing; and says which of both, and what to do."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.operations.core import Invalid, NotFound, OperationError, Refused, Unavailable, Visit, audit, perform
from app.operations.core.backup import sqlite_file
from app.operations.core.backup.container import BadBackup
from app.store import Store
from app.vault import Vault

pytestmark = pytest.mark.sqlite_only


def content_of(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_a_restored_database_is_the_one_that_was_copied(visit: Visit, folder: Path, tmp_path: Path) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    assert (made.audit_rows, made.sealed) == (3, False)
    assert "NOT in it" in made.not_in_it
    assert Path(made.path).stat().st_mode & 0o077 == 0
    target = tmp_path / "elsewhere" / "loket.db"
    target.parent.mkdir()
    report = perform(visit, "database.restore", path=made.path, to=str(target))
    assert report.sound
    assert [check.what for check in report.checks][-1] == "Keys"
    assert content_of(target) == content_of(visit.store.path)
    assert target.stat().st_mode & 0o077 == 0
    assert [each.name for each in target.parent.iterdir()] == ["loket.db"]


def test_a_sealed_backup_needs_its_key(visit: Visit, folder: Path, key_file: Path, tmp_path: Path) -> None:
    made = perform(visit, "database.backup", path=str(folder / "x.backup"), key_file=str(key_file))
    assert made.sealed
    with pytest.raises(BadBackup, match="--key-file"):
        perform(visit, "database.drill", path=made.path)
    other = tmp_path / "other.key"
    other.write_bytes(bytes(32))
    other.chmod(0o600)
    with pytest.raises(BadBackup, match="does not open"):
        perform(visit, "database.drill", path=made.path, key_file=str(other))
    assert perform(visit, "database.drill", path=made.path, key_file=str(key_file)).sound


@pytest.mark.parametrize(
    "mode, size, says", [(0o644, 32, "chmod 600"), (0o600, 31, "32 bytes"), (0o600, 33, "32 bytes")]
)
def test_a_file_that_is_no_key_is_told_with_its_cure(
    visit: Visit, folder: Path, tmp_path: Path, mode: int, size: int, says: str
) -> None:
    key = tmp_path / "bad.key"
    key.write_bytes(bytes(size))
    key.chmod(mode)
    with pytest.raises(Invalid, match=says):
        perform(visit, "database.backup", path=str(folder), key_file=str(key))
    assert not list(folder.iterdir())


def test_a_backup_while_others_write_is_one_instant(
    visit: Visit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers go on all the time; the copy has as many rows of one table as of the other."""
    monkeypatch.setattr(sqlite_file, "PAGES", 2)
    with visit.store.transaction() as tx:
        tx.execute("CREATE TABLE ones (id INTEGER PRIMARY KEY)")
        tx.execute("CREATE TABLE twos (id INTEGER PRIMARY KEY)")
    stop, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        mine = replace(visit, store=Store(visit.store.url), touched=[], changed={})
        while not stop.is_set():
            with mine.transaction() as tx:
                tx.execute("INSERT INTO ones DEFAULT VALUES")
                audit.append(mine, "lines.get", "done", "Somebody")
                tx.execute("INSERT INTO twos DEFAULT VALUES")
            written.release()
        mine.store.close()

    writers = [threading.Thread(target=write) for _each in range(4)]
    for writer in writers:
        writer.start()
    seen: list[int] = []

    def tell(done: int, _total: int) -> None:
        # Each step of the copy waits until somebody has committed since the one before.
        if len(seen) < 40:
            seen.append(done)
            assert written.acquire(timeout=20)

    try:
        made = perform(visit, "database.backup", path=str(folder), progress=tell)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert len(seen) == 40
    with visit.store.transaction() as tx:
        (now,) = tx.row("SELECT count(*) FROM ones") or (0,)
    assert made.audit_rows < 3 + now, "work went on behind it"
    target = folder / "loket.db"
    assert perform(visit, "database.restore", path=made.path, to=str(target)).sound
    copy = Store(f"sqlite:///{target}")
    assert copy.row("SELECT (SELECT count(*) FROM ones) = (SELECT count(*) FROM twos)") == (1,)
    copy.close()


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from app.clock import SystemClock
from app.content import load_content
from app.operations.core import Visit, perform
from app.settings import shipped_content
from app.store import Store
from app.vault import Vault

url, name, at = sys.argv[1:4]
visit = Visit(Store(url), SystemClock(), load_content(shipped_content()), role="system",
              vault=Vault(Path(sys.argv[4])))
steps = 0
def tell(done, total):
    global steps
    steps += 1
    if steps == int(at):
        os.kill(os.getpid(), signal.SIGKILL)
from app.operations.core.backup import container, sqlite_file
sqlite_file.PAGES = 40
if name == "database.backup":
    container.PIECE = 100_000
perform(visit, name, progress=tell, **dict(word.split("=", 1) for word in sys.argv[5:]))
"""


def killed(visit: Visit, name: str, at: int, **words: str) -> int:
    assert visit.vault is not None
    pairs = [f"{key}={value}" for key, value in words.items()]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, visit.store.url, name, str(at), str(visit.vault.folder), *pairs],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def test_killed_in_the_middle_nothing_half_done_is_left_in_the_way(
    visit: Visit, folder: Path, tmp_path: Path
) -> None:
    file, target = folder / "x.backup", tmp_path / "new" / "loket.db"
    target.parent.mkdir()
    for at in (1, 8):
        assert killed(visit, "database.backup", at, path=str(file)) == -signal.SIGKILL
        assert not file.exists()
    perform(visit, "database.backup", path=str(file))
    assert [each.name for each in folder.iterdir()] == ["x.backup"]
    assert killed(visit, "database.restore", 1, path=str(file), to=str(target)) == -signal.SIGKILL
    assert not target.exists()
    assert perform(visit, "database.restore", path=str(file), to=str(target)).sound
    assert [each.name for each in target.parent.iterdir()] == ["loket.db"]
    assert not [each.name for each in visit.store.path.parent.iterdir() if each.name.startswith(".")]


def test_two_at_once_do_not_disturb_each_other(visit: Visit, folder: Path) -> None:
    def second(_done: int, _total: int) -> None:
        with pytest.raises(Unavailable, match="at work"):
            perform(visit, "database.backup", path=str(folder / "second.backup"))

    perform(visit, "database.backup", path=str(folder / "first.backup"), progress=second)
    assert [each.name for each in folder.iterdir()] == ["first.backup"]


@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
def test_nothing_is_overwritten(visit: Visit, folder: Path, tmp_path: Path, ending: str) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    target = tmp_path / "new.db"
    there = Path(f"{target}{ending}")
    there.write_bytes(b"of another database")
    with pytest.raises(Refused, match="overwritten"):
        perform(visit, "database.restore", path=made.path, to=str(target))
    assert there.read_bytes() == b"of another database"
    with pytest.raises(Invalid, match="exists"):
        perform(visit, "database.backup", path=made.path)


def test_files_that_are_no_backups(visit: Visit, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        perform(visit, "database.drill", path=str(tmp_path / "none.backup"))
    with pytest.raises(BadBackup, match="no backup of Loket"):
        perform(visit, "database.drill", path=str(visit.store.path))
    with pytest.raises(Invalid, match="no backup in"):
        perform(visit, "database.drill", path=str(folder))


def test_a_damaged_backup_restores_nothing(visit: Visit, folder: Path, tmp_path: Path) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    whole = Path(made.path).read_bytes()
    for place in (len(whole) // 2, len(whole) - 3):
        # One bit may point to another place that holds the same; many together do not.
        damaged = bytes(each ^ 255 for each in whole[place : place + 16])
        Path(made.path).write_bytes(whole[:place] + damaged + whole[place + 16 :])
        with pytest.raises(BadBackup, match="damaged"):
            perform(visit, "database.restore", path=made.path, to=str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_without_the_keys_the_drill_says_what_to_do(visit: Visit, folder: Path, tmp_path: Path) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    stranger = replace(visit, vault=Vault(tmp_path / "no keys"), audit_heads=None)
    report = perform(stranger, "database.drill", path=made.path)
    assert not report.sound
    assert report.checks[-1].what == "Keys"
    assert "LOKET_KEYS" in report.checks[-1].found


def test_with_the_keys_of_another_portal_the_heads_do_not_fit(
    visit: Visit, folder: Path, tmp_path: Path
) -> None:
    made = perform(visit, "database.backup", path=str(folder))
    other = Vault(tmp_path / "other keys")
    other.named_key("audit-heads")
    report = perform(replace(visit, vault=other), "database.drill", path=made.path)
    assert not report.sound
    assert "not written with the keys" in report.checks[-1].found


def test_a_database_whose_log_was_changed_is_not_put_in_place(
    visit: Visit, folder: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(visit.store.path) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET operation = 'lines.none' WHERE seq = 2")
    made = perform(visit, "database.backup", path=str(folder))
    report = perform(visit, "database.restore", path=made.path, to=str(tmp_path / "new.db"))
    assert (report.sound, report.checks[-1].what) == (False, "Audit chain")
    assert not (tmp_path / "new.db").exists()


def test_a_chain_that_was_written_anew_does_not_agree_with_the_heads(
    visit: Visit, folder: Path, tmp_path: Path
) -> None:
    assert visit.audit_heads is not None
    with sqlite3.connect(visit.store.path) as connection:
        for trigger in ("audit_no_update", "audit_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("DELETE FROM audit_personal")
        connection.execute("DELETE FROM audit")
    for _each in range(3):
        with visit.transaction():
            audit.append(visit, "lines.get", "done")
    made = perform(visit, "database.backup", path=str(folder))
    report = perform(visit, "database.drill", path=made.path)
    assert (report.sound, report.checks[-1].what) == (False, "Heads outside the database")


def test_what_came_after_the_backup_is_no_fault_of_it(visit: Visit, folder: Path) -> None:
    from app.operations.core.audit_heads import keep_head

    assert visit.vault is not None
    assert visit.audit_heads is not None
    made = perform(visit, "database.backup", path=str(folder))
    with visit.transaction():
        audit.append(visit, "lines.get", "done")
    keep_head(visit.store, visit.now, visit.audit_heads, visit.vault)
    report = perform(visit, "database.drill", path=made.path)
    assert report.sound
    assert "3" in next(check.found for check in report.checks if check.what == "Heads outside the database")


def test_old_backups_of_a_folder_go_and_nothing_else(visit: Visit, folder: Path) -> None:
    (folder / "loket-notes.backup").write_text("mine")
    clock = visit.clock
    assert isinstance(clock, FixedClock)
    names = []
    for _each in range(4):
        clock.advance(60)
        made = perform(visit, "database.backup", path=str(folder), keep=2)
        names.append(Path(made.path).name)
    assert made.removed == (names[1],)
    assert sorted(each.name for each in folder.iterdir()) == sorted(["loket-notes.backup", *names[2:]])
    assert perform(visit, "database.drill", path=str(folder)).backup.endswith(names[3])


def test_a_full_disk_leaves_no_backup_and_says_so(visit: Visit, folder: Path) -> None:
    """The size of files is limited, so that the disk seems full in the middle."""
    code = textwrap.dedent("""
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    """)
    assert visit.vault is not None
    script = code + KILLED
    words = [visit.store.url, "database.backup", "0", str(visit.vault.folder), f"path={folder / 'x.backup'}"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "StoreError" in done.stderr or "Unavailable" in done.stderr
    assert not (folder / "x.backup").exists()


def test_who_is_not_the_operator_makes_none(visit: Visit, admin_visit: Visit, folder: Path) -> None:
    for name, words in (
        ("database.backup", {"path": str(folder)}),
        ("database.restore", {"path": str(folder), "to": str(folder / "new.db")}),
        ("database.drill", {"path": str(folder)}),
    ):
        with pytest.raises(OperationError, match="may not"):
            perform(admin_visit, name, **words)
    assert not list(folder.iterdir())


def test_without_a_folder_or_a_database_it_says_so(visit: Visit, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no folder"):
        perform(visit, "database.backup", path=str(tmp_path / "none" / "x.backup"))
    empty = replace(visit, store=Store(f"sqlite:///{tmp_path / 'none.db'}"))
    with pytest.raises(Unavailable, match="no database"):
        perform(empty, "database.backup", path=str(folder))
    if os.getuid():
        folder.chmod(0o500)
        with pytest.raises(Unavailable, match="Permission"):
            perform(visit, "database.backup", path=str(folder))
        folder.chmod(0o700)
    shutil.rmtree(folder)
