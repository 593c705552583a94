"""The e-mail address of one's own login: it changes when somebody has read the mail that went there."""

from __future__ import annotations

from app.i18n import _, use_language
from app.operations.core import Refused, Visit, letters, mail_words, operation
from app.operations.core.access_codes import cancel, issue
from app.operations.core.fresh import require_fresh
from app.operations.core.login_edits import Person, checked_email, person
from app.secret import Secret


@operation("email.change", right="CHANGE_LOGIN")
def change(visit: Visit, address: str) -> str:
    """Ask for another e-mail address; it counts once the code that is mailed there was typed.

    Args:
        address: one that no other login has.
    """
    require_fresh(visit)
    me = person(visit, visit.login_id)
    assert me is not None
    new = checked_email(visit, address, me.login_id)
    seconds = visit.content.access.codes.new_email_seconds
    code = issue(visit, "new_email", f"login:{me.login_id}", seconds, login_id=me.login_id, detail=new)
    if code is None:
        raise Refused(_("Too many codes were asked for. Try again in half an hour."))
    with use_language(me.language):
        _mail_both(visit, me, new, code, seconds)
    visit.touch("login", me.login_id)
    return _("A mail with a code went to {address}. Type the code to confirm the address.").format(
        address=new
    )


@operation("email.cancel", right="CHANGE_LOGIN")
def cancel_change(visit: Visit) -> str:
    """Cancel a change of your e-mail address that waits for its code; the present address stays."""
    cancel(visit, "new_email")
    return _("Cancelled: your e-mail address stays as it was.")


def _mail_both(visit: Visit, me: Person, new: str, code: Secret, seconds: int) -> None:
    """The code to the new address, a warning to the old one."""
    content = visit.content
    newest = visit.row("SELECT max(id) FROM access_code")
    key = f"email:{me.login_id}:{visit.now}:{newest[0] if newest else 0}"
    asked = _("Here is the code to confirm this address as the one of your login.")
    body = mail_words.letter(
        content,
        me.name,
        asked,
        mail_words.code_lines(seconds),
        mail_words.how_to_redeem(),
        mail_words.not_you(content),
    )
    letters.send(visit, f"{key}:new", new, body, subject=_("Confirm your e-mail address"), code=code)
    if me.email:
        told = _("Another e-mail address was asked for your login. It counts once it is confirmed there.")
        body = mail_words.letter(content, me.name, told, mail_words.call_us(content))
        letters.send(visit, f"{key}:old", me.email, body, subject=_("Another e-mail address was asked for"))
