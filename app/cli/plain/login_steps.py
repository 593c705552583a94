"""Changes to one's own login that take several steps: a code is asked for, then typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import units
from app.cli.plain.talk import Back, Choice, Talk
from app.cli.plain.values import LANGUAGE_NAMES
from app.i18n import _, set_language
from app.operations.core.errors import Invalid, OperationError, SignedOut
from app.secret import Secret

GROUP = 4


def change_email(talk: Talk, _about: dict[str, Any]) -> None:
    """Ask for another address, or confirm the one that was asked for."""
    asked = talk.session.do("profile.reached").asked_email
    if not asked or _new_start(talk, _("E-mail address"), asked):
        talk.say(_("A code goes to the new address. Until you type it, the present address stays."))
        address = talk.line(_("New address") + ": ")
        if not address:
            raise Back
        talk.say(talk.session.do("email.change", address=address))
    while True:
        code = Secret(_code(talk))
        try:
            if talk.session.do("recovery.look", code=code).kind != "new_email":
                raise Invalid(_("This code is for something else. Use it before you sign in."), "code")
            talk.say(talk.session.do("recovery.redeem", code=code, password=Secret("")).text)
        except SignedOut:
            raise
        except OperationError as error:
            talk.say(error.message)
        else:
            return


def change_mobile(talk: Talk, _about: dict[str, Any]) -> None:
    """Link a number, or confirm the one that was asked for."""
    asked = talk.session.do("profile.reached").asked_mobile
    if not asked or _new_start(talk, _("Mobile number"), units.phone(asked)):
        talk.say(_("A code goes to the number by text message."))
        number = talk.line(_("Mobile number") + ": ")
        if not number:
            raise Back
        talk.say(talk.session.do("mobile.link", number=number))
    while True:
        try:
            done = talk.session.do("mobile.confirm", code=Secret(_code(talk)))
        except SignedOut:
            raise
        except OperationError as error:
            talk.say(error.message)
        else:
            text = _("{number} is linked to your login.")
            talk.say(text.format(number=units.phone(done.mobile)))
            return


def switch_factor_on(talk: Talk, _about: dict[str, Any]) -> None:
    """Show the secret for the phone, take its first code, show the recovery codes."""
    if talk.session.do("second_factor.state").on:
        talk.say(_("One-time passwords are on already."))
        return
    say_enrolment(talk, talk.session.do("second_factor.begin").seed)
    while True:
        try:
            made = talk.session.do("second_factor.confirm", code=Secret(_code(talk)))
        except SignedOut:
            raise
        except OperationError as error:
            talk.say(error.message)
        else:
            say_codes(talk, made.codes)
            return


def new_codes(talk: Talk, _about: dict[str, Any]) -> None:
    """Ten new recovery codes; the earlier ones end."""
    if talk.sure(_("Make new recovery codes? The earlier ones end.")):
        say_codes(talk, talk.session.do("second_factor.new_codes").codes)


def change_language(talk: Talk, _about: dict[str, Any]) -> None:
    """Everything in another language from now on, mails too."""
    visit = talk.session.visit
    assert visit is not None
    codes = talk.session.content.operator.languages
    choices = [Choice(code, LANGUAGE_NAMES[code]) for code in codes]
    chosen = talk.choose(_("Language"), choices, default=visit.language)
    talk.session.do("profile.set_language", language=chosen)
    visit.language = chosen
    set_language(chosen)
    talk.say(_("Saved."))


def say_enrolment(talk: Talk, seed: str) -> None:
    """The secret in groups of four, for typing over."""
    talk.say(_("Type this secret into an authenticator app on your phone, in groups of four:"))
    talk.say(" ".join(seed[at : at + GROUP] for at in range(0, len(seed), GROUP)))
    talk.say(_("Then type the six digits that the app shows:"))


def say_codes(talk: Talk, codes: Sequence[str]) -> None:
    """The recovery codes, until the person says that they are written down."""
    talk.say(_("Recovery codes: write them down"))
    talk.say(_("Each works once in place of your phone. They are shown only now; keep them safe, on paper."))
    while True:
        for number, code in enumerate(codes, 1):
            talk.say(f"{number}. {code}")
        if talk.sure(_("Are all ten written down? Nobody can show these codes again.")):
            return


def _new_start(talk: Talk, title: str, asked: str) -> bool:
    choices = [
        Choice(False, _("I have a code") + f" ({asked})"),
        Choice(True, _("Another one, or a new code")),
    ]
    return bool(talk.choose(title, choices, default=False))


def _code(talk: Talk) -> str:
    typed = talk.line(_("Code") + ": ", help=_("Capitals, spaces and dashes do not matter."))
    if not typed:
        raise Back
    return typed
