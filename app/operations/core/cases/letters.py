"""Mails about cases: what was decided, and what somebody can do now."""

from __future__ import annotations

from typing import Final

from app.i18n import _, use_language
from app.operations.core import access_codes, letters, mail_words
from app.operations.core.cases.rows import Case
from app.operations.core.errors import Refused
from app.operations.core.other_ways_in import Ended
from app.operations.core.privacy.erasure import NOWHERE
from app.operations.core.visit import Visit
from app.text import safe

NONE: Final = Ended()


def send_code(visit: Visit, case: Case, login_id: int, ended: Ended = NONE) -> None:
    """Send a login the code with which its person chooses a password.

    Args:
        ended: which other ways in the case has ended; the mail says so.

    Raises:
        Refused: too many codes were sent of late.
    """
    email, name, language, user_name, has_password = _login(visit, login_id)
    kind = "reset" if has_password else "first_password"
    limits = visit.content.access.codes
    seconds = limits.reset_seconds if has_password else limits.first_password_seconds
    code = access_codes.issue(
        visit, kind, f"login:{login_id}", seconds, login_id=login_id, account_id=case.account_id
    )
    if code is None:
        raise Refused(_("Too many codes were sent to this login. Try again in half an hour."))
    with use_language(language):
        subject = mail_words.password_subject()
        body = mail_words.letter(
            visit.content,
            name,
            _("You can get in again: with the code below you choose a new password.")
            if has_password
            else _("You hold the contract of {customer} from now on.").format(customer=safe(case.customer)),
            _("Your user name is {user_name}.").format(user_name=safe(user_name)),
            mail_words.code_lines(seconds),
            mail_words.how_to_redeem(),
            *ended.told(),
        )
    key = f"case:{case.id}:code:{login_id}"
    letters.send(visit, key, email, body, subject=subject, account_id=case.account_id, code=code)


def tell_holder(visit: Visit, case: Case, login_id: int) -> None:
    """Tell somebody who has a password already that they hold a contract now."""
    email, name, language, _user_name, _has_password = _login(visit, login_id)
    with use_language(language):
        text = _("You hold the contract of {customer} from now on. Sign in as always.")
        _send(visit, case, "holder", email, name, text.format(customer=safe(case.customer)))


def tell_old_holder(visit: Visit, case: Case, login_id: int) -> None:
    """Tell who held a contract that it is over."""
    email, name, language, _user_name, _has_password = _login(visit, login_id)
    with use_language(language):
        text = _("The contract of {customer} has passed to {person}. Your login does not open it any more.")
        told = text.format(customer=safe(case.customer), person=safe(case.said("new_name")))
        _send(visit, case, "old-holder", email, name, told, mail_words.call_us(visit.content))


def tell_old_address(visit: Visit, case: Case, email: str) -> None:
    """Tell the address that a login had before that it has another one."""
    _email, name, language, _user_name, _has_password = _login(visit, case.login_id or 0)
    with use_language(language):
        text = _("The e-mail address of your login was changed by our helpdesk, after checking who you are.")
        _send(visit, case, "old-address", email, name, text, mail_words.call_us(visit.content))


def tell_second_factor(visit: Visit, case: Case) -> None:
    """Tell a person that one-time passwords are off for their login."""
    email, name, language, _user_name, _has_password = _login(visit, case.login_id or 0)
    with use_language(language):
        text = _(
            "Our helpdesk took the one-time passwords off your login, after checking who you are. "
            "Sign in with your password, and set them up anew under My Data."
        )
        _send(visit, case, "second-factor", email, name, text, mail_words.call_us(visit.content))


def tell_decision(visit: Visit, case: Case, *, released: bool) -> None:
    """Tell the customer's person who asked what became of it; staff see it in their list.

    Who was erased by it has no address any more.
    """
    there = "SELECT 1 FROM login WHERE id = :id AND status <> 'disabled' AND staff_role = ''"
    if case.asked_by is None or visit.row(there, id=case.asked_by) is None:
        return
    email, name, language, _user_name, _has_password = _login(visit, case.asked_by)
    with use_language(language):
        text = (
            _("Your request {number} was released.") if released else _("Your request {number} was rejected.")
        )
        answer = _("Our answer: {answer}").format(answer=safe(case.answer)) if case.answer else ""
        _send(visit, case, "decision", email, name, text.format(number=case.spoken), answer)


def _send(visit: Visit, case: Case, what: str, email: str, name: str, *paragraphs: str) -> None:
    """A mail without a code, in the language in force; nobody is written to without an address."""
    if not email or email.endswith(NOWHERE):
        return
    subject = _("Your request {number}").format(number=case.spoken)
    body = mail_words.letter(visit.content, name, *paragraphs)
    letters.send(visit, f"case:{case.id}:{what}", email, body, subject=subject, account_id=case.account_id)


def _login(visit: Visit, login_id: int) -> tuple[str, str, str, str, bool]:
    row = visit.row(
        "SELECT email, name, language, user_name, status = 'active' FROM login WHERE id = :id", id=login_id
    )
    assert row is not None
    return row[0], row[1], row[2], row[3], bool(row[4])
