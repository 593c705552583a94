"""Mails to a customer's own address about what was done to the account. They always go."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _, use_language
from app.operations.core import letters, mail_words
from app.operations.core.visit import Visit
from app.text import safe


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom mails of an account greet, in which language; `email` is empty where none is known."""

    number: str
    name: str
    email: str
    language: str


def addressee(visit: Visit) -> Addressee:
    """The account's own address, else its holder's."""
    row = visit.row(
        "SELECT number, CASE WHEN contact_name = '' THEN account.name ELSE contact_name END, account.email,"
        " account.language,"
        " coalesce(login.email, '') FROM account"
        " LEFT JOIN membership ON membership.account_id = account.id AND membership.role = 'holder'"
        " LEFT JOIN login ON login.id = membership.login_id WHERE account.id = :account",
        account=visit.account_id,
    )
    number, name, email, language, of_holder = row or ("", "", "", "en", "")
    return Addressee(number, name, email or of_holder, language)


def tell(visit: Visit, about: str, subject: str, text: str, name: str = "") -> None:
    """Queue a mail about a sensitive change, and what to do if it was not meant.

    Args:
        about: names the reason, as `telephone_password`.
        subject, text: marked English with places for {number} of the customer and {name}; they are told in
            the account's language.
        name: whom it is about.
    """
    to = addressee(visit)
    if to.email:
        with use_language(to.language):
            told = _(text).format(number=to.number, name=safe(name))
            send(visit, about, to.email, _(subject), to, told, mail_words.call_us(visit.content))


def send(visit: Visit, about: str, address: str, subject: str, to: Addressee, *paragraphs: str) -> None:
    """Queue a letter to one address of the account, once for each operation."""
    letters.send(
        visit,
        letters.once_each(visit, f"{about}:{visit.account_id}"),
        address,
        mail_words.letter(visit.content, to.name, *paragraphs),
        subject=subject,
        account_id=visit.account_id,
    )
