"""Changes to what somebody signs in with, and the mails that tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.i18n import _, use_language
from app.operations.core import access_codes, letters, mail_words, other_ways_in, sessions
from app.operations.core.email_addresses import check_email
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit
from app.text import safe

CODES_OF_PASSWORD: Final = ("reset", "first_password", "new_email", "sign_in")
"""What was sent before a password or an address changed is worth nothing afterwards."""
USER_NAME: Final = r"[A-Za-z][A-Za-z0-9._-]{1,63}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a login, as mails need them."""

    login_id: int
    user_name: str
    name: str
    email: str
    language: str
    status: str


def person(visit: Visit, login_id: int | None) -> Person | None:
    """The person of a login."""
    row = visit.row(
        "SELECT id, user_name, name, email, language, status FROM login WHERE id = :id", id=login_id
    )
    return Person(*row) if row else None


def set_password(
    visit: Visit, whose: Person, stored: str, but: str = "", *, end_other_ways: bool = False
) -> None:
    """Give a login a new password in the open transaction; earlier codes and its other sessions end.

    Args:
        stored: the hash of the new password.
        but: the session that goes on.
        end_other_ways: whoever knew the old password may have made tokens or added SSH keys: they end too.
    """
    visit.change.execute(
        "UPDATE login SET password_hash = :stored, password_set_at = :now, failures = 0, locked_until = 0,"
        " status = CASE WHEN status = 'pending' THEN 'active' ELSE status END, version = version + 1"
        " WHERE id = :id",
        stored=stored,
        now=visit.now,
        id=whose.login_id,
    )
    _end_what_was_open(visit, whose, but)
    ended = other_ways_in.end_all(visit, whose.login_id) if end_other_ways else other_ways_in.Ended()
    with use_language(whose.language):
        _tell(
            visit,
            "password",
            whose,
            _("Your password was changed"),
            _("The password of your login {user_name} was changed. All other sessions were ended."),
            *ended.told(),
        )


def set_email(visit: Visit, whose: Person, address: str, but: str = "") -> None:
    """Give a login its new, proven address in the open transaction; the old one is told."""
    visit.change.execute(
        "UPDATE login SET email = :address, email_confirmed_at = :now, version = version + 1 WHERE id = :id",
        address=address,
        now=visit.now,
        id=whose.login_id,
    )
    _end_what_was_open(visit, whose, but)
    with use_language(whose.language):
        _tell(
            visit,
            "email",
            whose,
            _("Your e-mail address was changed"),
            _("Your login {user_name} has another e-mail address now. Mails do not come here any more."),
        )


def confirm_email(visit: Visit, login_id: int) -> None:
    """A code that was mailed to the address came back: somebody reads there."""
    visit.change.execute(
        "UPDATE login SET email_confirmed_at = coalesce(email_confirmed_at, :now) WHERE id = :id",
        now=visit.now,
        id=login_id,
    )


def checked_email(visit: Visit, address: str, login_id: int | None = None) -> str:
    """An address as it is stored, if it can exist and no other login has it.

    Args:
        login_id: the login that may have it already.

    Raises:
        Invalid: its field is `address`.
    """
    found = check_email(address, "address")
    taken = visit.row(
        "SELECT 1 FROM login WHERE lower(email) = lower(:email) AND id <> coalesce(:id, 0)",
        email=found,
        id=login_id,
    )
    if taken:
        raise Invalid(_("Another login has this address. Each login needs one of its own."), "address")
    return found


def checked_user_name(visit: Visit, user_name: str, login_id: int | None = None) -> str:
    """A user name that nobody else has.

    Raises:
        Invalid: its field is `user_name`.
    """
    name = user_name.strip()
    if not re.fullmatch(USER_NAME, name):
        raise Invalid(_("A user name has letters and digits, and begins with a letter."), "user_name")
    if visit.row(
        "SELECT 1 FROM login WHERE lower(user_name) = lower(:name) AND id <> coalesce(:id, 0)",
        name=name,
        id=login_id,
    ):
        raise Invalid(_("Somebody has this already."), "user_name")
    return name


def free_user_name(visit: Visit, email: str) -> str:
    """A user name nobody has, made of an address: anna.devries, or anna.devries2."""
    local = re.sub(r"[^A-Za-z0-9._-]", "", email.partition("@")[0]).lstrip("0123456789._-")[:50]
    stem = local if len(local) > 1 else f"user{local}"
    taken = {
        str(row[0])
        for row in visit.rows(
            "SELECT lower(user_name) FROM login WHERE lower(user_name) LIKE lower(:stem) || '%'", stem=stem
        )
    }
    names = (stem if number == 1 else f"{stem}{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.lower() not in taken)


def _end_what_was_open(visit: Visit, whose: Person, but: str) -> None:
    """Codes that were sent earlier and other sessions: whoever has them may not be the person."""
    access_codes.end_of_login(visit, whose.login_id, *CODES_OF_PASSWORD)
    sessions.end_all(visit, whose.login_id, "password", but)


def _tell(visit: Visit, what: str, whose: Person, subject: str, text: str, *more: str) -> None:
    if not whose.email:
        return
    content = visit.content
    letters.send(
        visit,
        letters.once_each(visit, f"{what}:{whose.login_id}"),
        whose.email,
        mail_words.letter(
            content,
            whose.name,
            text.format(user_name=safe(whose.user_name)),
            *more,
            mail_words.call_us(content),
        ),
        subject=subject,
    )
