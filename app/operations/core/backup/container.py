"""The file of a backup: what it is in clear, then the database in pieces, sealed if there is a key.

    LOKET BACKUP 1 \\n | length (4) | facts as JSON | pieces: length (4, highest bit: the last) | bytes

A piece is a mebibyte of the database, packed. With a key it is sealed by AES-256-GCM under a key made for
this file; its number and whether it is the last are bound to it, and so are the facts: pieces cannot be
swapped, left out or moved to another file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from app.i18n import _
from app.operations.core.errors import Unavailable

MAGIC: Final = b"LOKET BACKUP 1\n"
PIECE: Final = 1 << 20
LAST: Final = 1 << 31
LONGEST_PIECE: Final = PIECE + 4096
"""Packing makes what cannot be packed a little longer, sealing another 16 bytes."""
LONGEST_FACTS: Final = 1 << 20
SALT_BYTES: Final = 16
Tell = Callable[[int, int], None]


class BadBackup(Unavailable):
    """The file is no backup, is damaged or is sealed with another key; the text says what to do."""


def write(
    out: BinaryIO, facts: dict[str, Any], source: BinaryIO, size: int, key: bytes | None, tell: Tell
) -> None:
    """Write a whole backup.

    Args:
        facts: what is known about the database, readable without the key.
        source: the database, `size` bytes of it.
        key: 32 bytes, or None to leave it in clear.
        tell: called with bytes done and bytes to do.
    """
    salt = secrets.token_bytes(SALT_BYTES) if key else b""
    sealed = {"sealed": {"salt": salt.hex(), "key": _name_of(key, salt)}} if key else {}
    text = json.dumps({**facts, **sealed}, sort_keys=True).encode()
    out.write(MAGIC + len(text).to_bytes(4, "big") + text)
    lock = _Lock(key, salt, text) if key else None
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        packed = zlib.compress(piece, 1)
        packed = lock.seal(packed, number, last=not following) if lock else packed
        out.write((len(packed) | (0 if following else LAST)).to_bytes(4, "big") + packed)
        tell(min((number + 1) * PIECE, size), size)
        if not following:
            return
        number, piece = number + 1, following


def read_facts(source: BinaryIO, name: str) -> dict[str, Any]:
    """What a backup says about itself; the file then stands at its first piece.

    Raises:
        BadBackup: this is no backup of Loket.
    """
    text = _facts_text(source)
    try:
        found = json.loads(text) if text else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadBackup(
            _("{file} is no backup of Loket. Name a file that 'loket database backup' made.").format(
                file=name
            )
        )
    return found


def _facts_text(source: BinaryIO) -> bytes:
    if source.read(len(MAGIC)) != MAGIC:
        return b""
    size = int.from_bytes(source.read(4), "big")
    text = source.read(size) if size <= LONGEST_FACTS else b""
    return text if len(text) == size else b""


def pieces(source: BinaryIO, name: str, key: bytes | None) -> Iterator[bytes]:
    """The database, piece by piece, from the beginning of a backup.

    Raises:
        BadBackup: no backup, cut off, changed, or sealed with another key.
    """
    source.seek(0)
    facts = read_facts(source, name)
    end = source.tell()
    source.seek(len(MAGIC) + 4)
    lock = _opened(facts, source.read(end - len(MAGIC) - 4), name, key)
    damaged = BadBackup(
        _("{file} is damaged or cut off. Use another backup, and look after the disk it lies on.").format(
            file=name
        )
    )
    number, last = 0, False
    while not last:
        length = int.from_bytes(source.read(4), "big")
        last, length = bool(length & LAST), length & ~LAST
        packed = source.read(length) if 0 < length <= LONGEST_PIECE else b""
        if not packed or len(packed) != length:
            raise damaged
        yield _unpacked(lock.open(packed, number, last=last) if lock else packed, damaged)
        number += 1
    if source.read(1):
        raise damaged


def _unpacked(packed: bytes | None, damaged: BadBackup) -> bytes:
    if packed is None:
        raise damaged
    unpacking = zlib.decompressobj()
    try:
        piece = unpacking.decompress(packed, PIECE)
    except zlib.error as error:
        raise damaged from error
    if not unpacking.eof:
        raise damaged
    return piece


def _opened(facts: dict[str, Any], text: bytes, name: str, key: bytes | None) -> _Lock | None:
    sealed = facts.get("sealed")
    if sealed is None:
        return None
    if key is None:
        raise BadBackup(_("{file} is sealed. Name its key with --key-file.").format(file=name))
    try:
        salt = bytes.fromhex(sealed["salt"])
    except (TypeError, KeyError, ValueError):
        salt = b""
    if _name_of(key, salt) != sealed.get("key"):
        text_said = _("This key does not open {file}. Name the key file with which it was made.")
        raise BadBackup(text_said.format(file=name))
    return _Lock(key, salt, text)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"loket backup " + purpose).derive(key)


def _name_of(key: bytes, salt: bytes) -> str:
    """Tells a wrong key from a damaged file; says nothing about the key."""
    return _derived(key, salt, b"name")[:8].hex()


class _Lock:
    """Seals and opens the pieces of one file."""

    def __init__(self, key: bytes, salt: bytes, facts: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(_derived(key, salt, b"pieces"))
        self._bound = hashlib.sha256(facts).digest()

    def seal(self, piece: bytes, number: int, *, last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, last=last), piece, self._bound)

    def open(self, piece: bytes, number: int, *, last: bool) -> bytes | None:
        """The piece, or nothing if it was changed."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(_nonce(number, last=last), piece, self._bound)
        except InvalidTag:
            return None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
