"""Mails to people of an account about what was decided about them, in their own language."""

from __future__ import annotations

from app.i18n import _, use_language
from app.operations.core import letters, mail_words
from app.operations.core.login_edits import Person, person
from app.operations.core.membership import Membership, areas_of
from app.operations.core.role_words import area_names, role_words
from app.operations.core.visit import Visit
from app.text import safe


def tell_role(visit: Visit, member: Membership, role: str, areas: str) -> None:
    """Tell somebody what they are from now on, in the open transaction.

    Args:
        role, areas: as stored.
    """
    to, customer = _reader(visit, member)
    if to is None:
        return
    with use_language(to.language):
        now = _("For {customer} you are {role} from now on.").format(
            customer=safe(customer), role=role_words(role)
        )
        may = _("You may: {areas}.").format(areas=area_names(areas_of(areas))) if areas else ""
        subject = _("Your role for {customer} was changed").format(customer=safe(customer))
        _send(visit, f"role:{member.id}", to, subject, now, may)


def tell_removed(visit: Visit, member: Membership) -> None:
    """Tell somebody that their login does not open the account any more, in the open transaction."""
    to, customer = _reader(visit, member)
    if to is None:
        return
    with use_language(to.language):
        text = _("Your login {user_name} does not open {customer} any more.").format(
            user_name=safe(to.user_name), customer=safe(customer)
        )
        subject = _("Your access to {customer} has ended").format(customer=safe(customer))
        _send(visit, f"removed:{member.id}", to, subject, text)


def _reader(visit: Visit, member: Membership) -> tuple[Person | None, str]:
    """Who is written to, and the customer's name; nobody without an address, or whose login is off."""
    to = person(visit, member.login_id)
    row = visit.row("SELECT name FROM account WHERE id = :account", account=member.account_id)
    readable = to is not None and to.email and to.status != "disabled"
    return (to if readable else None), str(row[0]) if row else ""


def _send(visit: Visit, about: str, to: Person, subject: str, *paragraphs: str) -> None:
    """Queue it, once for each operation."""
    contact = visit.content.operator.contact
    ask = _("Does this surprise you? Ask the contract holder, or us: {phone} or {email}.").format(
        phone=contact.phone, email=contact.email
    )
    body = mail_words.letter(visit.content, to.name, *paragraphs, ask)
    letters.send(
        visit,
        letters.once_each(visit, about),
        to.email,
        body,
        subject=subject,
        account_id=visit.account_id,
    )
