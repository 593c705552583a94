"""The server of SFTP leaves nothing to its library: a new method there is refused here, or a test fails."""

from __future__ import annotations

import inspect
import os

import asyncssh
import pytest

from app.serving.files.remote import Told
from app.serving.files.sftp import Files, OpenFile, attributes, refuse, within

FACTS = {"channel", "connection", "env", "logger", "convert_attrs"}
"""What touches no file: facts of the channel, and the turning of an `os.stat_result`, which we never give."""
CHANGES = [
    *("write", "setstat", "lsetstat", "fsetstat", "remove", "mkdir", "rmdir", "rename", "posix_rename"),
    *("readlink", "symlink", "link", "lock", "unlock", "statvfs", "fstatvfs", "fsync"),
    *("map_path", "reverse_map_path"),
]
READING = asyncssh.FXF_READ


def public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_every_method_of_the_library_is_our_own() -> None:
    theirs = public(asyncssh.SFTPServer) - FACTS
    assert theirs <= public(Files), "asyncssh's own would touch this machine's files"
    for name in theirs:
        ours, own = getattr(Files, name), getattr(asyncssh.SFTPServer, name)
        asked = list(inspect.signature(own).parameters)
        assert list(inspect.signature(ours).parameters)[: len(asked)] == asked, name


@pytest.mark.parametrize("name", CHANGES)
def test_what_would_change_something_is_refused(name: str) -> None:
    files = object.__new__(Files)
    method = getattr(files, name)
    arguments = [b"/usage"] * len(inspect.signature(method).parameters)
    with pytest.raises(asyncssh.SFTPPermissionDenied):
        method(*arguments)


@pytest.mark.parametrize("flags", [asyncssh.FXF_WRITE, READING | asyncssh.FXF_APPEND, asyncssh.FXF_CREAT])
async def test_nothing_is_opened_for_writing(flags: int) -> None:
    files = object.__new__(Files)
    with pytest.raises(asyncssh.SFTPPermissionDenied):
        await files.open(b"/usage", flags, asyncssh.SFTPAttrs())
    with pytest.raises(asyncssh.SFTPPermissionDenied):
        await files.open56(b"/usage", asyncssh.ACE4_WRITE_DATA, 0, asyncssh.SFTPAttrs())


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        (b"", "/"),
        (b".", "/"),
        (b"usage", "/usage"),
        (b"//usage", "/usage"),
        (b"///usage//x/./y/", "/usage/x/y"),
        (b"../../etc/passwd", "/etc/passwd"),
        (b"/usage/../../..", "/"),
        (b"/documents/%2e%2e/x", "/documents/%2e%2e/x"),
        ("/exports/é".encode(), "/exports/é"),
    ],
)
def test_a_path_begins_at_the_top_and_has_no_dots(path: bytes, meant: str) -> None:
    assert within(path) == meant


@pytest.mark.parametrize("path", [b"\xff\xfe", b"/usage\0", b"/" + b"x" * 2000])
def test_what_is_no_path_is_not_found(path: bytes) -> None:
    with pytest.raises(asyncssh.SFTPNoSuchFile):
        within(path)


def test_attributes_have_a_type_and_nobody_may_write() -> None:
    file, folder = attributes(Told(False, 5, 7)), attributes(Told(True, 5, 0))
    assert (file.type, folder.type) == (asyncssh.FILEXFER_TYPE_REGULAR, asyncssh.FILEXFER_TYPE_DIRECTORY)
    assert [oct(each.permissions or 0) for each in (file, folder)] == ["0o100400", "0o40500"]
    assert (file.size, file.mtime, file.uid) == (7, 5, None)


def test_reading_beyond_anything_is_an_answer(tmp_path: object) -> None:
    files = object.__new__(Files)
    descriptor = os.memfd_create("x")
    os.write(descriptor, b"abc")
    opened = OpenFile(descriptor, Told(False, 0, 3))
    assert files.read(opened, 1, 2**31) == b"bc"
    assert files.read(opened, 3, 10) == b""
    with pytest.raises(asyncssh.SFTPFailure):
        files.read(opened, 2**64 - 1, 10)
    os.close(descriptor)


def test_the_line_of_a_listing_names_nobody_of_this_machine() -> None:
    files = object.__new__(Files)
    name = asyncssh.SFTPName(b"31670000001.csv", attrs=attributes(Told(False, 0, None)))
    files.format_longname(name)
    assert str(name.longname, "ascii").split() == [
        "-r--------",
        "1",
        "you",
        "-",
        "Jan",
        "1",
        "1970",
        "31670000001.csv",
    ]
    assert (files.format_user(0), files.format_group(0)) == ("you", "-")
    with pytest.raises(asyncssh.SFTPPermissionDenied):
        refuse()
