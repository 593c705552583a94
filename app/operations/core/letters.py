"""Mails and messages to people who sign in: queued with the change that causes them, codes sealed."""

from __future__ import annotations

from app.operations.core import outbox
from app.operations.core.visit import Visit
from app.secret import Secret


def once_each(visit: Visit, about: str) -> str:
    """A key for a message that each operation sends once, as `role:5`: the log has moved on by the next."""
    row = visit.row("SELECT coalesce(max(seq), 0) FROM audit")
    return f"{about}:{row[0] if row else 0}"


def send(
    visit: Visit,
    key: str,
    recipient: str,
    body: str,
    *,
    subject: str = "",
    channel: str = "mail",
    account_id: int | None = None,
    code: Secret | None = None,
    muted: str = "",
) -> None:
    """Queue one message in the open transaction.

    Args:
        key: names the reason for sending; the same key is sent once.
        body: with `outbox.SECRET_PLACE` where the code belongs; it is stored sealed until it leaves.
        channel: `mail`, or `sms` without a subject.
        muted: why it is stored but never sent; empty to send it.
    """
    sealed = ""
    if code is not None:
        if visit.vault is None:
            raise RuntimeError("a visit that sends codes needs the vault")
        sealed = visit.vault.seal(code.reveal(), f"message.secret.{key}")
    outbox.enqueue(
        visit.change,
        key,
        channel,
        recipient,
        body,
        visit.now,
        subject=subject,
        account_id=account_id,
        secret=sealed,
        muted=muted,
    )
