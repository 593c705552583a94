"""Words that the mails about logins share: whom they greet, what to do with a code, who writes.

All of them are in the language in force; write a mail inside `use_language(<the recipient's>)`.
"""

from __future__ import annotations

from app.content import Content
from app.i18n import _, ngettext
from app.operations.core.outbox import SECRET_PLACE
from app.text import safe

REDEEM_COMMAND = "loket recovery redeem"
DAY, HOUR, MINUTE = 86_400, 3_600, 60


def letter(content: Content, name: str, *paragraphs: str) -> str:
    """A whole mail: greeting, paragraphs, who writes. An empty paragraph is left out."""
    parts = [greeting(name), *paragraphs, closing(content)]
    return "\n\n".join(part for part in parts if part) + "\n"


def greeting(name: str) -> str:
    """How a mail begins; without a name it greets nobody in particular."""
    return _("Dear {name},").format(name=safe(name)) if name.strip() else _("Hello,")


def code_lines(seconds: int) -> str:
    """The code itself, on a line of its own, and how long it works. The worker puts the code in its place."""
    return (
        _("Your code:")
        + f"\n\n    {SECRET_PLACE}\n\n"
        + _("It works once, for {time} from the moment this mail was written.").format(time=lasting(seconds))
    )


def how_to_redeem() -> str:
    """Where to type a code: there is no link to click in a terminal."""
    return _(
        'How to use it: open the portal and choose "I have a code" (key F3) on the sign-in screen, or run '
        "the command below and type the code when it asks. Capitals, spaces and dashes do not matter."
    ) + (f"\n\n    {REDEEM_COMMAND}")


def not_you(content: Content) -> str:
    """What to do with a mail that nobody asked for."""
    contact = content.operator.contact
    return _(
        "Did you not ask for this? Then do nothing: without the code nothing changes. "
        "If it happens again, tell us: {phone} or {email}."
    ).format(phone=contact.phone, email=contact.email)


def call_us(content: Content) -> str:
    """What to do about a change that somebody else may have made."""
    contact = content.operator.contact
    return _("Was this not you? Tell us at once: {phone} or {email}.").format(
        phone=contact.phone, email=contact.email
    )


def tokens_ended() -> str:
    """What to do after tokens ended with a password or an address."""
    return _("Your tokens for scripts have ended too. Make new ones where they are still needed.")


def keys_removed() -> str:
    """What to do after SSH keys were removed with a password or an address."""
    return _("Your SSH keys were removed too. Add again those that are yours.")


def closing(content: Content) -> str:
    """How a mail ends, with the operator's name."""
    return _("Kind regards,") + f"\n{content.operator.name}"


def lasting(seconds: int) -> str:
    """A validity in its largest whole unit: 7 days, 1 hour, 10 minutes."""
    if seconds % DAY == 0:
        days = seconds // DAY
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if seconds % HOUR == 0:
        hours = seconds // HOUR
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    minutes = seconds // MINUTE
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def user_name_subject() -> str:
    """Subject of the mail that tells the user name; the sign-in screen names it to who forgot theirs."""
    return _("User name of your admin account")


def password_subject() -> str:
    """Subject of the mail with the code for the first password."""
    return _("Make the password of your account")


def installation_subject(product: str) -> str:
    """Subject of the last mail after an order; it tells the user name once more."""
    return _("Installation of your {product}").format(product=safe(product))
