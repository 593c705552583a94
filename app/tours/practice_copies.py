"""Copies of the practice world: made once a day and version in the home folder, copied in milliseconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from app.clock import Clock, zone_named
from app.content import Content
from app.demo.practice import DATABASE, Tell, make_practice, practice_content, system_visit
from app.demo.practice_events import ADDRESS, freshen
from app.settings import Settings
from app.store import Store
from app.store.schema import NEWEST

FOLDER: Final = "practice"
COPY: Final = "copy-"
MADE: Final = "made-"
DRAFT: Final = "draft-"
OLD_SECONDS: Final = 86_400


def practice_copy(
    settings: Settings,
    content: Content,
    clock: Clock,
    login: str,
    language: str,
    theme: str = "",
    tell: Tell | None = None,
) -> tuple[Settings, Content]:
    """A fresh copy of the practice world: settings whose home it is, and the content to use with them.

    Args:
        content: the operator's.
        login: user name of who practises; nobody for a task of visitors.
        tell: called with stages done and stages to do, when it has to be made first.

    Raises:
        StoreError: the home folder cannot be written.
        InvalidContent: practice.toml does not fit the operator's catalogue.
    """
    changed = practice_content(content, language)
    base = settings.home / FOLDER
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    home = Path(tempfile.mkdtemp(prefix=COPY, dir=base))
    with _locked(base):
        shutil.copytree(_template(base, changed, clock, tell), home, dirs_exist_ok=True)
    store = Store(f"sqlite:///{home / DATABASE}")
    try:
        freshen(system_visit(store, changed, clock, home), login, theme)
    finally:
        store.close()
    return practice_settings(settings, home), changed


def practice_settings(settings: Settings, home: Path) -> Settings:
    """The machine's settings with everything that is written going to a practice folder; no mail server."""
    return replace(
        settings,
        home=home,
        database_url=f"sqlite:///{home / DATABASE}",
        keys=home / "keys",
        audit_heads=home / "audit-heads" / "heads.log",
        smtp=None,
        token_file=None,
        address=ADDRESS,
    )


def throw_away(settings: Settings) -> None:
    """Remove a copy; anything else is left alone."""
    if settings.home.name.startswith(COPY) and settings.home.parent.name == FOLDER:
        shutil.rmtree(settings.home, ignore_errors=True)


def _template(base: Path, content: Content, clock: Clock, tell: Tell | None) -> Path:
    """The folder that copies are made of, made if it is missing; the caller holds the lock."""
    made = base / (MADE + _key(content, clock))
    if not made.is_dir():
        _clear(base)
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=base))
        try:
            make_practice(draft, content, clock, tell)
            os.rename(draft, made)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return made


def _key(content: Content, clock: Clock) -> str:
    """What the world depends on: this version of Loket, the operator's files, the day."""
    day = datetime.fromtimestamp(clock.now(), zone_named(content.operator.time_zone)).date()
    try:
        loket = version("loket")
    except PackageNotFoundError:
        loket = ""
    said = repr((loket, NEWEST, content.operator, content.catalogue, content.practice))
    return f"{day.isoformat()}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _clear(base: Path) -> None:
    """Forget the worlds of other days, and copies and drafts that nobody came back to."""
    for path in base.iterdir():
        stale = path.stat().st_mtime < time.time() - OLD_SECONDS
        if path.name.startswith((MADE, COPY, DRAFT)) and stale:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _locked(base: Path) -> Iterator[None]:
    with (base / ".lock").open("w") as lock:
        os.fchmod(lock.fileno(), 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
