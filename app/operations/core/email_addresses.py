"""E-mail addresses as people type them."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.errors import Invalid

LONGEST = 254


def masked(address: str) -> str:
    """`a…@example.org`: enough to know one's own mailbox by, too little to write to it."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def check_email(text: str, field: str = "email") -> str:
    """The address in the one form in which it is stored; whether it exists is not asked.

    Raises:
        Invalid: it is none, or one that no mail server in use takes.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        # The letters before the @-sign stay as typed; a domain in other scripts goes out in its ASCII form.
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Invalid(_("Write an address like name@example.org."), field) from error
    address = found.ascii_email or found.normalized
    if len(address) > LONGEST:
        raise Invalid(_("Write an address like name@example.org."), field)
    return address
