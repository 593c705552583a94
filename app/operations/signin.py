"""Sign-in: who it is, told by what the operator lets people sign in with, a password, and what else is asked.

Every failure says the same and costs the same: one hash, and the same writes, for an unknown name, a wrong
password, a locked or a disabled login, and an address that the account does not let in. A try is counted
before the hash is made, so that many at once count as many.
"""

from __future__ import annotations

from dataclasses import replace

from app.clock import Clock
from app.content import Content
from app.i18n import _, use_language
from app.operations.core import NotFound, Refused, Visit, audit, guard, logins, operation, sessions
from app.operations.core.allowed import lets_in
from app.operations.core.by_key import check_key
from app.operations.core.entrance import enter, objects_of, refuse, said_of, visit_of
from app.operations.core.handed_over import take_over
from app.operations.core.logins import AccountChoice
from app.operations.core.next_step import NextStep, Pending, ask, steps_for, take
from app.operations.core.passwords import hash_password, outdated, verify
from app.secret import Secret
from app.settings import Settings
from app.store import Store

__all__ = [
    "AccountChoice",
    "NextStep",
    "Pending",
    "as_account",
    "check_key",
    "check_password",
    "continue_sign_in",
    "go_on",
    "sign_in",
    "sign_out",
    "take_over",
]


def sign_in(
    store: Store,
    clock: Clock,
    content: Content,
    settings: Settings,
    who: str,
    password: str,
    *,
    channel: str = "",
    address: str = "",
    language: str = "",
) -> Visit:
    """The visit of whoever has this name and password; it has a session from now on.

    Args:
        who: customer number, user name or e-mail address, as operator.toml allows; case does not matter.
        channel: the door: terminal, kiosk, ssh, web, command; default: that of the settings.
        address: where from; empty at the machine itself.
        language: of a refusal; default: the machine's.

    Raises:
        Refused: never says which part was wrong, nor that the login is locked or may not come from there.
        NextStep: the password was right and something more is asked; see continue_sign_in.
    """
    door = replace(settings, channel=channel or settings.channel, address=address)
    return go_on(check_password(store, clock, content, door, who, password, language=language))


def check_password(
    store: Store,
    clock: Clock,
    content: Content,
    settings: Settings,
    who: str,
    password: str,
    *,
    language: str = "",
) -> Pending:
    """What is still asked of whoever has this name and password, at the door that the settings name.

    Raises:
        Refused: see sign_in.
    """
    # A broken terminal sends bytes that are no text: a wrong name or password like any other.
    who, password = (typed.encode(errors="replace").decode() for typed in (who, password))
    found, account_id = logins.find(store, content, who.strip())
    login = logins.read(store, found)
    visit = visit_of(store, clock, content, settings, login)
    tried = guard.reserve(visit, visit.login_id)
    matches = verify(login.password_hash if login and tried.may else "", password)
    chosen = logins.choice(visit, login, account_id) if login else None
    if login is None or not (matches and login.active and chosen):
        refuse(visit, language or settings.language)
    visit.language = login.language
    stronger = hash_password(password) if outdated(login.password_hash) else ""
    steps = steps_for(visit, login, tried)
    until = visit.now + content.access.codes.short_code_seconds
    if steps:
        with visit.transaction():
            guard.give_back(visit, tried)
    return Pending(visit, login, account_id, tried, stronger, steps, until)


def go_on(pending: Pending) -> Visit:
    """Ask for what is left, if anything is.

    Raises:
        NextStep: something is.
        SignedOut: the login was changed meanwhile.
    """
    with use_language(pending.visit.language):
        if pending.steps:
            ask(pending)
        return enter(pending)


def continue_sign_in(pending: Pending, code: Secret) -> Visit:
    """Go on with what `NextStep` asked for; the visit after the last step.

    Raises:
        Refused: the code is wrong; ask again with the same `pending`.
        SignedOut: begin anew: it took too long, or the login may not come in any more.
        NextStep: the next thing that is asked.
    """
    with use_language(pending.visit.language):
        take(pending, code)
    return go_on(pending)


def sign_out(visit: Visit, by: str = "sign_out") -> None:
    """End the session and write down that the visit is over; nothing where it was over already.

    Args:
        by: sign_out, idle, too_old or hung_up.
    """
    with visit.transaction():
        if sessions.end(visit, visit.session_id, by) or by != "hung_up":
            audit.append(visit, "signin.sign_out", "done", objects=f"login:{visit.login_id}")


@operation("signin.accounts", right="SIGN_IN", changes=False)
def accounts(visit: Visit) -> list[AccountChoice]:
    """The customers that the visitor's login may act for."""
    return logins.accounts(visit, visit.login_id)


def as_account(visit: Visit, account_id: int) -> Visit:
    """The same person's visit for another customer of theirs.

    Raises:
        NotFound: it is none of theirs.
        Refused: its list of addresses does not have the visitor's.
    """
    with use_language(visit.language):
        for choice in logins.accounts(visit, visit.login_id):
            if choice.id == account_id:
                if not lets_in(visit, account_id):
                    about = visit.as_account(account_id, choice.name)
                    with about.transaction():
                        audit.append(about, "signin.as_account", "refused", said_of(visit), objects_of(visit))
                    raise Refused(_("This customer does not let anybody in from where you are."))
                return logins.with_choice(visit, choice)
        raise NotFound(_("There is no such customer."), "account_id")
