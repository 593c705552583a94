"""SFTP and scp for asyncssh: every method of its server, none of which touches this machine's files.

A test compares the methods with those of the library, so that a new version of it opens no hole.
"""

from __future__ import annotations

import os
import posixpath
import stat
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, cast

import asyncssh
from asyncssh import SFTPAttrs, SFTPName, SFTPServer

from app.serving.caller import caller_of
from app.serving.files.remote import Remote, Told, Trouble

if TYPE_CHECKING:
    from asyncssh import SSHServerChannel, SSHServerConnection
    from asyncssh.channel import SSHChannel

MOST_OPEN: Final = 16
"""Open files of one channel."""
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 4 << 30
"""What one connection may fetch."""
LONGEST_READ: Final = 262_144
LONGEST_PATH: Final = 1024
HALF_YEAR: Final = 365 * 86_400 // 2
WRITES: Final = asyncssh.FXF_WRITE | asyncssh.FXF_APPEND | asyncssh.FXF_CREAT | asyncssh.FXF_TRUNC
READS56: Final = asyncssh.ACE4_READ_DATA | asyncssh.ACE4_READ_ATTRIBUTES
TROUBLES: Final = {
    "not_found": asyncssh.SFTPNoSuchFile,
    "refused": asyncssh.SFTPPermissionDenied,
    "is_folder": asyncssh.SFTPFileIsADirectory,
    "is_file": asyncssh.SFTPNotADirectory,
}


@dataclass(slots=True)
class OpenFile:
    """A file that is being fetched."""

    descriptor: int
    told: Told

    def seek(self, offset: int, whence: int) -> int:
        """Where data or a hole begins: what clients of asyncssh ask before they fetch."""
        return os.lseek(self.descriptor, offset, whence)


@dataclass(slots=True)
class Fetched:
    """What one connection has fetched so far, on all its channels."""

    files: int = 0
    size: int = 0


class Files(SFTPServer):
    """The tree of whoever signed in on this connection, read-only."""

    def __init__(self, chan: SSHServerChannel[bytes]) -> None:
        super().__init__(chan)
        self.remote = Remote(caller_of(self.connection))
        self.fetched = fetched_of(self.connection)
        self.opened: set[int] = set()
        self.by_scp = bool(chan.get_command())
        """The old protocol of scp says a size before it sends; its listings need them all."""

    # Reading

    async def stat(self, path: bytes) -> SFTPAttrs:
        """Attributes with the exact size: what clients ask for before they fetch."""
        return await self._told(path, exact=True)

    async def lstat(self, path: bytes) -> SFTPAttrs:
        """The same; among very many files the size is left out."""
        return await self._told(path, exact=False)

    async def fstat(self, file_obj: object) -> SFTPAttrs:
        """Attributes of an open file."""
        return attributes(cast(OpenFile, file_obj).told)

    async def scandir(self, path: bytes) -> AsyncIterator[SFTPName]:
        """The entries of a folder, as they are asked for."""
        for name in (b".", b".."):
            yield SFTPName(name, attrs=attributes(Told(True, int(time.time()), 0)))
        try:
            async for entry, told in self.remote.entries(within(path)):
                if told.size is None and self.by_scp:
                    told = await self.remote.told(posixpath.join(within(path), entry), exact=True)
                yield SFTPName(entry.encode(), attrs=attributes(told))
        except Trouble as trouble:
            told_why(trouble)

    async def open(self, path: bytes, pflags: int, attrs: SFTPAttrs) -> object:
        """Open for reading."""
        if pflags & WRITES:
            refuse()
        return await self._open(path)

    async def open56(self, path: bytes, desired_access: int, flags: int, attrs: SFTPAttrs) -> object:
        """The same in later versions of SFTP."""
        if desired_access & ~READS56 or flags & asyncssh.FXF_ACCESS_DISPOSITION != asyncssh.FXF_OPEN_EXISTING:
            refuse()
        return await self._open(path)

    async def _open(self, path: bytes) -> OpenFile:
        if len(self.opened) >= MOST_OPEN:
            raise asyncssh.SFTPFailure("Too many files are open at once.")
        try:
            descriptor, told = await self.remote.open(within(path))
        except Trouble as trouble:
            told_why(trouble)
        size = told.size or 0
        if self.fetched.files >= MOST_FILES or self.fetched.size + size > MOST_BYTES:
            os.close(descriptor)
            raise asyncssh.SFTPFailure("This is more than one connection may fetch. Connect anew.")
        self.fetched.files += 1
        self.fetched.size += size
        self.opened.add(descriptor)
        return OpenFile(descriptor, told)

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        """A piece of an open file: it was written a moment ago, so no disk keeps the server waiting."""
        try:
            return os.pread(cast(OpenFile, file_obj).descriptor, min(size, LONGEST_READ), offset)
        except (OSError, OverflowError) as error:
            raise asyncssh.SFTPFailure("This cannot be read.") from error

    def close(self, file_obj: object) -> None:
        """Close a file; it is gone then."""
        descriptor = cast(OpenFile, file_obj).descriptor
        if descriptor in self.opened:
            self.opened.discard(descriptor)
            os.close(descriptor)

    def exit(self) -> None:
        """The channel has ended."""
        for descriptor in self.opened:
            os.close(descriptor)
        self.opened.clear()
        self.remote.close()

    async def _told(self, path: bytes, *, exact: bool) -> SFTPAttrs:
        try:
            return attributes(await self.remote.told(within(path), exact=exact))
        except Trouble as trouble:
            told_why(trouble)

    # Names

    def realpath(self, path: bytes) -> bytes:
        """A path as it is meant: there are no links, and nothing above the top."""
        return within(path).encode()

    def map_path(self, path: bytes) -> bytes:
        """No path of this machine belongs to any of ours."""
        refuse()

    def reverse_map_path(self, path: bytes) -> bytes:
        """Nor the other way round."""
        refuse()

    def format_user(self, uid: int | None) -> str:
        """Nobody of this machine owns these files."""
        return "you"

    def format_group(self, gid: int | None) -> str:
        """See `format_user`."""
        return "-"

    def format_longname(self, name: SFTPName) -> None:
        """A line of `ls -l`."""
        attrs, now = name.attrs, time.time()
        mtime = attrs.mtime or 0
        near = now - HALF_YEAR < mtime <= now
        moment = time.strftime("%b %e %H:%M" if near else "%b %e  %Y", time.gmtime(mtime))
        mode = stat.filemode(attrs.permissions or 0)
        size = "" if attrs.size is None else str(attrs.size)
        line = f"{mode} 1 you      -        {size:>9} {moment:12} "
        name.longname = line.encode() + cast(bytes, name.filename)

    # Everything else is refused

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        refuse()

    def setstat(self, path: bytes, attrs: SFTPAttrs) -> None:
        refuse()

    def lsetstat(self, path: bytes, attrs: SFTPAttrs) -> None:
        refuse()

    def fsetstat(self, file_obj: object, attrs: SFTPAttrs) -> None:
        refuse()

    def remove(self, path: bytes) -> None:
        refuse()

    def mkdir(self, path: bytes, attrs: SFTPAttrs) -> None:
        refuse()

    def rmdir(self, path: bytes) -> None:
        refuse()

    def rename(self, oldpath: bytes, newpath: bytes, flags: int = 0) -> None:
        refuse()

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        refuse()

    def readlink(self, path: bytes) -> bytes:
        refuse()

    def symlink(self, oldpath: bytes, newpath: bytes) -> None:
        refuse()

    def link(self, oldpath: bytes, newpath: bytes) -> None:
        refuse()

    def lock(self, file_obj: object, offset: int, length: int, flags: int) -> None:
        refuse()

    def unlock(self, file_obj: object, offset: int, length: int) -> None:
        refuse()

    def statvfs(self, path: bytes) -> NoReturn:
        refuse()

    def fstatvfs(self, file_obj: object) -> NoReturn:
        refuse()

    def fsync(self, file_obj: object) -> None:
        refuse()


def file_server(channel: SSHChannel[bytes]) -> SFTPServer:
    """What a session has asyncssh put its questions to, for one channel."""
    return Files(cast("SSHServerChannel[bytes]", channel))


def within(path: bytes) -> str:
    """A client's path as one of ours: from the top, without dots, decoded.

    Raises:
        SFTPNoSuchFile: it is no text, or no name could be so long.
    """
    try:
        text = path.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or len(path) > LONGEST_PATH:
        raise asyncssh.SFTPNoSuchFile("There is no such file.")
    # Two slashes at the beginning would be kept by normpath.
    return "/" + posixpath.normpath(posixpath.join("/", text)).lstrip("/")


def attributes(told: Told) -> SFTPAttrs:
    """As SFTP tells them: readable by their owner, writable by nobody."""
    mode = stat.S_IFDIR | 0o500 if told.folder else stat.S_IFREG | 0o400
    kind = asyncssh.FILEXFER_TYPE_DIRECTORY if told.folder else asyncssh.FILEXFER_TYPE_REGULAR
    return SFTPAttrs(type=kind, size=told.size, permissions=mode, atime=told.modified, mtime=told.modified)


def refuse() -> NoReturn:
    """Say that nothing can be changed here."""
    raise asyncssh.SFTPPermissionDenied("These files can only be read.")


def told_why(trouble: Trouble) -> NoReturn:
    """A problem of the other half as one of SFTP's."""
    raise TROUBLES.get(trouble.kind, asyncssh.SFTPFailure)(str(trouble)) from trouble


def fetched_of(connection: SSHServerConnection) -> Fetched:
    """The connection's count, which all its channels share."""
    found = connection.get_extra_info("fetched")
    if found is None:
        found = Fetched()
        connection.set_extra_info(fetched=found)
    return cast(Fetched, found)
