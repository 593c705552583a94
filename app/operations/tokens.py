"""Tokens for scripts: what one's own login may do, or a part of it, without a password."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation
from app.operations.core.allowed import network_of
from app.operations.core.fresh import require_fresh
from app.operations.core.tokens import NEVER, digest, new_token

DAY: Final = 86_400
LONGEST_DAYS: Final = 366
LONGEST_NAME: Final = 100
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token, without its text. Instants are unix seconds; unused_until: it dies then, if it is not used."""

    id: int
    name: str
    rights: tuple[str, ...]
    networks: tuple[str, ...]
    created_at: int
    expires_at: int
    unused_until: int
    last_used_at: int | None
    state: str
    """valid, expired or revoked."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made. `token` is shown this once; only its hash is stored."""

    id: int
    token: str = field(repr=False)
    expires_at: int


@operation("tokens.page", right="OWN_LOGIN", changes=False)
def page(visit: Visit) -> list[TokenRow]:
    """One's own tokens for the customer, newest first."""
    rows = visit.rows(
        "SELECT id, name, rights, networks, created_at, expires_at, max_idle_seconds, last_used_at,"
        " revoked_at FROM api_token WHERE login_id = :login"
        " AND coalesce(account_id, 0) = coalesce(:account, 0) ORDER BY id DESC",
        login=visit.login_id,
        account=visit.account_id,
    )
    return [_row(visit, *row) for row in rows]


@operation("tokens.add", right="CHANGE_LOGIN")
def add(
    visit: Visit,
    name: str,
    rights: list[str],
    networks: list[str] | None = None,
    days: int = 90,
    idle_days: int = 30,
) -> NewToken:
    """Make a token for a script; it is shown this once.

    Args:
        name: what it is for.
        rights: what it may do, as `loket operations` names rights; no more than you may.
        networks: from where it may be used, like 192.0.2.0/24; none: from anywhere.
        days: for how long it is valid, at most 366.
        idle_days: it dies when it is not used for so long.
    """
    require_fresh(visit)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Say in up to {most} letters what it is for.").format(most=LONGEST_NAME), "name")
    for value, parameter in ((days, "days"), (idle_days, "idle_days")):
        if not 1 <= value <= LONGEST_DAYS:
            raise Invalid(_("Choose from 1 to {most} days.").format(most=LONGEST_DAYS), parameter)
    chosen = _rights(visit, rights)
    places = _networks(networks or [])
    if sum(row.state == "valid" for row in page(visit)) >= MOST:
        raise Invalid(_("You have {most} tokens. Revoke one first.").format(most=MOST), "name")
    token = new_token()
    expires = visit.now + days * DAY
    row = visit.change.row(
        "INSERT INTO api_token (login_id, account_id, name, digest, rights, networks, created_at, expires_at,"
        " max_idle_seconds) VALUES (:login, :account, :name, :digest, :rights, :networks, :now, :expires,"
        " :idle) RETURNING id",
        login=visit.login_id,
        account=visit.account_id,
        name=name,
        digest=digest(token),
        rights=",".join(chosen),
        networks=",".join(places),
        now=visit.now,
        expires=expires,
        idle=idle_days * DAY,
    )
    assert row is not None
    visit.touch("token", row[0])
    return NewToken(int(row[0]), token.reveal(), expires)


@operation("tokens.revoke", right="CHANGE_LOGIN")
def revoke(visit: Visit, token_id: int) -> None:
    """End a token; the script that has it is refused from now on.

    Args:
        token_id: the number that `tokens page` shows.
    """
    done = visit.change.execute(
        "UPDATE api_token SET revoked_at = coalesce(revoked_at, :now)"
        " WHERE id = :id AND login_id = :login AND coalesce(account_id, 0) = coalesce(:account, 0)",
        now=visit.now,
        id=token_id,
        login=visit.login_id,
        account=visit.account_id,
    )
    if done.rowcount != 1:
        raise NotFound(_("There is no such token."), "token_id")
    visit.touch("token", token_id)


def _rights(visit: Visit, rights: list[str]) -> list[str]:
    chosen = list(dict.fromkeys(right.strip().upper() for right in rights))
    if not chosen:
        raise Invalid(_("Name at least one right."), "rights")
    for right in chosen:
        if right in NEVER or visit.reach(right) is None:
            raise Invalid(_("You cannot give {right} to a token.").format(right=right), "rights")
    return chosen


def _networks(networks: list[str]) -> list[str]:
    found = []
    for text in networks:
        network = network_of(text)
        if network is None:
            raise Invalid(_("Write an address like 192.0.2.7, or a network like 192.0.2.0/24."), "networks")
        found.append(network)
    return list(dict.fromkeys(found))


def _row(
    visit: Visit,
    number: int,
    name: str,
    rights: str,
    networks: str,
    created: int,
    expires: int,
    idle: int,
    used: int | None,
    revoked: int | None,
) -> TokenRow:
    until = (used or created) + idle
    state = "revoked" if revoked is not None else "valid" if visit.now < min(expires, until) else "expired"
    return TokenRow(
        id=number,
        name=name,
        rights=tuple(rights.split(",")),
        networks=tuple(each for each in networks.split(",") if each),
        created_at=created,
        expires_at=expires,
        unused_until=until,
        last_used_at=used,
        state=state,
    )
