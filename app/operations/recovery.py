"""Getting in without a password: forgotten ones, first ones, invitations, and codes that came by mail.

Visitors ask here, so the answers say nothing about who exists. A code proves that its mailbox is read; it
sets a password, an address or a role, and never signs in: the sign-in asks for everything as always.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, audit, guard, mail_words, mobile_codes, operation
from app.operations.core.access_codes import find, use
from app.operations.core.login_edits import person
from app.operations.core.recovering import send_first_login, send_reset, unlogged_account, whose
from app.operations.core.redeeming import KINDS, Filled, Opened, Purpose, effect, fill, opened
from app.secret import Secret
from app.store import IntegrityError

REDEEM = "recovery.redeem"


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What a code has done: `user_name` signs in from now on, `text` says it."""

    user_name: str
    text: str


@dataclass(frozen=True, slots=True)
class UserNameHelp:
    """Where a forgotten user name stands: in mails with these subjects from this sender; else ask."""

    subjects: tuple[str, ...]
    sender: str
    sender_address: str
    phone: str
    email: str
    website: str


@operation("recovery.forgot", right="SIGN_IN", own_transactions=True)
def forgot(visit: Visit, who: str, email: str = "") -> str:
    """Mail a code for a new password to whoever forgot theirs; the answer is always the same.

    Args:
        who: user name, or customer number together with the e-mail address.
        email: the address that is stored; needed with a customer number.
    """
    found = whose(visit, who.strip(), email.strip())
    with visit.transaction():
        may = guard.may_ask(visit)
        send_reset(visit, found if may else None)
        objects = f"login:{found.login_id if found else 0}"
        audit.append(visit, "recovery.forgot", "done" if may else "refused", objects=objects)
    return _(
        "If that login exists, a mail with a code is on its way. It is valid for {time}. No mail after half "
        "an hour? Look among unwanted mail, then call {phone}."
    ).format(
        time=mail_words.lasting(visit.content.access.codes.reset_seconds),
        phone=visit.content.operator.contact.phone,
    )


@operation("recovery.first_login", right="SIGN_IN", own_transactions=True)
def first_login(visit: Visit, customer_number: str, email: str) -> str:
    """Mail a code for the first login of a customer who has none yet; the answer is always the same.

    Args:
        customer_number: as on the contract.
        email: the customer's address that is stored with it.
    """
    account_id = unlogged_account(visit, customer_number.strip(), email.strip())
    with visit.transaction():
        may = guard.may_ask(visit)
        send_first_login(visit, account_id if may else None)
        outcome = "done" if may else "refused"
        audit.append(visit, "recovery.first_login", outcome, objects=f"account:{account_id or 0}")
    return _(
        "If this customer has no login yet and the address is the stored one, a mail with a code is on its "
        "way. No mail after half an hour? Look among unwanted mail, then call {phone}."
    ).format(phone=visit.content.operator.contact.phone)


@operation("recovery.user_name", right="SIGN_IN", changes=False)
def user_name(visit: Visit) -> UserNameHelp:
    """Where to find a forgotten user name."""
    operator = visit.content.operator
    contact = operator.contact
    return UserNameHelp(
        subjects=(mail_words.user_name_subject(), mail_words.installation_subject("…")),
        sender=operator.senders.mail_name,
        sender_address=operator.senders.mail_address,
        phone=contact.phone,
        email=contact.email,
        website=contact.website,
    )


@operation("recovery.look", right="SIGN_IN", changes=False)
def look(visit: Visit, code: Secret) -> Purpose:
    """What a code that came by mail is for, and what has to be typed with it.

    Args:
        code: from the mail; capitals, spaces and dashes do not matter.
    """
    return opened(visit, find(visit, code, *KINDS)).purpose


@operation(REDEEM, right="SIGN_IN", own_transactions=True)
def redeem(
    visit: Visit, code: Secret, password: Secret, name: str = "", user_name: str = "", mobile: str = ""
) -> Redeemed:
    """Use a code that came by mail; `recovery look` says what it needs. Nobody is signed in by it.

    Args:
        code: from the mail; it works once.
        password: the new one, or the present one of a login that exists; may be empty for a new address.
        name: your name, for a new login.
        user_name: what to sign in with, for a new login; left out: the one that is proposed.
        mobile: your mobile number, for a new login; a code is sent to it, to be confirmed after signing in.
    """
    try:
        what = opened(visit, find(visit, code, *KINDS))
        number = mobile_codes.checked(visit, mobile) if mobile and what.purpose.may_link else ""
        filled = fill(visit, what, password, name, user_name)
        _prove(visit, what, password)
        return _redeemed(visit, what, filled, number)
    except Refused:
        with visit.transaction():
            audit.append(visit, REDEEM, "failed")
        raise


def _redeemed(visit: Visit, what: Opened, filled: Filled, number: str) -> Redeemed:
    about = visit if what.account_id is None else visit.as_account(what.account_id, what.purpose.account_name)
    try:
        with about.transaction():
            use(about, what.code)
            login_id = effect(about, what, filled)
            done = person(about, login_id)
            assert done is not None
            if number:
                mobile_codes.send(about, done, number)
            audit.append(about, REDEEM, "done", objects=f"login:{login_id},code:{what.code.kind}")
    except IntegrityError as error:
        raise Invalid(_("Somebody has this already."), "user_name") from error
    return Redeemed(done.user_name, _said(what, done.user_name))


def _prove(visit: Visit, what: Opened, password: Secret) -> None:
    """Ask an existing login for its password; guesses count as at the sign-in."""
    if "password_of_login" not in what.purpose.needs or what.whose is None:
        return
    from app.operations.core.passwords import verify

    tried = guard.reserve(visit, what.whose.login_id)
    row = visit.row("SELECT password_hash FROM login WHERE id = :id", id=what.whose.login_id)
    typed = password.reveal().encode(errors="replace").decode()
    if not verify(row[0] if row and tried.may else "", typed):
        raise Refused(_("The password is wrong, or there were too many tries."), "password")
    with visit.transaction():
        guard.give_back(visit, tried)


def _said(what: Opened, user_name: str) -> str:
    if what.code.kind == "new_email":
        return _("Your new e-mail address is confirmed.")
    if "password_of_login" in what.purpose.needs:
        return _("Your login {user_name} now also works for {account}. Sign in with it as always.").format(
            user_name=user_name, account=what.purpose.account_name
        )
    return _("Your password is set. Sign in as {user_name}.").format(user_name=user_name)
