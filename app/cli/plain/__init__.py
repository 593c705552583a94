"""`loket plain`: the whole portal line by line, without full screen, for readers, braille and slow lines."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

from app import units
from app.cli.plain.menu import walk
from app.cli.plain.menus.main import MAIN, choose_account, has_accounts
from app.cli.plain.session import Session
from app.cli.plain.sign_in import get_in
from app.cli.plain.talk import Back, Home, Quit, Talk
from app.cli.plain.terminal import EndOfInput, Terminal
from app.cli.visits import prepare
from app.clock import Clock
from app.content import load_content
from app.i18n import _
from app.operations.core.errors import HelpEnded, SignedOut
from app.settings import Settings
from app.store import Store


def run_plain(settings: Settings, clock: Clock | None = None, terminal: Terminal | None = None) -> int:
    """Talk until the person ends it; the exit code.

    Raises:
        StoreError, InvalidContent: there is nothing to talk about, with the cure.
    """
    store = Store(settings.database_url)
    prepare(store, make=False)
    session = Session(settings, load_content(settings.content), store, clock)
    talk = Talk(terminal or Terminal(), session)
    _end_properly()
    try:
        while True:
            try:
                get_in(talk)
                _greet(talk)
                _work(talk)
            except SignedOut as over:
                session.sign_out()
                talk.say(over.message)
    except (Quit, EndOfInput, KeyboardInterrupt):
        pass
    finally:
        session.close()
    try:
        talk.say()
        talk.say(_("You are signed out. Goodbye."))
    except OSError:  # the line was cut
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
    return 0


def _greet(talk: Talk) -> None:
    """Who is in; of several customers one is chosen."""
    visit = talk.session.visit
    if visit is None:
        return
    talk.say(_("Signed in: {person}.").format(person=visit.person))
    if has_accounts(talk):
        try:
            choose_account(talk, {})
        except (Back, Home):
            return


def _work(talk: Talk) -> None:
    """The main menu, again and again.

    Raises:
        Quit, SignedOut, EndOfInput
    """
    while True:
        try:
            talk.say(_where(talk))
            walk(talk, MAIN, {})
            talk.say(_('Type "{quit}" to sign out.').format(quit=_("quit")))
        except Home:
            continue
        except HelpEnded as over:
            talk.say(over.message)


def _where(talk: Talk) -> str:
    """For whom one works; during a call for how long."""
    visit = talk.session.visit
    if visit is None:
        return ""
    if visit.assistance is not None:
        text = _("{agent} for {customer} · caller {caller}").format(
            agent=visit.person, customer=visit.account_name, caller=visit.assistance.caller_name
        )
        until = units.clock_time(visit.assistance.expires_at, talk.session.zone)
        return text + ", " + _("until {time}").format(time=until)
    return ", ".join(part for part in (visit.person, visit.account_name, visit.group_name) if part)


def _end_properly() -> None:
    """A closed line and a stopped machine end the session like Ctrl+D."""

    def end(_sign: int, _frame: FrameType | None) -> None:
        raise EndOfInput

    if threading.current_thread() is threading.main_thread():
        for sign in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, end)


__all__ = ["run_plain"]
