"""Secrets at rest: AES-256-GCM with keys that lie outside the database.

A sealed text names its key and is bound to the place where it is stored (table, column, row), so that it
cannot be moved to another row. The key with the highest number seals; older ones still open.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
MARK: Final = "sealed"


class VaultError(Exception):
    """A key is missing or wrong; the text says which and what to do."""


class Vault:
    """The keys in one folder: files `1.key`, `2.key`, … of 32 random bytes, readable by one user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def numbers(self) -> list[int]:
        """The keys there are, oldest first."""
        names = (path.stem for path in self.folder.glob("*.key"))
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())

    def add_key(self) -> int:
        """Make a new key; it seals from now on. Returns its number.

        Raises:
            VaultError: the folder cannot be written.
        """
        number = max(self.numbers(), default=0) + 1
        self._make(str(number))
        return number

    def has_key(self, name: str) -> bool:
        """Whether there is a key for another purpose than sealing."""
        return (self.folder / f"{name}.key").exists()

    def named_key(self, name: str) -> bytes:
        """The key of another purpose than sealing, in a file of its own; made at the first use.

        Raises:
            VaultError: it can neither be read nor made.
        """
        if not self.has_key(name):
            self._make(name)
        return self._key(name)

    def _make(self, name: str) -> None:
        path = self.folder / f"{name}.key"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Whole from its first moment: written aside, then linked, which fails if another was quicker.
            aside = self.folder / f".{name}.{secrets.token_hex(8)}"
            file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with os.fdopen(file, "wb") as stream:
                stream.write(secrets.token_bytes(KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(aside, path)
            except FileExistsError:
                pass  # another process made it at the same moment
            finally:
                aside.unlink()
        except OSError as error:
            raise VaultError(
                f"{path}: the key cannot be written ({error.strerror}). "
                "Set LOKET_KEYS to a folder that is yours to write."
            ) from error

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text for one place, as `second_factor.seed.5`. Makes the first key if there is none.

        Raises:
            VaultError: no key can be made or read.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        number = max(self.numbers(), default=0) or self.add_key()
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._key(number)).encrypt(nonce, text.encode(), _bound(number, place))
        return f"{MARK}:{number}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Decrypt what `seal` made for the same place.

        Raises:
            VaultError: its key is missing, or the text was changed or moved.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        mark, number, packed = (*sealed.split(":"), "", "")[:3]
        if mark != MARK or not number.isdigit():
            raise VaultError(f"{place}: this is no sealed text.")
        try:
            raw = base64.b64decode(packed)
            opened = AESGCM(self._key(int(number))).decrypt(
                raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(int(number), place)
            )
        except (InvalidTag, ValueError) as error:
            raise VaultError(f"{place}: key {number} does not open it; it was changed or moved.") from error
        return opened.decode()

    def _key(self, name: int | str) -> bytes:
        path = self.folder / f"{name}.key"
        try:
            key = path.read_bytes()
        except OSError as error:
            raise VaultError(
                f"{path}: the key cannot be read ({error.strerror}). Bring it back from its own backup."
            ) from error
        if len(key) != KEY_BYTES:
            raise VaultError(f"{path}: a key has {KEY_BYTES} bytes. Bring it back from its own backup.")
        return key


def sealed_with(sealed: str) -> int:
    """The number of the key that sealed a text."""
    return int(sealed.split(":")[1])


def _bound(number: int, place: str) -> bytes:
    return f"{number}\x1f{place}".encode()
