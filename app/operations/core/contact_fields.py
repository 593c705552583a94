"""What people type about addresses and persons, as it is stored: trimmed, checked, in one form."""

from __future__ import annotations

import re
from typing import Final

from app.content import Content
from app.i18n import _, language
from app.operations.core.email_addresses import check_email
from app.operations.core.errors import Invalid
from app.operations.core.mobile_codes import DIALLED
from app.text import MARKS

LONGEST: Final = {
    "name": 200,
    "contact_name": 200,
    "company": 200,
    "street": 200,
    "city": 100,
    "reason": 300,
}
"""Characters of each field."""
POSTCODES: Final = {
    "AT": (r"(\d{4})", "1010"),
    "BE": (r"(\d{4})", "1000"),
    "CH": (r"(\d{4})", "8001"),
    "DE": (r"(\d{5})", "10115"),
    "DK": (r"(\d{4})", "1050"),
    "ES": (r"(\d{5})", "28001"),
    "FR": (r"(\d{5})", "75001"),
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})", "SW1A 1AA"),
    "IT": (r"(\d{5})", "00118"),
    "LU": (r"(?:L-)?(\d{4})", "1009"),
    "NL": (r"([1-9]\d{3}) ?([A-Z]{2})", "1013 ZZ"),
    "PL": (r"(\d{2}-\d{3})", "00-001"),
}
"""How a postcode is written (Universal Postal Union), and one as an example; elsewhere see ANY_POSTCODE."""
ANY_POSTCODE: Final = r"[A-Z0-9][A-Z0-9 -]{0,11}"


def one_line(text: str, field: str, *, required: bool = False) -> str:
    """A text of one line: trimmed, single spaces, nothing in it that does not show.

    Raises:
        Invalid: it names the field.
    """
    if len(text.strip().splitlines()) > 1:
        raise Invalid(_("Write this on one line."), field)
    found = " ".join(text.split())
    if any(ord(sign) in MARKS for sign in found):
        raise Invalid(_("This holds signs that do not show. Type it again."), field)
    if required and not found:
        raise Invalid(_("Fill this in."), field)
    if len(found) > LONGEST[field]:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST[field]), field)
    return found


def email(text: str, field: str = "email") -> str:
    """An e-mail address, or nothing.

    Raises:
        Invalid: it is none.
    """
    return check_email(text, field) if text.strip() else ""


def phone(text: str, country: str, content: Content, field: str = "phone") -> str:
    """A telephone number in E.164, or nothing; without a country code it is one of `country`.

    Raises:
        Invalid: no number looks like this.
    """
    if not text.strip():
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(text.strip(), country or content.operator.home_country)
        # The library also reads numbers out of sentences, and letters as digits.
        possible = phonenumbers.is_possible_number(number) and set(text.strip()) <= DIALLED
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise Invalid(_("Write the whole number with its country code, like +31 20 123 4567."), field)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def country(text: str, content: Content, field: str = "country") -> str:
    """The code of a country of the reference list, given as its code or as its name in any language.

    Raises:
        Invalid: there is no such country.
    """
    typed, places = text.strip(), content.places
    if not typed:
        raise Invalid(_("Fill this in."), field)
    if len(typed) == 2 and places.find(typed.upper()) is not None:
        return typed.upper()
    wanted = typed.casefold()
    for index in places.search(typed, language(), limit=5):
        names = {places.name(index, each).casefold() for each in content.operator.languages}
        if wanted in names and not places.code(index).startswith("X-"):
            return places.code(index)
    raise Invalid(_("Write the name of a country, or its code of two letters, like NL."), field)


def postcode(text: str, of_country: str, field: str = "postcode") -> str:
    """A postcode as its country writes it, or nothing; where the form is not known it is loosely checked.

    Raises:
        Invalid: the country has no such postcodes; the text shows what they look like.
    """
    typed = " ".join(text.upper().split())
    if not typed:
        return ""
    pattern, example = POSTCODES.get(of_country, (ANY_POSTCODE, ""))
    found = re.fullmatch(pattern, typed)
    if found is None:
        like = _("A postcode there looks like {example}.").format(example=example)
        raise Invalid(like if example else _("This is not a postcode."), field)
    return " ".join(found.groups()) or typed
