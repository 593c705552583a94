"""An invitation from its code to the role: what the invited person is told, and what accepting does.

Used by the redeeming of codes of kind `invitation`; there the visitor is not signed in yet, or gives the
password of a login that exists.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core import access_codes
from app.operations.core.errors import Refused
from app.operations.core.membership import join
from app.operations.core.visit import Visit

KIND = "invitation"


@dataclass(frozen=True, slots=True)
class Invited:
    """A pending invitation. login_id: of the login that has the invited address, None without one."""

    id: int
    account_id: int
    account_name: str
    email: str
    name: str
    role: str
    areas: str
    line_id: int | None
    language: str
    login_id: int | None


def subject_of(invitation_id: int) -> str:
    """Whose code it is, as access codes name it."""
    return f"{KIND}:{invitation_id}"


def invited(visit: Visit, invitation_id: int) -> Invited:
    """What an invitation says, while it can be accepted.

    Raises:
        Refused: withdrawn, accepted, too old, or the account has ended; the text does not say which.
    """
    row = visit.row(
        "SELECT invitation.id, account.id, account.name, invitation.email, invitation.name, role, areas,"
        " invitation.line_id, invitation.language, login.id FROM invitation"
        " JOIN account ON account.id = invitation.account_id AND account.status = 'active'"
        " LEFT JOIN login ON lower(login.email) = lower(invitation.email)"
        " WHERE invitation.id = :id AND invitation.status = 'pending' AND expires_at > :now",
        id=invitation_id,
        now=visit.now,
    )
    if row is None:
        raise Refused(_("This code is not valid any more. Ask for a new one."), "code")
    return Invited(*row)


def accept(visit: Visit, invitation: Invited, login_id: int) -> None:
    """Give a login the role it was invited to, in the open transaction; a role it has there stays.

    Raises:
        Refused: somebody accepted or withdrew it meanwhile.
    """
    done = visit.change.execute(
        "UPDATE invitation SET status = 'accepted', login_id = :login, ended_at = :now"
        " WHERE id = :id AND status = 'pending' AND expires_at > :now",
        login=login_id,
        now=visit.now,
        id=invitation.id,
    ).rowcount
    if done != 1:
        raise Refused(_("This code is not valid any more. Ask for a new one."), "code")
    join(visit, login_id, invitation.account_id, invitation.role, invitation.areas, invitation.line_id)
    access_codes.end(visit, KIND, subject_of(invitation.id), "used")
    visit.touch(KIND, invitation.id)
