"""The telephone password: what callers say to the helpdesk. It opens no portal."""

from __future__ import annotations

from typing import Final

from app.i18n import _, mark
from app.operations.core import Invalid, NotFound, Visit, account_mail, operation
from app.operations.core.fresh import require_fresh
from app.operations.core.spoken import spoken
from app.secret import Secret

SHORTEST: Final = 6
LONGEST: Final = 60
SUBJECT: Final = mark("Your telephone password was changed")
TOLD: Final = mark("The telephone password of customer {number} was set or changed.")

REMOVED: Final = mark(
    "The telephone password of customer {number} was removed. Who calls is verified by a code from now on."
)


@operation("telephone_password.set", right="GUARD_ACCOUNT")
def set_password(visit: Visit, telephone_password: Secret) -> None:
    """Set what callers have to say to the helpdesk; the earlier telephone password ends.

    Args:
        telephone_password: at least 6 letters or digits, words that can be said; not the service password.
    """
    from app.operations.core.passwords import hash_password, verify

    require_fresh(visit)
    said = checked(telephone_password.reveal())
    if visit.account_id is None:
        raise NotFound(_("No customer is open."))
    login = visit.row("SELECT password_hash FROM login WHERE id = :login", login=visit.login_id)
    if login is not None and verify(login[0], said):
        raise Invalid(
            _("You sign in with this password, and nobody at the helpdesk may hear it. Take another."),
            "telephone_password",
        )
    visit.change.execute(
        "UPDATE account SET telephone_hash = :hash, version = version + 1 WHERE id = :account",
        hash=hash_password(spoken(said)),
        account=visit.account_id,
    )
    visit.touch("account", visit.account_id)
    account_mail.tell(visit, "telephone_password", SUBJECT, TOLD)


@operation("telephone_password.remove", right="GUARD_ACCOUNT")
def remove(visit: Visit) -> str:
    """Remove the telephone password; callers are verified by a code that the helpdesk sends them."""
    require_fresh(visit)
    if visit.account_id is None:
        raise NotFound(_("No customer is open."))
    there = visit.change.execute(
        "UPDATE account SET telephone_hash = '', version = version + 1"
        " WHERE id = :account AND telephone_hash <> ''",
        account=visit.account_id,
    )
    visit.touch("account", visit.account_id)
    if there.rowcount:
        account_mail.tell(visit, "telephone_password", mark("Your telephone password was removed"), REMOVED)
    return _("The telephone password is removed.")


def checked(text: str) -> str:
    """A telephone password that can be said on the telephone, single spaces in it.

    Raises:
        Invalid: too short, too long, or with signs that nobody says.
    """
    said = " ".join(text.split())
    if not all(sign.isalnum() or sign in " -" for sign in said):
        raise Invalid(
            _("Use letters, digits, spaces and hyphens only: it has to be said on the telephone."),
            "telephone_password",
        )
    if sum(sign.isalnum() for sign in said) < SHORTEST:
        raise Invalid(
            _("Use at least {count} letters or digits.").format(count=SHORTEST), "telephone_password"
        )
    if len(said) > LONGEST:
        raise Invalid(_("Use {most} characters at most.").format(most=LONGEST), "telephone_password")
    return said
