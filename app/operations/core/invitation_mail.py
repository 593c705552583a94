"""The mail that invites somebody to work for an account, with the code to complete the login."""

from __future__ import annotations

from app.i18n import _, use_language
from app.operations.core import access_codes, letters, mail_words
from app.operations.core.errors import Refused
from app.operations.core.invited import KIND, Invited, subject_of
from app.operations.core.role_words import role_words
from app.operations.core.visit import Visit
from app.text import safe


def send(visit: Visit, invitation: Invited) -> None:
    """Queue it with a new code in the open transaction; the code of an earlier one ends.

    Raises:
        Refused: too many were sent to this person of late.
    """
    seconds = visit.content.access.codes.invitation_seconds
    code = access_codes.issue(
        visit, KIND, subject_of(invitation.id), seconds, account_id=invitation.account_id
    )
    if code is None:
        raise Refused(_("Too many mails were sent to this address. Try again in half an hour."))
    number = visit.row("SELECT max(id) FROM access_code")
    with use_language(invitation.language):
        subject = _("{account} invites you to {operator}").format(
            account=safe(invitation.account_name), operator=visit.content.operator.name
        )
        body = mail_words.letter(
            visit.content,
            invitation.name,
            _(
                "You are invited to work with {account} in the portal of {operator}, as {role}. Complete "
                "your login: fill in your data, choose a password and give your mobile number."
            ).format(
                account=safe(invitation.account_name),
                operator=visit.content.operator.name,
                role=role_words(invitation.role),
            ),
            mail_words.code_lines(seconds),
            mail_words.how_to_redeem(),
            _("Do you sign in with this address already? Then your own password is all that is asked."),
            mail_words.not_you(visit.content),
        )
    letters.send(
        visit,
        f"invitation:{number[0] if number else 0}",
        invitation.email,
        body,
        subject=subject,
        account_id=invitation.account_id,
        code=code,
    )
