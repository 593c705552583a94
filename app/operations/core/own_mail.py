"""A mail to the visitor's own address that something sensitive was done with their login."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import letters
from app.operations.core.visit import Visit


def tell(visit: Visit, about: str, what: str, subject: str = "") -> None:
    """Queue it in the open transaction; nothing where the login has no address.

    Args:
        about: names the reason, once for each operation, as `second_factor:5`.
        what: one sentence, in the visitor's language.
        subject: default: that it is about their login.
    """
    row = visit.row("SELECT email FROM login WHERE id = :login", login=visit.login_id)
    if row is None or not row[0]:
        return
    operator = visit.content.operator
    not_you = _("If it was not you, call us: {phone}.").format(phone=operator.contact.phone)
    letters.send(
        visit,
        letters.once_each(visit, about),
        str(row[0]),
        f"{what}\n\n{not_you}",
        subject=subject or _("Your login at {operator}").format(operator=operator.name),
        account_id=visit.account_id,
    )
