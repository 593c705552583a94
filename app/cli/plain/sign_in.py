"""Getting in: name, password, what is asked after it; and the ways for who cannot sign in."""

from __future__ import annotations

from typing import Any

from app.cli.plain.login_steps import say_codes, say_enrolment
from app.cli.plain.showing import record_lines
from app.cli.plain.talk import Back, Choice, Talk
from app.cli.plain.values import LANGUAGE_NAMES
from app.i18n import LANGUAGES, _, set_language
from app.operations.core.errors import OperationError, SignedOut
from app.operations.core.next_step import NextStep
from app.screens.sign_in.demo_logins import demo_logins, demo_telephone_password
from app.secret import Secret


def get_in(talk: Talk) -> None:
    """Until somebody is signed in.

    Raises:
        Quit, EndOfInput
    """
    operator = talk.session.content.operator
    talk.say(_("{operator}, line by line. Type ? at any question for help.").format(operator=operator.name))
    _say_demo(talk)
    while talk.session.visit is None:
        ways = {
            _("Sign in"): sign_in,
            _("I have a code"): have_code,
            _("Forgot password"): forgot_password,
            _("No login yet?"): first_login,
            _("Forgot user name"): forgot_user_name,
            _("Language"): choose_language,
        }
        choices = [Choice(way, title) for title, way in ways.items()]
        try:
            talk.choose(_("Welcome"), choices, default=sign_in)(talk)
        except Back:
            continue
        except OperationError as error:
            talk.say(error.message)
        except KeyboardInterrupt:
            talk.say()


def _say_demo(talk: Talk) -> None:
    home = talk.session.settings.home
    logins = demo_logins(home)
    if logins:
        talk.say(_("Demonstration: choose who you are"))
    for login in logins:
        text = _("{user_name}, password {password}: {says}")
        talk.say(text.format(user_name=login.user_name, password=login.password, says=login.says))
    said = demo_telephone_password(home)
    if said:
        talk.say(_("Telephone password of the customers: {password}").format(password=said))


def sign_in(talk: Talk) -> None:
    """Name and password, then one thing after another that is asked."""
    who = _needed(talk, who_label(talk))
    password = talk.secret(_("Password"))
    try:
        talk.session.sign_in(who, password)
        return
    except NextStep as step:
        asked: NextStep | None = step
    while asked is not None:
        asked = _answer(talk, asked)


def who_label(talk: Talk) -> str:
    """What this operator's customers sign in with."""
    names = {
        "customer_number": _("Customer number"),
        "user_name": _("User name"),
        "email": _("E-mail address"),
    }
    return " / ".join(names[scheme] for scheme in talk.session.content.operator.login_scheme)


def _answer(talk: Talk, step: NextStep) -> NextStep | None:
    """Say what a step asks and take the answer: the next step, or None when the person is in.

    Raises:
        SignedOut: begin with the password again.
    """
    if step.kind == "recovery_codes":
        say_codes(talk, step.codes)
        return _taken(talk, step, Secret(""))
    if step.kind == "enrol":
        assert step.enrolment is not None
        say_enrolment(talk, step.enrolment.seed)
    elif step.kind == "mail_code":
        text = _(
            "Many wrong passwords were tried for your login, so six digits were mailed to {mailbox}. Type "
            "them here. No mail? Cancel and sign in again for another."
        )
        talk.say(text.format(mailbox=step.hint))
    else:
        talk.say(
            _(
                "Type the six digits that your authenticator app shows. No phone at hand? Type one of your "
                "recovery codes instead."
            )
        )
    while True:
        code = Secret(_needed(talk, _("Code")))
        try:
            return _taken(talk, step, code)
        except SignedOut:
            raise
        except OperationError as error:
            talk.say(error.message)


def _taken(talk: Talk, step: NextStep, code: Secret) -> NextStep | None:
    try:
        talk.session.continue_sign_in(step.pending, code)
    except NextStep as following:
        return following
    return None


def have_code(talk: Talk) -> None:
    """From the code of a mail to "you can sign in now"."""
    talk.say(_("Type the code from the mail, or paste it. Capitals, spaces and dashes do not matter."))
    code = Secret(_needed(talk, _("Code")))
    purpose = talk.session.do("recovery.look", code=code)
    for line in (purpose.account_name, purpose.user_name, purpose.email):
        if line:
            talk.say(line)
    given: dict[str, Any] = {"password": Secret("")}
    while True:
        given |= _what_it_needs(talk, purpose)
        try:
            talk.say(talk.session.do("recovery.redeem", code=code, **given).text)
        except OperationError as error:
            talk.say(error.message)
            if not error.field:
                return
        else:
            return


def _what_it_needs(talk: Talk, purpose: Any) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "name" in purpose.needs:
        given["name"] = _kept(talk, _("Your name"), purpose.person)
    if "user_name" in purpose.needs:
        given["user_name"] = _kept(talk, _("User name"), purpose.user_name)
    if purpose.may_link:
        given["mobile"] = talk.line(_("Mobile number, if any") + ": ")
    if "password" in purpose.needs:
        for rule in talk.session.do("password.rules"):
            talk.say(rule.text)
        given["password"] = talk.secret(_("New password"), twice=True)
    elif "password_of_login" in purpose.needs:
        given["password"] = talk.secret(_("Your password"))
    return given


def forgot_password(talk: Talk) -> None:
    """A code by mail; the answer is the same for everybody."""
    scheme = talk.session.content.operator.login_scheme
    given = {"who": _needed(talk, who_label(talk))}
    if "customer_number" in scheme:
        given["email"] = talk.line(_("E-mail address (with a customer number)") + ": ")
    talk.say(talk.session.do("recovery.forgot", **given))


def first_login(talk: Talk) -> None:
    """A customer who has a subscription and no login makes the first one, once."""
    number, email = _needed(talk, _("Customer number")), _needed(talk, _("E-mail address"))
    talk.say(talk.session.do("recovery.first_login", customer_number=number, email=email))


def forgot_user_name(talk: Talk) -> None:
    """Where a user name can be found."""
    for line in record_lines(talk.session.do("recovery.user_name"), talk.session.content):
        talk.say(line)


def choose_language(talk: Talk) -> None:
    """Everything in another language from now on."""
    codes = [code for code in talk.session.content.operator.languages if code in LANGUAGES]
    set_language(talk.choose(_("Language"), [Choice(code, LANGUAGE_NAMES[code]) for code in codes]))


def _needed(talk: Talk, label: str) -> str:
    typed = talk.line(label + ": ")
    if not typed:
        raise Back
    return typed


def _kept(talk: Talk, label: str, present: str) -> str:
    told = " " + _("(Enter: {value})").format(value=present) if present else ""
    return talk.line(f"{label}{told}: ") or present
