"""What is asked after a right password: a mailed code, a one-time password, or to set one up.

A pending sign-in lives in the process that asked for the password, for ten minutes. Nothing of it is worth
anything elsewhere, and nobody has a session before the last step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

from app.i18n import _, ngettext
from app.operations.core import access_codes, audit, guard, letters, one_time
from app.operations.core.email_addresses import masked
from app.operations.core.errors import Refused, SignedOut
from app.operations.core.guard import Try
from app.operations.core.logins import Login
from app.operations.core.one_time import Enrolment
from app.operations.core.outbox import SECRET_PLACE
from app.operations.core.visit import Visit
from app.secret import Secret

Kind = Literal["mail_code", "one_time_code", "enrol", "recovery_codes"]
OPERATION: Final = "signin.code"


@dataclass(slots=True)
class Pending:
    """A sign-in whose password was right. Callers keep it and hand it back; it holds nothing for them."""

    visit: Visit = field(repr=False)
    login: Login = field(repr=False)
    account_id: int | None
    tried: Try = field(repr=False)
    stronger_hash: str = field(repr=False)
    """The password's hash made anew, if the stored one is weaker than today's; else empty."""
    steps: list[Kind]
    """What is still asked, the next one first."""
    until: int
    key_id: int | None = None
    """The public key that was shown instead of a password."""


class NextStep(Exception):
    """The password was right; something more is asked. `pending` goes to `continue_sign_in`.

    kind: `mail_code`: six digits were mailed to `hint`. `one_time_code`: of the phone, or a recovery code.
    `enrol`: show `enrolment` (QR of its uri, seed as text) and ask for the first code. `recovery_codes`:
    show `codes`, this once; `continue_sign_in` with an empty secret goes on.
    """

    def __init__(
        self,
        kind: Kind,
        pending: Pending,
        *,
        hint: str = "",
        enrolment: Enrolment | None = None,
        codes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.pending = pending
        self.hint = hint
        self.enrolment = enrolment
        self.codes = codes


def steps_for(visit: Visit, login: Login, tried: Try, *, after_key: bool = False) -> list[Kind]:
    """What a login is asked after its password.

    Args:
        after_key: after a public key; whether that alone is enough is the operator's to decide, but for those
            who must have one-time passwords.
    """
    steps: list[Kind] = ["mail_code"] if tried.doubtful and login.email else []
    if after_key and not visit.content.access.code_after_key and not one_time.is_required(visit, login.id):
        return steps
    if one_time.is_on(visit, login.id):
        return [*steps, "one_time_code"]
    return [*steps, "enrol"] if one_time.is_required(visit, login.id) else steps


def ask(pending: Pending) -> NoReturn:
    """Ask for the first of the steps that are left.

    Raises:
        NextStep: always.
    """
    visit, kind = pending.visit, pending.steps[0]
    if kind == "mail_code":
        with visit.transaction():
            _mail_code(visit, pending.login)
        raise NextStep(kind, pending, hint=masked(pending.login.email))
    if kind == "enrol":
        with visit.transaction():
            enrolment = one_time.begin(visit, pending.login.id)
        raise NextStep(kind, pending, enrolment=enrolment)
    raise NextStep(kind, pending)


def take(pending: Pending, code: Secret) -> None:
    """Check what was typed for the first step; right: the step is done.

    Raises:
        Refused: the code is wrong, or there were too many; the same pending sign-in may go on.
        SignedOut: it took too long; begin anew.
        NextStep: recovery codes have to be shown.
    """
    visit = pending.visit
    kind = pending.steps[0] if pending.steps else None
    if kind is None or visit.now >= pending.until:
        raise SignedOut(_("This took too long. Sign in again."))
    if kind == "recovery_codes":
        pending.steps.pop(0)
        return
    if wait := guard.reserve_code(visit, pending.tried):
        text = ngettext(
            "Too many wrong codes. Wait {n} second.", "Too many wrong codes. Wait {n} seconds.", wait
        )
        raise Refused(text.format(n=wait), "code")
    codes: tuple[str, ...] = ()
    with visit.transaction():
        right = _is_right(visit, kind, pending.login.id, code)
        if right:
            guard.clear_codes(visit, pending.tried)
        if right and kind == "enrol":
            codes = one_time.new_codes(visit, pending.login.id)
            audit.append(visit, "second_factor.confirm", "done", objects=f"login:{pending.login.id}")
        if not right:
            audit.append(visit, OPERATION, "failed", objects=f"login:{pending.login.id}")
    if not right:
        raise Refused(_("This code is wrong, too old, or was used before."), "code")
    pending.steps.pop(0)
    if codes:
        pending.steps.insert(0, "recovery_codes")
        raise NextStep("recovery_codes", pending, codes=codes)


def _is_right(visit: Visit, kind: Kind, login_id: int, code: Secret) -> bool:
    if kind == "mail_code":
        return access_codes.check_short(visit, "sign_in", f"login:{login_id}", code) is not None
    if kind == "enrol":
        return one_time.confirm(visit, login_id, code)
    return one_time.accept_any(visit, login_id, code)


def _mail_code(visit: Visit, login: Login) -> None:
    """Send six digits, in the open transaction; after too many mails the last one goes on to count."""
    seconds = visit.content.access.codes.short_code_seconds
    subject = f"login:{login.id}"
    code = access_codes.issue(visit, "sign_in", subject, seconds, login_id=login.id, short=True)
    if code is None:
        return
    row = visit.row("SELECT max(id) FROM access_code WHERE kind = 'sign_in' AND login_id = :id", id=login.id)
    minutes = seconds // 60
    body = ngettext(
        "Your code for signing in is {code}. It is valid for {n} minute.",
        "Your code for signing in is {code}. It is valid for {n} minutes.",
        minutes,
    ).format(code=SECRET_PLACE, n=minutes)
    why = _(
        "Many wrong passwords were tried for your login, so the password alone is not enough now. "
        "If you are not signing in yourself, somebody knows your password: change it."
    )
    title = _("Your code for signing in to {operator}").format(operator=visit.content.operator.name)
    letters.send(
        visit,
        f"sign_in:{row[0] if row else ''}",
        login.email,
        f"{body}\n\n{why}",
        subject=title,
        code=code,
    )
