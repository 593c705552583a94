"""Invitations: nobody becomes a user of an account without one.

An administrator invites users; the holder also administrators, sub-accounts and resellers. The invited
person redeems the code of the mail, see recovery.redeem.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import LANGUAGES, _
from app.operations.core import Invalid, NotFound, Refused, Visit, access_codes, operation
from app.operations.core.email_addresses import check_email
from app.operations.core.fresh import require_fresh
from app.operations.core.invitation_mail import send as send_mail
from app.operations.core.invited import KIND, Invited, subject_of
from app.operations.core.membership import account_of, areas_of, check_role, decide_over, line_to_link

LONGEST_NAME = 200
SHOWN = 2000
MOST, WITHIN = 5, 1800
"""To one address, within so many seconds; withdrawn ones count, or mails could be sent without end."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation. status: pending, expired, accepted or withdrawn; areas: of a sub-account."""

    id: int
    email: str
    name: str
    role: str
    areas: tuple[str, ...]
    line_id: int | None
    line_number: str
    invited_by: str
    created_at: int
    expires_at: int
    status: str


@operation("invitations.page", right="VIEW_PEOPLE", changes=False)
def page(visit: Visit) -> list[InvitationRow]:
    """Who was invited to work for the account, those who have not answered first."""
    return _rows(visit, "invitation.account_id = :account", account=visit.account_id)


@operation("invitations.send", right="INVITE")
def send(
    visit: Visit,
    email: str,
    name: str = "",
    role: str = "user",
    areas: list[str] | None = None,
    line_id: int | None = None,
    language: str = "",
) -> InvitationRow:
    """Invite somebody by e-mail to work for the account.

    Args:
        email: an existing address of theirs.
        name: as people call them; they may correct it.
        role: user; the holder also invites as admin, sub or reseller.
        areas: what a sub-account may use: products, settings, orders, billing, data, people.
        line_id: their own mobile line.
        language: of the mail: en, nl or de; left out: the account's.
    """
    account = account_of(visit)
    stored_areas = check_role(visit, role, areas or ())
    decide_over(visit, role)
    if role != "user":
        require_fresh(visit)
    address, name = check_email(email), " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST_NAME), "name")
    _must_be_new(visit, account, address)
    values = {
        "account": account,
        "email": address,
        "name": name,
        "role": role,
        "areas": stored_areas,
        "line": None if line_id is None else line_to_link(visit, line_id, account),
        "language": _language(visit, account, language),
        "by": visit.login_id,
        "now": visit.now,
        "until": visit.now + visit.content.access.codes.invitation_seconds,
    }
    row = visit.change.row(
        "INSERT INTO invitation (account_id, email, name, role, areas, line_id, language, invited_by,"
        " created_at, expires_at, status) VALUES (:account, :email, :name, :role, :areas, :line, :language,"
        " :by, :now, :until, 'pending') RETURNING id",
        **values,
    )
    number = int(row[0]) if row else 0
    send_mail(visit, _pending(visit, number))
    visit.touch(KIND, number)
    return _row(visit, number)


@operation("invitations.withdraw", right="INVITE")
def withdraw(visit: Visit, invitation_id: int) -> None:
    """Take an invitation back; its code no longer works.

    Args:
        invitation_id: one that waits for an answer.
    """
    invitation = _pending(visit, invitation_id)
    decide_over(visit, invitation.role)
    _end(visit, invitation.id)


@operation("invitations.resend", right="INVITE")
def resend(visit: Visit, invitation_id: int) -> InvitationRow:
    """Send an invitation again with a new code; the earlier code no longer works.

    Args:
        invitation_id: one that waits for an answer, or has run out.
    """
    invitation = _pending(visit, invitation_id)
    decide_over(visit, invitation.role)
    visit.change.execute(
        "UPDATE invitation SET expires_at = :until WHERE id = :id",
        until=visit.now + visit.content.access.codes.invitation_seconds,
        id=invitation.id,
    )
    send_mail(visit, invitation)
    visit.touch(KIND, invitation.id)
    return _row(visit, invitation.id)


def _pending(visit: Visit, invitation_id: int) -> Invited:
    """An open invitation of the visitor's account, run out or not; the operator's host reaches all."""
    everywhere = visit.reach("INVITE") == "any" and visit.account_id is None
    row = visit.row(
        "SELECT invitation.id, account.id, account.name, invitation.email, invitation.name, role, areas,"
        " invitation.line_id, invitation.language, NULL, invitation.status FROM invitation"
        " JOIN account ON account.id = invitation.account_id"
        " WHERE invitation.id = :id AND (:everywhere = 1 OR account.id = :account)",
        id=invitation_id,
        everywhere=int(everywhere),
        account=visit.account_id,
    )
    if row is None:
        raise NotFound(_("There is no such invitation."), "invitation_id")
    if row[10] != "pending":
        raise Refused(_("This invitation was answered or withdrawn."), "invitation_id")
    return Invited(*row[:10])


def _must_be_new(visit: Visit, account_id: int, email: str) -> None:
    """Nobody is invited twice; an invitation that has run out makes room for another."""
    member = visit.row(
        "SELECT 1 FROM login JOIN membership ON membership.login_id = login.id"
        " WHERE account_id = :account AND lower(email) = lower(:email)",
        account=account_id,
        email=email,
    )
    if member is not None:
        raise Invalid(_("Who has this address works for this account already."), "email")
    recent = visit.row(
        "SELECT count(*) FROM invitation"
        " WHERE account_id = :account AND lower(email) = lower(:email) AND created_at > :since",
        account=account_id,
        email=email,
        since=visit.now - WITHIN,
    )
    if recent is not None and recent[0] >= MOST:
        raise Refused(_("Too many mails were sent to this address. Try again in half an hour."), "email")
    waiting = visit.row(
        "SELECT id, expires_at FROM invitation"
        " WHERE account_id = :account AND lower(email) = lower(:email) AND status = 'pending'",
        account=account_id,
        email=email,
    )
    if waiting is None:
        return
    if waiting[1] > visit.now:
        raise Invalid(_("This address is invited already. Send that invitation again instead."), "email")
    _end(visit, waiting[0])


def _end(visit: Visit, invitation_id: int) -> None:
    visit.change.execute(
        "UPDATE invitation SET status = 'withdrawn', ended_at = :now WHERE id = :id",
        now=visit.now,
        id=invitation_id,
    )
    access_codes.end(visit, KIND, subject_of(invitation_id), "withdrawn")
    visit.touch(KIND, invitation_id)


def _language(visit: Visit, account_id: int, wanted: str) -> str:
    """The language of the mail: the one asked for, else the customer's."""
    if wanted and wanted not in LANGUAGES:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(LANGUAGES)), "language")
    stored = visit.row("SELECT language FROM account WHERE id = :account", account=account_id)
    return wanted or (str(stored[0]) if stored else visit.language)


def _row(visit: Visit, invitation_id: int) -> InvitationRow:
    return _rows(visit, "invitation.id = :id", id=invitation_id)[0]


def _rows(visit: Visit, where: str, **values: int | None) -> list[InvitationRow]:
    rows = visit.rows(
        "SELECT invitation.id, invitation.email, invitation.name, role, areas, invitation.line_id,"
        " coalesce(line.number, ''), coalesce(login.name, ''), invitation.created_at, expires_at,"
        " CASE WHEN invitation.status = 'pending' AND expires_at <= :now THEN 'expired'"
        " ELSE invitation.status END"
        " FROM invitation LEFT JOIN line ON line.id = invitation.line_id"
        " AND line.account_id = invitation.account_id"
        " LEFT JOIN login ON login.id = invited_by"
        f" WHERE {where} ORDER BY invitation.status <> 'pending', invitation.id DESC LIMIT :most",
        now=visit.now,
        most=SHOWN,
        **values,
    )
    return [InvitationRow(*(*row[:4], areas_of(row[4]), *row[5:])) for row in rows]
