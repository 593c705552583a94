"""The file of heads: written when something changed, proven line by line, told apart from a forged one."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from app.cli import main
from app.clock import FixedClock
from app.operations.core import Visit, audit
from app.operations.core.audit_heads import keep_head, read_heads
from app.store import Store, StoreError
from app.vault import Vault


@pytest.fixture
def heads(admin_visit: Visit) -> Path:
    """The file of this test's database."""
    admin_visit.audit_heads = admin_visit.store.folder / "audit-heads" / "heads.log"
    return admin_visit.audit_heads


def write(visit: Visit, heads: Path) -> None:
    """One row, and its head."""
    assert visit.vault is not None
    with visit.transaction():
        audit.append(visit, "limits.set", "done", objects="line:1")
    keep_head(visit.store, visit.now, heads, visit.vault)


def test_a_head_is_written_once_and_by_the_owner_only(admin_visit: Visit, heads: Path) -> None:
    write(admin_visit, heads)
    assert admin_visit.vault is not None
    assert keep_head(admin_visit.store, admin_visit.now, heads, admin_visit.vault) is None
    assert len(heads.read_text().splitlines()) == 1
    assert stat.S_IMODE(heads.stat().st_mode) == 0o600
    assert stat.S_IMODE((admin_visit.vault.folder / "audit-heads.key").stat().st_mode) == 0o400
    write(admin_visit, heads)
    report = audit.verify(admin_visit)
    assert (report.rows, report.heads, report.problem) == (2, 2, "")


@pytest.mark.parametrize("forge", ["seq", "hash", "at", "hmac", "garbage", "removed"])
def test_a_forged_file_is_found(admin_visit: Visit, heads: Path, forge: str) -> None:
    for _row in range(3):
        write(admin_visit, heads)
    lines = heads.read_text().splitlines()
    line = json.loads(lines[1])
    if forge == "removed":
        del lines[1]
    else:
        changed = {"seq": 1, "hash": "0" * 64, "at": 1, "hmac": "0" * 64}
        lines[1] = "garbage" if forge == "garbage" else json.dumps(line | {forge: changed[forge]})
    heads.write_text("\n".join(lines) + "\n")
    report = audit.verify(admin_visit)
    assert report.bad_head == 2
    assert not report.sound


def test_without_the_key_nobody_makes_a_head(admin_visit: Visit, heads: Path, tmp_path: Path) -> None:
    with admin_visit.transaction():
        audit.append(admin_visit, "limits.set", "done")
    keep_head(admin_visit.store, admin_visit.now, heads, Vault(tmp_path / "other-keys"))
    assert audit.verify(admin_visit).bad_head == 1


def test_a_removed_file_is_found(admin_visit: Visit, heads: Path) -> None:
    write(admin_visit, heads)
    heads.unlink()
    assert not audit.verify(admin_visit).sound


def test_a_file_that_cannot_be_written_is_told(admin_visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert admin_visit.vault is not None
    with pytest.raises(StoreError, match="head"):
        keep_head(admin_visit.store, 1, tmp_path / "file" / "heads.log", admin_visit.vault)


def test_a_line_cut_in_two_is_named(admin_visit: Visit, heads: Path) -> None:
    write(admin_visit, heads)
    heads.write_bytes(heads.read_bytes()[:-20])
    assert admin_visit.vault is not None
    assert read_heads(heads, admin_visit.vault).bad_line == 1


@pytest.mark.capability("BX-35")
def test_the_command_writes_the_head_and_finds_a_cut_tail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> None:
    monkeypatch.setenv("LOKET_HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "C")
    assert main(["database", "create"], clock) == 0
    store = Store(f"sqlite:///{tmp_path / 'loket.db'}")
    visit = Visit(store, clock, None, role="visitor", channel="test")  # type: ignore[arg-type]
    with visit.transaction():
        audit.append(visit, "signin.sign_in", "failed")
    assert main(["worker", "--once"], clock) == 0
    capsys.readouterr()
    assert main(["audit", "verify", "--json"], clock) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["heads"] >= 1
    with store.transaction() as tx:
        tx.execute("DROP TRIGGER audit_no_delete")
        tx.execute("DELETE FROM audit_personal WHERE seq = :seq", seq=whole["rows"])
        tx.execute("DELETE FROM audit WHERE seq = :seq", seq=whole["rows"])
    store.close()
    assert main(["audit", "verify", "--json"], clock) == 1
    assert json.loads(capsys.readouterr().out)["bad_seq"] == whole["rows"]
