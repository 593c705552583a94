"""The mails of an order, in the recipient's language: confirmation, user name, password code, installation.

They are queued in this order, and the worker delivers what one person gets in the order of the queue.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _, use_language
from app.operations.core import access_codes, letters, mail_words
from app.operations.core.errors import Refused
from app.operations.core.visit import Visit
from app.secret import Secret
from app.text import safe


@dataclass(frozen=True, slots=True)
class Order:
    """An order and who gets its mails. `login_status`: pending while no password was made."""

    id: int
    status: str
    product: str
    ordered_at: int
    account_id: int
    account_number: str
    account_name: str
    login_id: int
    user_name: str
    name: str
    email: str
    language: str
    login_status: str


def confirm(visit: Visit, order: Order) -> None:
    """Say what was ordered and which mails come; sent again as often as it is asked for."""
    waits = mail_words.lasting(visit.content.access.help.advice_seconds)
    with use_language(order.language):
        contact = visit.content.operator.contact
        _send(
            visit,
            order,
            f"confirmation:{visit.now}",
            _("Confirmation of your order: {product}").format(product=safe(order.product)),
            _("Thank you for your order: {product}. Your customer number is {number}.").format(
                product=safe(order.product), number=safe(order.account_number)
            ),
            _(
                'Three more mails follow: one with the user name of your admin account ("{user_name}"), one '
                'with a code to make your password ("{password}"), and as the last "{installation}".'
            ).format(
                user_name=mail_words.user_name_subject(),
                password=mail_words.password_subject(),
                installation=mail_words.installation_subject(order.product),
            ),
            _(
                "No mail {time} after your order? Look in your spam folder first. Is it not there either, "
                "contact us: {phone} or {email}."
            ).format(time=waits, phone=contact.phone, email=contact.email),
        )


def tell_user_name(visit: Visit, order: Order) -> None:
    """Say with which name to sign in."""
    with use_language(order.language):
        _send(
            visit,
            order,
            f"user_name:{visit.now}",
            mail_words.user_name_subject(),
            _("This is the user name of your admin account for {account}:").format(
                account=safe(order.account_name)
            )
            + f"\n\n    {safe(order.user_name)}",
            _("You are the contract holder: you can do everything, and invite others."),
            _("The code to make your password comes in a mail of its own.")
            if order.login_status == "pending"
            else _("Sign in with the password that you have already."),
        )


def send_password_code(visit: Visit, order: Order) -> None:
    """Mail a code to make the first password; an earlier one no longer works. Nothing for who has a password.

    Raises:
        Refused: too many were asked for of late.
    """
    if order.login_status != "pending":
        return
    seconds = visit.content.access.codes.first_password_seconds
    code = access_codes.issue(
        visit,
        "first_password",
        f"login:{order.login_id}",
        seconds,
        login_id=order.login_id,
        account_id=order.account_id,
    )
    if code is None:
        raise Refused(_("Too many mails were sent to this address. Try again in half an hour."))
    number = visit.row("SELECT max(id) FROM access_code")
    with use_language(order.language):
        _send(
            visit,
            order,
            f"password:{number[0] if number else 0}",
            mail_words.password_subject(),
            _("With the code below you make the password of your admin account."),
            mail_words.code_lines(seconds),
            mail_words.how_to_redeem(),
            code=code,
        )


def tell_installation(visit: Visit, order: Order) -> None:
    """Say that it is installed, and once more with which name to sign in."""
    with use_language(order.language):
        contact = visit.content.operator.contact
        _send(
            visit,
            order,
            "installation",
            mail_words.installation_subject(order.product),
            _("{product} is ready for {account}.").format(
                product=safe(order.product), account=safe(order.account_name)
            ),
            _("Sign in to the portal with your user name {user_name}.").format(
                user_name=safe(order.user_name)
            ),
            _("Questions? Call {phone}, write to {email} or look at {website}.").format(
                phone=contact.phone, email=contact.email, website=contact.website
            ),
        )


def tell_withdrawn(visit: Visit, order: Order) -> None:
    """Say that nothing will be delivered."""
    with use_language(order.language):
        _send(
            visit,
            order,
            "withdrawn",
            _("Your order was withdrawn: {product}").format(product=safe(order.product)),
            _(
                "Your order {product} was withdrawn. Nothing is delivered and nothing is charged for it."
            ).format(product=safe(order.product)),
            mail_words.call_us(visit.content),
        )


def _send(
    visit: Visit, order: Order, what: str, subject: str, *paragraphs: str, code: Secret | None = None
) -> None:
    letters.send(
        visit,
        f"order:{order.id}:{what}",
        order.email,
        mail_words.letter(visit.content, order.name, *paragraphs),
        subject=subject,
        account_id=order.account_id,
        code=code,
    )
