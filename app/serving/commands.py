"""Commands over SSH: `ssh NAME@host usage --json` is `loket usage --json`, done by whoever signed in.

The line is taken apart as a shell would quote it and handed to the command line of the portal; there is no
shell. The command acts as the person, in their session, with their rights; nothing here ever acts for the
operator. What reads or writes files of the server is refused, and exports go to standard output.
"""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from app.cli import main
from app.cli.dispatch import DOORS
from app.cli.failures import WrongUsage, report
from app.cli.host import Host
from app.cli.shapes import operation_name
from app.i18n import _, use_language
from app.log import NAME, keep_log
from app.operations.core import NotFound, Refused, Visit, perform, sessions
from app.operations.export import printed
from app.operations.signin import as_account
from app.serving.visits import settings_of, visit_of
from app.settings import machine_language

if TYPE_CHECKING:
    import socket

    from app.clock import Clock
    from app.operations.core.registry import Operation
    from app.serving.request import Request
    from app.settings import Settings

NOT_HERE: Final = ("content", "database", "demo", "keys", "plain", "tour", "worker")
"""First words of what is done on the server itself, whatever somebody's rights are."""
READ_FILES: Final = ("usage.import_file",)
"""Operations that are given a path."""
NAMES: Final = ("loket", "./loket")
"""What people begin a line with because the help does."""


def run_command(request: Request, control: socket.socket) -> int:
    """Do one command; its exit code. Standard streams are pipes, or the person's terminal."""
    with suppress(OSError):
        keep_log(settings_of(request).home)
    try:
        return main(words_of(request.command) or ["--help"], host=Elsewhere(request))
    except WrongUsage as error:
        return report(error, as_json=False)
    except Exception as error:
        # What is wrong here is for the log; the person only hears that it is.
        logging.getLogger(NAME).error("a command could not be done", exc_info=error)
        print(_("This could not be done. The fault was written down."), file=sys.stderr)
        return 1
    finally:
        # This process ends without the interpreter's own farewell.
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()


def words_of(line: str) -> list[str]:
    """The words of a line, quoted as in a shell; nothing in it is replaced or run.

    Raises:
        WrongUsage: a quotation does not end.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise WrongUsage(_("A quotation mark has no partner.")) from error
    return words[1:] if words and words[0] in NAMES else words


class Elsewhere(Host):
    """Commands of somebody at the other end of a connection."""

    is_the_machine = False

    def __init__(self, request: Request, clock: Clock | None = None) -> None:
        self.request = request
        self.clock = clock

    def settings(self) -> Settings:
        """The machine's, with the door and the peer's address; never a token of the operator's."""
        return settings_of(self.request)

    def language(self) -> str:
        """Of the client's machine."""
        return machine_language({"LANG": self.request.window.locale})

    def check(self, words: list[str]) -> None:
        """Only operations, and help.

        Raises:
            Refused: it is done on the server itself.
        """
        first, verb = [*words, "", ""][:2]
        if first in (*NOT_HERE, *DOORS) or operation_name(first, verb) in READ_FILES:
            text = _("'{command}' works on files of the server and cannot be done from here.")
            raise Refused(text.format(command=" ".join(words)))

    def knows_reader(self, settings: Settings, login: str) -> bool:
        """Always: somebody signed in."""
        return True

    def visit(
        self, settings: Settings, login: str, account: str, clock: Clock | None, database: str
    ) -> Visit:
        """The visit of who signed in; never anybody else's, and never the operator's.

        Raises:
            Refused: somebody else was named.
            NotFound: it is no customer of theirs.
        """
        if login:
            raise Refused(_("You act as who you signed in as: leave --as out."))
        visit = visit_of(self.request, settings, clock or self.clock)
        sessions.seen(visit)
        return at_account(visit, account) if account else visit

    def pieces(self, visit: Visit, operation: Operation, arguments: dict[str, Any]) -> Iterator[str] | None:
        """An export is printed: the server's disk is no place to look for it."""
        return printed(visit, **arguments) if operation.name == "export.rows" else None


def at_account(visit: Visit, number: str) -> Visit:
    """The same person for another customer of theirs.

    Raises:
        NotFound: it is none of theirs.
        Refused: it does not let anybody in from where they are.
    """
    with use_language(visit.language):
        for each in perform(visit, "signin.accounts"):
            if each.number == number:
                return visit if each.id == visit.account_id else as_account(visit, each.id)
        raise NotFound(_("There is no customer {number}.").format(number=number), "account")
