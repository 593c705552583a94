"""One-time passwords of one's own login: switching them on and off, and the codes for a lost phone."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.i18n import _, ngettext
from app.operations.core import Invalid, Refused, Visit, audit, guard, one_time, operation, own_mail, sessions
from app.operations.core.fresh import require_fresh
from app.operations.core.guard import Try
from app.operations.core.one_time import Enrolment
from app.secret import Secret

REMOVE = "second_factor.remove"


@dataclass(frozen=True, slots=True)
class FactorState:
    """`required`: the operator's rules ask it of this login; `codes_left`: unused recovery codes."""

    on: bool
    required: bool
    confirmed_at: int | None
    codes_left: int


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Ten codes, each good once in place of the phone. They are told this once; only hashes are stored."""

    codes: tuple[str, ...] = field(repr=False)


@operation("second_factor.state", right="OWN_LOGIN", changes=False)
def state(visit: Visit) -> FactorState:
    """Whether your sign-in asks for a one-time password."""
    login_id = visit.login_id or 0
    row = visit.row("SELECT confirmed_at FROM second_factor WHERE login_id = :login", login=login_id)
    since = row[0] if row else None
    return FactorState(
        since is not None,
        one_time.is_required(visit, login_id),
        since,
        one_time.codes_left(visit, login_id) if since is not None else 0,
    )


@operation("second_factor.begin", right="CHANGE_LOGIN")
def begin(visit: Visit) -> Enrolment:
    """Make a seed for your authenticator app; it counts once you have confirmed it with a code."""
    require_fresh(visit)
    login_id = _own(visit)
    if one_time.is_on(visit, login_id):
        raise Invalid(_("One-time passwords are on. For another phone, remove them first."))
    return one_time.begin(visit, login_id)


@operation("second_factor.confirm", right="CHANGE_LOGIN")
def confirm(visit: Visit, code: Secret) -> RecoveryCodes:
    """Switch one-time passwords on with the first code of your app; the answer has recovery codes, this once.

    Args:
        code: the six digits that the app shows.
    """
    login_id = _own(visit)
    if not one_time.confirm(visit, login_id, code):
        raise Refused(_("This code is wrong or too old. Type the one that the app shows now."), "code")
    own_mail.tell(
        visit, f"second_factor:{login_id}", _("One-time passwords were switched on for your login.")
    )
    return RecoveryCodes(one_time.new_codes(visit, login_id))


@operation("second_factor.new_codes", right="CHANGE_LOGIN")
def new_codes(visit: Visit) -> RecoveryCodes:
    """Make ten new recovery codes; the earlier ones end. The answer has them, this once."""
    require_fresh(visit)
    login_id = _own(visit)
    if not one_time.is_on(visit, login_id):
        raise Invalid(_("One-time passwords are off; there is nothing to recover."))
    own_mail.tell(
        visit,
        f"second_factor:{login_id}",
        _("New recovery codes were made for your login; the earlier ones ended."),
    )
    return RecoveryCodes(one_time.new_codes(visit, login_id))


@operation(REMOVE, right="CHANGE_LOGIN", own_transactions=True)
def remove(visit: Visit, code: Secret) -> None:
    """Switch one-time passwords off, also to change phones; who must have them is signed out to set them up.

    Args:
        code: the six digits that the app shows, or a recovery code.
    """
    require_fresh(visit)
    login_id = visit.login_id or 0
    # Guesses by who is signed in are counted apart, and stay counted when the code is wrong.
    tried = Try(login_id, "signed in", True, True, 0, 0)
    if wait := guard.reserve_code(visit, tried):
        text = ngettext(
            "Too many wrong codes. Wait {n} second.", "Too many wrong codes. Wait {n} seconds.", wait
        )
        raise Refused(text.format(n=wait), "code")
    with visit.transaction():
        right = one_time.is_on(visit, login_id) and one_time.accept_any(visit, login_id, code)
        if right:
            guard.clear_codes(visit, tried)
            one_time.remove(visit, login_id)
            own_mail.tell(
                visit, f"second_factor:{login_id}", _("One-time passwords were switched off for your login.")
            )
            if one_time.is_required(visit, login_id):
                sessions.end_all(visit, login_id, "revoked")
        audit.append(visit, REMOVE, "done" if right else "failed", objects=f"login:{login_id}")
    if not right:
        raise Refused(_("This code is wrong, too old, or was used before."), "code")


def _own(visit: Visit) -> int:
    assert visit.login_id is not None
    visit.touch("login", visit.login_id)
    return visit.login_id
