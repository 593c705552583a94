"""The mobile number of a login: proven by six digits that were sent to it, never by typing it alone."""

from __future__ import annotations

from typing import Final

from app.i18n import _, use_language
from app.operations.core import letters, mail_words
from app.operations.core.access_codes import issue
from app.operations.core.errors import Invalid, Refused
from app.operations.core.login_edits import Person
from app.operations.core.outbox import SECRET_PLACE
from app.operations.core.visit import Visit

KIND: Final = "mobile"
DIALLED: Final = set("+0123456789 ()-./")
"""What people write a number with."""


def checked(visit: Visit, number: str) -> str:
    """A number in E.164; without a country it is one of the operator's.

    Raises:
        Invalid: nobody can have it.
    """
    import phonenumbers

    try:
        found = phonenumbers.parse(number.strip(), visit.content.operator.home_country)
        # The library also reads numbers out of sentences, and letters as digits.
        possible = phonenumbers.is_possible_number(found) and set(number.strip()) <= DIALLED
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise Invalid(_("Write a mobile number like +31 6 12345678."), "mobile")
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


def send(visit: Visit, to: Person, number: str) -> None:
    """Send six digits to a number, in the open transaction; an earlier code of the login ends.

    Raises:
        Refused: too many were asked for of late.
    """
    seconds = visit.content.access.codes.short_code_seconds
    subject = f"login:{to.login_id}"
    code = issue(visit, KIND, subject, seconds, login_id=to.login_id, detail=number, short=True)
    if code is None:
        raise Refused(_("Too many codes were asked for. Try again in half an hour."))
    newest = visit.row("SELECT max(id) FROM access_code")
    with use_language(to.language):
        body = _(
            "{operator}: {code} is your code to link this number to your login. It is valid for {time}. "
            "We never ask you for it by phone."
        ).format(
            operator=visit.content.operator.short_name,
            code=SECRET_PLACE,
            time=mail_words.lasting(seconds),
        )
    letters.send(
        visit,
        f"mobile:{subject}:{visit.now}:{newest[0] if newest else 0}",
        number,
        body,
        channel="sms",
        code=code,
    )
