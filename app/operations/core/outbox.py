"""The outbox as rows: queue a message once, claim what is due, settle what became of it.

A message is written in the transaction of what caused it, and delivered by the worker afterwards, at least
once. `key` names the reason for sending: a second message for the same reason is not written.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.store import Store, Transaction
from app.vault import Vault, VaultError

MOST_ATTEMPTS = 8
FIRST_WAIT = 30
LONGEST_WAIT = 3600
SECRET_PLACE = "{secret}"  # noqa: S105 - a place, not a secret
"""Where a sealed code stands in a body until the message leaves the house."""
WRITTEN_TOGETHER = 100
"""Messages of one transaction have ids this near to each other."""
CLAIM_SECONDS = 900
"""A claim older than this belongs to a worker that died; the message goes back into the queue."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this worker, and no other, is delivering. `claimed_at` proves it."""

    id: int
    key: str
    channel: str
    recipient: str
    subject: str
    body: str
    created_at: int
    attempts: int
    claimed_at: int
    secret: str = ""
    """Sealed; the worker opens it and puts it into the body."""


def enqueue(
    tx: Transaction,
    key: str,
    channel: str,
    recipient: str,
    body: str,
    now: int,
    *,
    subject: str = "",
    account_id: int | None = None,
    line_id: int | None = None,
    muted: str = "",
    secret: str = "",
) -> int | None:
    """Write one message; its id, or None if one of this key exists.

    Args:
        channel: `sms` or `mail`.
        muted: why it is kept for reading but not sent; empty to send it.
        secret: a sealed code (place `message.secret.<key>`) for SECRET_PLACE in the body.
    """
    row = tx.row(
        "INSERT INTO message (key, channel, recipient, account_id, line_id, subject, body, secret,"
        " created_at, not_before, status, attempts, error) VALUES (:key, :channel, :recipient, :account,"
        " :line, :subject, :body, :secret, :now, 0, :status, 0, :error)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        key=key,
        channel=channel,
        recipient=recipient,
        account=account_id,
        line=line_id,
        subject=subject[:200],
        body=body,
        secret=secret,
        now=now,
        status="muted" if muted else "queued",
        error=muted,
    )
    return int(row[0]) if row else None


def with_secret(message: Claimed, vault: Vault | None) -> str:
    """The body as it is delivered.

    Raises:
        VaultError: the key of its code is missing.
    """
    if not message.secret:
        return message.body
    if vault is None:
        raise VaultError("There is no folder of keys.")
    return message.body.replace(SECRET_PLACE, vault.open(message.secret, f"message.secret.{message.key}"))


def claim(store: Store, now: int, most: int) -> list[Claimed]:
    """Take the oldest messages that are due, so that no other worker takes them."""
    waiting = "SELECT 1 FROM message WHERE status = 'queued' AND not_before <= :now LIMIT 1"
    if store.row(waiting, now=now) is None:
        return []
    with store.transaction() as tx:
        rows = tx.rows(
            "UPDATE message SET status = 'claimed', claimed_at = :now, attempts = attempts + 1 WHERE id IN"
            " (SELECT id FROM message WHERE status = 'queued' AND not_before <= :now"
            "  ORDER BY not_before, id LIMIT :most)"
            " RETURNING id, key, channel, recipient, subject, body, created_at, attempts, claimed_at, secret",
            now=now,
            most=most,
        )
    return [Claimed(*row) for row in sorted(rows)]


def unclaim(store: Store, messages: list[Claimed]) -> None:
    """Put messages back that were not tried after all."""
    with store.transaction() as tx:
        tx.executemany(
            "UPDATE message SET status = 'queued', attempts = attempts - 1"
            " WHERE id = ? AND status = 'claimed' AND claimed_at = ?",
            [(message.id, message.claimed_at) for message in messages],
        )


def settle_sent(store: Store, message: Claimed, now: int) -> None:
    """It has been delivered. Said even if the claim has been taken over: sent is sent."""
    with store.transaction() as tx:
        tx.execute(
            "UPDATE message SET status = 'sent', sent_at = :now, error = '', secret = '' WHERE id = :id",
            now=now,
            id=message.id,
        )


def settle_failed(store: Store, message: Claimed, error: str, now: int, *, permanent: bool) -> bool:
    """Try again later, or give up and tell staff; True when it was given up."""
    given_up = permanent or message.attempts >= MOST_ATTEMPTS
    with store.transaction() as tx:
        changed = tx.execute(
            "UPDATE message SET status = :status, not_before = :later, error = :error"
            " WHERE id = :id AND status = 'claimed' AND claimed_at = :claimed_at",
            status="failed" if given_up else "queued",
            later=now + wait(message.attempts),
            error=error[:500],
            id=message.id,
            claimed_at=message.claimed_at,
        ).rowcount
        if given_up and changed:
            raise_alert(tx, f"message:{message.id}", "message_failed", f"message:{message.id} {error}", now)
    return given_up and bool(changed)


def same_way(one: Claimed, other: Claimed) -> bool:
    """Whether two messages go to one person over one channel."""
    return (one.channel, one.recipient) == (other.channel, other.recipient)


def hold_back(store: Store, failed: Claimed) -> None:
    """Let what was written for the same person right after a message that was put off wait as long."""
    with store.transaction() as tx:
        # By id, for the queue may be long while a gateway is out of order.
        tx.execute(
            "UPDATE message SET not_before = max(not_before, (SELECT not_before FROM message WHERE id = :id))"
            " WHERE id > :id AND id <= :id + :near AND status || '' = 'queued'"
            " AND channel = :channel AND recipient = :recipient",
            id=failed.id,
            near=WRITTEN_TOGETHER,
            channel=failed.channel,
            recipient=failed.recipient,
        )


def release_stale(store: Store, now: int) -> int:
    """Put back what a dead worker had claimed."""
    found = store.row(
        "SELECT 1 FROM message WHERE status = 'claimed' AND claimed_at <= :old", old=now - CLAIM_SECONDS
    )
    if found is None:
        return 0
    with store.transaction() as tx:
        return tx.execute(
            "UPDATE message SET status = 'queued' WHERE status = 'claimed' AND claimed_at <= :old",
            old=now - CLAIM_SECONDS,
        ).rowcount


def wait(attempts: int) -> int:
    """Seconds until the next try: doubling from half a minute to an hour."""
    return min(FIRST_WAIT << (attempts - 1), LONGEST_WAIT)


def raise_alert(tx: Transaction, key: str, kind: str, detail: str, now: int, again: bool = False) -> bool:
    """Tell staff once per key; True if it is new.

    Args:
        again: the matter is still as it was: one that had been settled is open again.
    """
    return (
        tx.execute(
            "INSERT INTO alert (key, at, kind, detail) VALUES (:key, :now, :kind, :detail)"
            " ON CONFLICT (key) DO UPDATE SET at = excluded.at, detail = excluded.detail, done_at = NULL"
            " WHERE :again = 1 AND alert.done_at IS NOT NULL",
            key=key,
            now=now,
            kind=kind,
            detail=detail[:1000],
            again=int(again),
        ).rowcount
        == 1
    )
