"""Where exports are written, and how the person finds them again from where they sit."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.operations.core.visit import Visit

ELSEWHERE: Final = ("ssh", "web")
"""Doors behind which a path of this machine says nothing; files are fetched by SFTP there."""


def folder_of(visit: Visit) -> Path:
    """The folder for one person's exports of one customer's data; commands on the host have the one above."""
    exports = visit.store.folder / "exports"
    if visit.login_id is None:
        return exports
    return exports / f"login-{visit.login_id}-account-{visit.account_id or 0}"


def make_folder(visit: Visit) -> Path:
    """The same, made if it is missing; nobody else on the machine can read it."""
    folder = folder_of(visit)
    for each in (visit.store.folder / "exports", folder):
        each.mkdir(mode=0o700, exist_ok=True)
    return folder


def said_path(visit: Visit, path: Path) -> str:
    """A written file or folder as the person is told of it."""
    if visit.channel in ELSEWHERE and visit.login_id is not None:
        return f"/exports/{path.name}"
    return str(path)


def forget_people(visit: Visit, account_id: int, people: Iterable[int]) -> None:
    """Take away what was exported of a customer, and what these logins had exported."""
    exports = visit.store.folder / "exports"
    for pattern in (f"login-*-account-{account_id}", *(f"login-{login}-account-*" for login in people)):
        for folder in exports.glob(pattern):
            shutil.rmtree(folder, ignore_errors=True)


def forget_before(visit: Visit, instant: int) -> int:
    """Take away exports of people that were written before an instant; how many there were."""
    old = [
        path for path in (visit.store.folder / "exports").glob("login-*/*") if path.lstat().st_mtime < instant
    ]
    for path in old:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)
