"""A message as an e-mail. Every try makes the same letter, Message-ID included."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.gateways.parcel import DeliveryError, Parcel, one_line
from app.text import safe


@dataclass(frozen=True, slots=True)
class From:
    """Who writes: a name, an address and where answers go."""

    name: str
    address: str
    reply_to: str


def write_letter(parcel: Parcel, sender: From) -> EmailMessage:
    """The e-mail of a parcel.

    Raises:
        DeliveryError: recipient or subject cannot be a header; permanent.
    """
    letter = EmailMessage(policy=SMTP)
    letter["Message-ID"] = f"<{parcel.digest}@{sender.address.rpartition('@')[2]}>"
    letter["Date"] = formatdate(parcel.created_at, usegmt=True)
    letter["From"] = Address(one_line(sender.name, "sender"), addr_spec=one_line(sender.address, "sender"))
    letter["Reply-To"] = one_line(sender.reply_to, "reply address")
    letter["To"] = _address(one_line(parcel.recipient, "recipient"))
    letter["Subject"] = safe(one_line(parcel.subject, "subject"))
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(safe(parcel.body, lines=True))
    return letter


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError) as error:
        raise DeliveryError("The recipient is no e-mail address.", permanent=True) from error
