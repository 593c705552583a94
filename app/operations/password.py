"""The password of one's own login."""

from __future__ import annotations

from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, audit, guard, operation, password_rules
from app.operations.core.login_edits import person, set_password
from app.operations.core.password_rules import Rule
from app.secret import Secret

CHANGE = "password.change"


@operation("password.rules", right="SIGN_IN", changes=False)
def rules(visit: Visit) -> list[Rule]:
    """What a new password must be."""
    return list(password_rules.rules(visit.content.access))


@operation("password.words", right="OWN_LOGIN", changes=False)
def words(visit: Visit) -> list[str]:
    """Words that your password must not hold: your own and the operator's."""
    return sorted(password_rules.words_of_login(visit, visit.login_id))


@operation(CHANGE, right="CHANGE_LOGIN", own_transactions=True)
def change(visit: Visit, old: Secret, new: Secret) -> None:
    """Change your password; your other sessions end, and codes that were sent before.

    Args:
        old: the present one.
        new: see `password rules`.
    """
    from app.operations.core.passwords import hash_password, verify

    me = person(visit, visit.login_id)
    assert me is not None
    password_rules.require(visit, new, password_rules.words_of_login(visit, me.login_id))
    if new == old:
        raise Invalid(_("Both are the same. Choose another new password."), "password")
    password_rules.require_unsaid(visit, new, me.login_id)
    tried = guard.reserve(visit, me.login_id)
    row = visit.row("SELECT password_hash FROM login WHERE id = :id", id=me.login_id)
    typed = old.reveal().encode(errors="replace").decode()
    right = verify(row[0] if row and tried.may else "", typed)
    stored = hash_password(new.reveal()) if right else ""
    with visit.transaction() as tx:
        if right:
            guard.give_back(visit, tried)
            set_password(visit, me, stored, but=visit.session_id)
            tx.execute(
                "UPDATE session SET checked_at = :now WHERE id = :id", now=visit.now, id=visit.session_id
            )
        audit.append(visit, CHANGE, "done" if right else "failed", objects=f"login:{me.login_id}")
    if not right:
        raise Refused(_("The password is wrong, or there were too many tries."), "old")
