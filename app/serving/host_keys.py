"""The server's own keys: by them a client knows that it is the same server as before.

LOKET_HOME/ssh/ holds `host_ed25519`. A change takes two steps: `host_ed25519.next` is only announced at
first, so that clients learn it (`UpdateHostKeys` of OpenSSH) before it takes over.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncssh import SSHKey

NAME: Final = "host_ed25519"
NEXT: Final = "host_ed25519.next"
OLD: Final = "host_ed25519.old"


class HostKeyError(Exception):
    """A host key cannot be used; the text says why and what to do."""


def folder_of(home: Path) -> Path:
    """Where they are kept."""
    return home / "ssh"


def host_keys(home: Path) -> list[SSHKey]:
    """The key, made if there is none, and after it the one that is announced.

    Raises:
        HostKeyError: a file is damaged, or others may read it.
    """
    folder = folder_of(home)
    if not (folder / NAME).exists():
        make(folder / NAME)
    return [_read(folder / name) for name in (NAME, NEXT) if (folder / name).exists()]


def make(path: Path) -> None:
    """Make a key in a file that only its owner reads; one that is there stays."""
    import asyncssh

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = asyncssh.generate_private_key("ssh-ed25519", comment="loket")
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another server was quicker
        return
    with os.fdopen(file, "wb") as written:
        written.write(key.export_private_key("openssh"))
        written.flush()
        os.fsync(written.fileno())


def rotate(home: Path) -> str:
    """Do the next step of a change; `announced` or `changed`. A server takes notice when it starts anew."""
    folder = folder_of(home)
    if not (folder / NAME).exists():
        make(folder / NAME)
    if not (folder / NEXT).exists():
        make(folder / NEXT)
        return "announced"
    (folder / OLD).unlink(missing_ok=True)
    os.link(folder / NAME, folder / OLD)
    (folder / NEXT).replace(folder / NAME)
    return "changed"


def _read(path: Path) -> SSHKey:
    import asyncssh

    if path.stat().st_mode & 0o077:
        raise HostKeyError(f"{path}: others may read this key. Run: chmod 600 {path}")
    try:
        return asyncssh.read_private_key(path)
    except (asyncssh.KeyImportError, OSError) as error:
        raise HostKeyError(
            f"{path}: {error}. Restore it from a backup, or remove it for a new one."
        ) from error
