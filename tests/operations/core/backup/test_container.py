"""The file of a backup: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import io
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.operations.core.backup import container
from app.operations.core.backup.container import MAGIC, PIECE, BadBackup, pieces, read_facts, write

KEY = bytes(32)
LONG = secrets.token_bytes(2 * PIECE + 5)
SHORT = b"a database" * 50


def packed(content: bytes, key: bytes | None) -> bytes:
    out = io.BytesIO()
    write(out, {"kind": "sqlite"}, io.BytesIO(content), len(content), key, lambda _done, _total: None)
    return out.getvalue()


def unpacked(file: bytes, key: bytes | None) -> bytes:
    return b"".join(pieces(io.BytesIO(file), "x.backup", key))


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize("content", [b"", b"x", SHORT, LONG, LONG[: 2 * PIECE]])
def test_what_goes_in_comes_out(content: bytes, key: bytes | None) -> None:
    file = packed(content, key)
    assert unpacked(file, key) == content
    assert read_facts(io.BytesIO(file), "x")["kind"] == "sqlite"


def test_a_sealed_file_shows_nothing_and_is_never_the_same() -> None:
    assert b"a database" not in packed(SHORT, KEY)
    assert packed(SHORT, KEY) != packed(SHORT, KEY)


def test_a_wrong_or_missing_key_is_told_from_damage() -> None:
    file = packed(SHORT, KEY)
    with pytest.raises(BadBackup, match="--key-file"):
        unpacked(file, None)
    with pytest.raises(BadBackup, match="does not open"):
        unpacked(file, secrets.token_bytes(32))
    with pytest.raises(BadBackup, match="is damaged"):
        unpacked(file[:-1] + bytes([file[-1] ^ 1]), KEY)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_sealed_file_that_was_changed_anywhere_gives_nothing_wrong(data: st.DataObject) -> None:
    file = bytearray(packed(SHORT, KEY))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadBackup):
        unpacked(bytes(file), KEY)


@given(st.integers(0, 3000), st.sampled_from([None, KEY]))
@settings(max_examples=100, deadline=None)
def test_a_file_that_was_cut_off_is_refused(left: int, key: bytes | None) -> None:
    file = packed(LONG[:3000], key)
    with pytest.raises(BadBackup):
        unpacked(file[: min(left, len(file) - 1)], key)


def test_pieces_cannot_be_left_out_swapped_or_added() -> None:
    file = packed(LONG, KEY)
    start = len(MAGIC) + 4 + int.from_bytes(file[len(MAGIC) : len(MAGIC) + 4], "big")
    head, parts, rest = file[:start], [], file[start:]
    while rest:
        size = 4 + (int.from_bytes(rest[:4], "big") & ~container.LAST)
        parts.append(rest[:size])
        rest = rest[size:]
    first, second, last = parts
    for wrong in ([second, last], [first, last], [second, first, last], [first, second], [*parts, last]):
        with pytest.raises(BadBackup, match="damaged"):
            unpacked(head + b"".join(wrong), KEY)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_other_file_is_no_backup(content: bytes) -> None:
    for file in (content, MAGIC + content, MAGIC + b"\x00\x00\x00\x02{}" + content):
        with pytest.raises(BadBackup):
            unpacked(file, None)


def test_a_piece_that_grows_without_end_is_refused() -> None:
    import zlib

    bomb = zlib.compress(bytes(50 * PIECE))
    file = MAGIC + b"\x00\x00\x00\x02{}" + (len(bomb) | container.LAST).to_bytes(4, "big") + bomb
    with pytest.raises(BadBackup, match="damaged"):
        unpacked(file, None)
