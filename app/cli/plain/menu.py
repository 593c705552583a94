"""Numbered menus: choose, do, and be back in the same menu."""

from __future__ import annotations

from typing import Any

from app.cli.plain.acting import act
from app.cli.plain.asks import ask_of
from app.cli.plain.entry import Item, Menu, Step
from app.cli.plain.faults import note
from app.cli.plain.picks import SEARCHED
from app.cli.plain.talk import Back, Choice, Home, Quit, Talk
from app.cli.plain.terminal import EndOfInput
from app.i18n import _
from app.operations.core.errors import HelpEnded, OperationError, SignedOut
from app.operations.core.registry import get


def walk(talk: Talk, menu: Menu, about: dict[str, Any]) -> None:
    """Offer a menu until the person leaves it.

    Raises:
        Home, Quit, SignedOut, HelpEnded
    """
    if menu.about and menu.about not in about:
        how = ask_of("", menu.about)
        try:
            about = {**about, menu.about: SEARCHED[how.search](talk, _(how.label))}
        except Back:
            return
    said: list[Choice] = []
    while True:
        choices = [Choice(each, _(each.title)) for each in menu.entries if offered(talk, each)]
        # On a slow line, and when it is read aloud, the same list is said once.
        known, said = choices == said, choices
        try:
            chosen = talk.choose(
                _(menu.title), choices, empty=_("There is nothing here for you."), known=known
            )
        except Back:
            return
        do(talk, chosen, about)


def do(talk: Talk, item: Item, about: dict[str, Any]) -> None:
    """Do what was chosen; what went wrong is said.

    Raises:
        Home, Quit, SignedOut, HelpEnded
    """
    try:
        if isinstance(item, Menu):
            walk(talk, item, about)
        elif isinstance(item, Step):
            item.run(talk, about)
        else:
            act(talk, item, about)
    except Back:
        return
    except (Home, Quit, EndOfInput, SignedOut, HelpEnded):
        raise
    except OperationError as error:
        talk.say(error.message)
    except KeyboardInterrupt:
        talk.say()
        talk.say(_("Stopped."))
    except Exception as error:
        number = note(error, talk.session.settings.home)
        talk.say(_("Something went wrong. Error number: {number}").format(number=number))


def offered(talk: Talk, item: Item) -> bool:
    """Whether the visitor may do it now."""
    if isinstance(item, Menu):
        return item.offered(talk) and any(offered(talk, each) for each in item.entries)
    if isinstance(item, Step):
        return item.offered(talk) and may(talk, item.operations[0])
    return may(talk, item.operation)


def may(talk: Talk, operation: str) -> bool:
    """Whether the visitor has the right to an operation."""
    visit = talk.session.visit or talk.session.visitor()
    return visit.reach(get(operation).right) is not None
