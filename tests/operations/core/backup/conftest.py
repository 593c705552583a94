"""A database with customers, sealed texts, an audit chain and heads outside; backups of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.operations.core import Visit, audit
from app.operations.core.audit_heads import keep_head
from tests.factories import Factory


@pytest.fixture
def visit(factory: Factory, tmp_path: Path) -> Visit:
    """The operator on the host."""
    visit = replace(factory.system, audit_heads=tmp_path / "heads.log", touched=[])
    assert visit.vault is not None
    for _each in range(3):
        account = factory.account()
        login = factory.login(account)
        seed = visit.vault.seal("JBSWY3DPEHPK3PXP", f"second_factor.seed.{login}")
        factory.insert("second_factor", {"login_id": login, "seed": seed, "created_at": 1, "last_step": 0})
        factory.line(account)
        with visit.transaction():
            audit.append(visit, "lines.get", "done", f"Person {login}")
        keep_head(visit.store, visit.now, tmp_path / "heads.log", visit.vault)
    return visit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A key of backups."""
    path = tmp_path / "backup.key"
    path.write_bytes(bytes(range(32)))
    path.chmod(0o600)
    return path
