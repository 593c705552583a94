"""Members and invitations in words."""

from __future__ import annotations

from app import units
from app.i18n import _
from app.operations.core.role_words import area_names
from app.operations.invitations import InvitationRow
from app.operations.members import MemberRow
from app.screens.role_names import role_name
from app.widgets.columns import Tone
from app.widgets.dialog import Confirm
from app.widgets.rows import Row


def role_says(role: str) -> str:
    """What a role may do."""
    return {
        "holder": _("May do everything. The contract is in this name."),
        "admin": _("Manages lines, orders and users, and sees invoices."),
        "sub": _("Only what is chosen below."),
        "user": _("Sees the own line, and manages nothing."),
        "reseller": _("Sees the lines, and sets notices and limits for roaming."),
    }.get(role, "")


def member_cells(member: MemberRow, zone: str) -> Row:
    """Name, role, line, last sign-in; behind them how it is shown, and what the visitor decides."""
    last = units.instant(member.last_sign_in_at, zone) if member.last_sign_in_at else _("never")
    tone: Tone = ""
    if member.status != "active":
        last = _("no password yet") if member.status == "pending" else _("blocked")
        tone = "warning"
    return (
        member.name or member.user_name,
        role_name(member.role),
        units.phone(member.line_number),
        last,
        member.email,
        tone,
        "changeable" if member.changeable else "",
        "linked" if member.linkable and member.line_number else "",
    )


def invitation_cells(invitation: InvitationRow, zone: str) -> Row:
    """The same for somebody who was invited."""
    expired = invitation.status == "expired"
    until = _("code ran out") if expired else _("until {date}")
    return (
        _("invited: {name}").format(name=invitation.name or invitation.email),
        role_name(invitation.role),
        units.phone(invitation.line_number),
        until.format(date=units.date(invitation.expires_at, zone)),
        invitation.email,
        "warning" if expired else "accent",
        "invitation",
    )


def member_detail(member: MemberRow) -> list[str]:
    """All that is known of a member, line by line."""
    lines = [f"{member.user_name} · {member.email}"]
    if member.role == "sub":
        lines.append(_("May: {areas}.").format(areas=area_names(member.areas)))
    else:
        lines.append(role_says(member.role))
    return lines


def invitation_detail(invitation: InvitationRow, zone: str) -> list[str]:
    """All that is known of an invitation."""
    when = units.instant(invitation.created_at, zone)
    text = _("Invited on {when} by {person}.").format(when=when, person=invitation.invited_by or "–")
    lines = [invitation.email, text]
    if invitation.areas:
        lines.append(_("May: {areas}.").format(areas=area_names(invitation.areas)))
    if invitation.status == "expired":
        lines.append(_("The code has run out. T sends a new one."))
    else:
        until = units.instant(invitation.expires_at, zone)
        lines.append(_("The code in the mail works until {when}.").format(when=until))
    return lines


def removal(member: MemberRow, account_name: str) -> Confirm:
    """The question before somebody's access ends, with what it does."""
    text = _("{name} cannot act for {account} any more, at once. The login stays for other customers.")
    return Confirm(
        _("Remove {name}?").format(name=member.name),
        text.format(name=member.name, account=account_name),
        _("Remove"),
        _("Keep"),
        danger=True,
    )


def withdrawal(invitation: InvitationRow) -> Confirm:
    """The question before an invitation is taken back."""
    return Confirm(
        _("Withdraw the invitation of {email}?").format(email=invitation.email),
        _("The code in the mail no longer works."),
        _("Withdraw"),
        _("Keep"),
        danger=True,
    )
