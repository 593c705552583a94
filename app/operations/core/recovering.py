"""Codes by mail for people who are not signed in, and the same work where there is nobody to write to.

Who asks learns nothing of who exists: every question is answered with one text and writes as much. Where
there is no one to write to, a code and a mail to nobody are stored; the next question takes them away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.i18n import _, use_language
from app.operations.core import letters, logins, mail_words
from app.operations.core.access_codes import issue
from app.operations.core.login_edits import Person, person
from app.operations.core.visit import Visit
from app.secret import Secret
from app.text import safe

NOBODY: Final = Person(0, "nobody", "Nobody", "nobody", "", "")
NOWHERE: Final = "nobody:0"
"""Whose code it is while the same work is done for nobody."""
MANAGERS: Final = "('holder', 'admin')"


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of code, whose, and for how many seconds; an empty subject: there is nobody."""

    kind: str
    subject: str
    seconds: int
    account_name: str = ""


def whose(visit: Visit, who: str, email: str) -> Person | None:
    """The person who says they forgot the password.

    A customer number alone names nobody: the e-mail address must be one that is stored with it.
    """
    login_id, account_id = logins.find(visit.store, visit.content, who)
    by_number = visit.row(
        "SELECT login.id FROM account JOIN membership ON membership.account_id = account.id"
        " JOIN login ON login.id = membership.login_id WHERE account.number IN (:who, upper(:who))"
        " AND account.status = 'active' AND (lower(login.email) = lower(:email)"
        " OR (lower(account.email) = lower(:email) AND membership.role = 'holder')) AND :email <> ''"
        " ORDER BY lower(login.email) = lower(:email) DESC, membership.role = 'holder' DESC LIMIT 1",
        who=who,
        email=email,
    )
    if account_id is not None:
        login_id = by_number[0] if by_number else None
    found = person(visit, login_id)
    if found is None or found.status == "disabled" or not found.email:
        return None
    if account_id is None and email and email.casefold() != found.email.casefold():
        return None
    return found


def send_reset(visit: Visit, to: Person | None) -> bool:
    """Mail a code for a new password, in the open transaction; for nobody, only the work is done.

    Somebody who has not set a first password yet gets a code for that one. False: nobody, or too many
    codes were asked for of late.
    """
    codes = visit.content.access.codes
    first = to is not None and to.status == "pending"
    kind, seconds = (
        ("first_password", codes.first_password_seconds) if first else ("reset", codes.reset_seconds)
    )
    return _send(visit, Asked(kind, f"login:{to.login_id}" if to else "", seconds), to or NOBODY)


def send_first_login(visit: Visit, account_id: int | None) -> bool:
    """Mail the code for a customer's first login to the customer's address; the same for nobody."""
    row = visit.row("SELECT name, email, language, contact_name FROM account WHERE id = :id", id=account_id)
    to = Person(0, "", row[3] or row[0], row[1], row[2], "") if row else NOBODY
    seconds = visit.content.access.codes.first_password_seconds
    subject = f"account:{account_id}" if row else ""
    return _send(visit, Asked("first_login", subject, seconds, str(row[0]) if row else ""), to)


def unlogged_account(visit: Visit, number: str, email: str) -> int | None:
    """The customer with that number and stored address, if nobody manages it with a login yet."""
    row = visit.row(
        "SELECT id, lower(email) = lower(:email) AND email <> '' AND status = 'active' FROM account"
        " WHERE number IN (:number, upper(:number))",
        number=number,
        email=email,
    )
    account_id, matches = row or (0, 0)
    managed = visit.row(
        f"SELECT 1 FROM membership WHERE account_id = :id AND role IN {MANAGERS}", id=account_id
    )
    return int(account_id) if matches and managed is None else None


def _send(visit: Visit, asked: Asked, to: Person) -> bool:
    _forget_nobody(visit)
    code = _code(visit, asked, to) if asked.subject else None
    if code is not None:
        _mail(visit, asked, to, code)
        return True
    decoy = replace(asked, subject=NOWHERE, account_name=NOBODY.name)
    code = _code(visit, decoy, NOBODY)
    assert code is not None
    _mail(visit, decoy, NOBODY, code)
    return False


def _forget_nobody(visit: Visit) -> None:
    """Take away what the last question about nobody has left."""
    tx = visit.change
    for kind in ("reset", "first_login"):
        left = "SELECT key FROM message WHERE key >= :low AND key < :high"
        for (key,) in tx.rows(left, low=f"{kind}:{NOWHERE}:", high=f"{kind}:{NOWHERE};"):
            tx.execute("DELETE FROM message WHERE key = :key", key=key)
        tx.execute(
            "DELETE FROM access_code WHERE kind = :kind AND subject = :subject", kind=kind, subject=NOWHERE
        )


def _code(visit: Visit, asked: Asked, to: Person) -> Secret | None:
    return issue(visit, asked.kind, asked.subject, asked.seconds, login_id=to.login_id or None)


def _key(visit: Visit, asked: Asked) -> str:
    """Names this one mail: of the same code there is no second."""
    row = visit.row(
        "SELECT max(id) FROM access_code WHERE kind = :kind AND subject = :subject",
        kind=asked.kind,
        subject=asked.subject,
    )
    return f"{asked.kind}:{asked.subject}:{visit.now}:{row[0] if row else 0}"


def _mail(visit: Visit, asked: Asked, to: Person, code: Secret) -> None:
    content = visit.content
    with use_language(to.language or visit.language):
        subject, text = _words(asked)
        body = mail_words.letter(
            content,
            to.name,
            text,
            mail_words.code_lines(asked.seconds),
            mail_words.how_to_redeem(),
            mail_words.not_you(content),
        )
    muted = NOWHERE if asked.subject == NOWHERE else ""
    letters.send(visit, _key(visit, asked), to.email, body, subject=subject, code=code, muted=muted)


def _words(asked: Asked) -> tuple[str, str]:
    """Subject and first paragraph."""
    if asked.kind == "first_login":
        text = _(
            "Here is the code for the first login of {name}. With it you choose a user name and a password."
        )
        return _("Your first login"), text.format(name=safe(asked.account_name))
    if asked.kind == "first_password":
        return mail_words.password_subject(), _("Here is the code to make your password, as you asked.")
    return _("A new password"), _("Here is the code to make a new password, as you asked.")
