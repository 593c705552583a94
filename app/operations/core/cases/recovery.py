"""Somebody whose e-mail address or second factor is lost gets in again, after checks."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _, language
from app.operations.core import access_codes, other_ways_in, sessions
from app.operations.core.cases.letters import send_code, tell_old_address, tell_second_factor
from app.operations.core.cases.rows import Case
from app.operations.core.email_addresses import masked
from app.operations.core.errors import Invalid, NotFound, Refused
from app.operations.core.visit import Visit

CODES = ("reset", "new_email", "first_login", "sign_in", "first_password")
"""What was sent to the old address and must not work any more."""


@dataclass(frozen=True, slots=True)
class Person:
    """A login of the customer."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A login of the customer, as much of it as an agent sees before anybody is verified."""

    id: int
    name: str


def person_of(visit: Visit, login_id: int) -> Person:
    """A login of the account that is worked for.

    Raises:
        NotFound: it is none of this customer's.
        Refused: it was switched off; nobody gets in with it again.
    """
    row = visit.row(
        "SELECT login.id, login.name, login.email, login.status FROM login JOIN membership"
        " ON membership.login_id = login.id"
        " WHERE login.id = :login AND membership.account_id = :account AND staff_role = ''",
        login=login_id,
        account=visit.account_id,
    )
    if row is None:
        raise NotFound(_("Nobody like that works for this customer."), "login_id")
    if row[3] == "disabled":
        raise Refused(_("This login was switched off."))
    return Person(*row[:3])


def person_named(visit: Visit, who: str) -> PersonName:
    """A login of the account that is worked for, by all of its user name or e-mail address.

    Raises:
        NotFound: it is none of this customer's.
    """
    row = visit.row(
        "SELECT id FROM login WHERE :who <> ''"
        " AND (lower(user_name) = lower(:who) OR lower(email) = lower(:who))",
        who=who.strip(),
    )
    found = person_of(visit, row[0] if row else 0)
    return PersonName(found.id, found.name)


def made_checks(visit: Visit, checks: list[str]) -> list[str]:
    """The ids of the checks, when all were made.

    Raises:
        Invalid: one is not known, or is missing.
    """
    wanted = [check.id for check in visit.content.access.recovery]
    for check in checks:
        if check not in wanted:
            raise Invalid(_("Choose from: {words}.").format(words=", ".join(wanted)), "checks")
    missing = [each for each in visit.content.access.recovery if each.id not in checks]
    if missing:
        text = _("Not checked yet: {checks}.")
        raise Invalid(
            text.format(checks="; ".join(each.text.in_language(language()) for each in missing)), "checks"
        )
    return wanted


def check_texts(visit: Visit, case: Case) -> list[str]:
    """The checks of a case in the reader's language; one that the operator dropped shows its id."""
    known = {check.id: check.text.in_language(language()) for check in visit.content.access.recovery}
    return [known.get(each, each) for each in case.payload.get("checks", ())]


def check_new_address(visit: Visit, email: str, login_id: int) -> None:
    """Refuse an address that another login has, or that this login has already.

    Raises:
        Invalid: it is taken.
    """
    row = visit.row("SELECT id FROM login WHERE lower(email) = lower(:email)", email=email)
    if row is not None and row[0] == login_id:
        raise Invalid(_("This is the address that is stored already."), "email")
    if row is not None:
        raise Invalid(_("Another login has this address."), "email")


def address_steps(_visit: Visit, case: Case) -> list[str]:
    """What releasing a recovery does, in the reader's language.

    Nobody was verified yet: of the old address staff see no more than tells it from another.
    """
    return [
        each.format(person=case.person, new=case.said("email"), old=masked(case.said("old_email")))
        for each in (
            _("{person} has the e-mail address {new} instead of {old}."),
            _("A code to choose a new password goes to {new}; {old} is told of the change."),
            _(
                "All sessions of {person} end, tokens for scripts and SSH keys too. One-time passwords stay"
                " as they are."
            ),
        )
    ]


def set_address(visit: Visit, case: Case) -> None:
    """Give the login its new address and send a code there, in the open transaction."""
    person, email = person_of(visit, case.login_id or 0), case.said("email")
    check_new_address(visit, email, person.id)
    visit.change.execute(
        "UPDATE login SET email = :email, email_confirmed_at = NULL, failures = 0, locked_until = 0,"
        " version = version + 1 WHERE id = :login",
        email=email,
        login=person.id,
    )
    access_codes.end_of_login(visit, person.id, *CODES)
    sessions.end_all(visit, person.id, "revoked")
    ended = other_ways_in.end_all(visit, person.id)
    visit.touch("login", person.id)
    tell_old_address(visit, case, person.email)
    send_code(visit, case, person.id, ended)


def factor_steps(_visit: Visit, case: Case) -> list[str]:
    """What releasing the reset of a second factor does, in the reader's language."""
    return [
        each.format(person=case.person)
        for each in (
            _("The one-time passwords of {person} are taken away, the recovery codes too."),
            _("All sessions of {person} end. The password stays; a mail tells of the change."),
        )
    ]


def take_factor(visit: Visit, case: Case) -> None:
    """Take the second factor off the login, in the open transaction."""
    person = person_of(visit, case.login_id or 0)
    visit.change.execute("DELETE FROM recovery_code WHERE login_id = :login", login=person.id)
    visit.change.execute("DELETE FROM second_factor WHERE login_id = :login", login=person.id)
    access_codes.end_of_login(visit, person.id, "sign_in")
    sessions.end_all(visit, person.id, "revoked")
    visit.touch("login", person.id)
    tell_second_factor(visit, case)
