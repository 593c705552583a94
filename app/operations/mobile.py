"""The mobile number linked to one's own login, by which one's usage is followed."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import NotFound, Refused, Visit, audit, mobile_codes, operation
from app.operations.core.access_codes import cancel, check_short
from app.operations.core.fresh import require_fresh
from app.operations.core.login_edits import person
from app.operations.core.numbers import line_of_number
from app.secret import Secret

CONFIRM = "mobile.confirm"


@dataclass(frozen=True, slots=True)
class Linked:
    """`mobile` in E.164, empty without one; `line_id`: the line of the account whose usage shows."""

    mobile: str
    line_id: int | None


@operation("mobile.link", right="CHANGE_LOGIN")
def link(visit: Visit, number: str) -> str:
    """Link a mobile number to your login: a code goes to that number, to be confirmed.

    Args:
        number: as you dial it; without a country it is one of the operator's.
    """
    require_fresh(visit)
    me = person(visit, visit.login_id)
    assert me is not None
    found = mobile_codes.checked(visit, number)
    mobile_codes.send(visit, me, found)
    visit.touch("login", me.login_id)
    return _("A code went to {number}. Type it here to link the number.").format(number=found)


@operation(CONFIRM, right="CHANGE_LOGIN", own_transactions=True)
def confirm(visit: Visit, code: Secret) -> Linked:
    """Type the code that came by text message: the number is yours from now on.

    Where it is a line of your account, and nobody else's, its usage shows.

    Args:
        code: the six digits.
    """
    subject = f"login:{visit.login_id}"
    with visit.transaction():
        right = check_short(visit, mobile_codes.KIND, subject, code)
        linked = _linked(visit, right.detail) if right else None
        audit.append(visit, CONFIRM, "done" if right else "failed", objects=subject)
    if linked is None:
        raise Refused(_("This code is wrong or too old. After five wrong ones ask for a new one."), "code")
    visit.own_line_id = linked.line_id
    return linked


@operation("mobile.cancel", right="CHANGE_LOGIN")
def cancel_link(visit: Visit) -> str:
    """Cancel the link to a mobile number that waits for its code."""
    cancel(visit, mobile_codes.KIND)
    return _("Cancelled: your mobile number stays as it was.")


@operation("mobile.unlink", right="CHANGE_LOGIN")
def unlink(visit: Visit) -> None:
    """Take the mobile number off your login; a line that came with it does not show any more."""
    require_fresh(visit)
    row = visit.row("SELECT mobile, line_id FROM login WHERE id = :id", id=visit.login_id)
    if row is None or not row[0]:
        raise NotFound(_("No mobile number is linked to your login."))
    came_with_it = row[1] is not None and line_of_number(visit, row[0]) == row[1]
    visit.change.execute(
        "UPDATE login SET mobile = '', line_id = CASE WHEN :both = 1 THEN NULL ELSE line_id END,"
        " version = version + 1 WHERE id = :id",
        both=came_with_it,
        id=visit.login_id,
    )
    if came_with_it:
        visit.own_line_id = None
    visit.touch("login", visit.login_id)


def _linked(visit: Visit, number: str) -> Linked:
    """Store a proven number, and its line if that is one of the account's and nobody else's."""
    row = visit.change.row(
        "UPDATE login SET mobile = :number, version = version + 1, line_id = coalesce((SELECT id FROM line"
        " WHERE id = :line AND account_id = :account AND NOT EXISTS (SELECT 1 FROM login AS other"
        " WHERE other.line_id = line.id AND other.id <> :login)), line_id)"
        " WHERE id = :login RETURNING line_id",
        number=number,
        line=line_of_number(visit, number),
        account=visit.account_id,
        login=visit.login_id,
    )
    mine = visit.row(
        "SELECT id FROM line WHERE id = :line AND account_id = :account",
        line=row[0] if row else None,
        account=visit.account_id,
    )
    return Linked(number, mine[0] if mine else None)
