"""`loket plain`: the whole portal line by line, without full screen, for readers, braille and slow lines."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

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
from app.operations.core.visit import NEARLY_OVER
from app.settings import Settings
from app.store import Store

SIGNS: Final = (signal.SIGTERM, signal.SIGHUP)


def run_plain(settings: Settings, clock: Clock | None = None, terminal: Terminal | None = None) -> int:
    """Talk until the person ends it; the exit code.

    Raises:
        StoreError, InvalidContent: there is nothing to talk about, with the cure.
    """
    store = Store(settings.database_url, settings.home)
    prepare(store, make=False)
    session = Session(settings, load_content(settings.content), store, clock)
    talk = Talk(terminal or Terminal(), session)
    with _ends_properly():
        try:
            _talk_on(talk)
        except (Quit, EndOfInput, KeyboardInterrupt):
            pass
        finally:
            session.close()
        try:
            talk.say()
            talk.say(_("You are signed out. Goodbye."))
        except EndOfInput:  # the line was cut; nothing may be written, not even at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _talk_on(talk: Talk) -> None:
    """From one sign-in to the next.

    Raises:
        Quit, EndOfInput
    """
    while True:
        try:
            get_in(talk)
            _greet(talk)
            _work(talk)
        except SignedOut as over:
            talk.session.sign_out()
            talk.say(over.message)


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
            talk.say(for_whom(talk))
            walk(talk, MAIN, {})
            talk.say(_('Type "{quit}" to sign out.').format(quit=_("quit")))
        except Home:
            continue
        except HelpEnded as over:
            talk.say(over.message)


def for_whom(talk: Talk) -> str:
    """For whom one works; during a call for how long."""
    visit = talk.session.visit
    if visit is None:
        return ""
    if visit.assistance is not None:
        text = _("{agent} for {customer} · caller {caller}").format(
            agent=visit.person, customer=visit.account_name, caller=visit.assistance.caller_name
        )
        ends = visit.assistance.expires_at
        until = _("until {time}").format(time=units.clock_time(ends, talk.session.zone))
        soon = _("less than two minutes are left") if ends - visit.now < NEARLY_OVER else ""
        return ", ".join(part for part in (text, until, soon) if part)
    return ", ".join(part for part in (visit.person, visit.account_name, visit.group_name) if part)


@contextmanager
def _ends_properly() -> Iterator[None]:
    """A closed line and a stopped machine end the session like Ctrl+D, once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_sign: int, _frame: FrameType | None) -> None:
        for each in SIGNS:
            signal.signal(each, signal.SIG_IGN)
        raise EndOfInput

    before = {each: signal.signal(each, end) for each in SIGNS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


__all__ = ["run_plain"]
