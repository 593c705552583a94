"""What was queued for people, opened as the worker opens it."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import Visit
from app.operations.core.outbox import SECRET_PLACE
from app.secret import Secret


@dataclass(frozen=True)
class Letter:
    """One message of the outbox with its code."""

    key: str
    channel: str
    recipient: str
    subject: str
    body: str
    code: Secret


def letters(visit: Visit, last: int = 1000) -> list[Letter]:
    """What was sent or waits, in order."""
    assert visit.vault is not None
    rows = visit.rows(
        "SELECT key, channel, recipient, subject, body, secret, status FROM message"
        " WHERE status <> 'muted' ORDER BY id DESC LIMIT :last",
        last=last,
    )
    found = []
    for key, channel, recipient, subject, body, secret, status in reversed(rows):
        code = visit.vault.open(secret, f"message.secret.{key}") if secret else ""
        # What has left the house has no code any more.
        assert (SECRET_PLACE in body) == bool(code) or (status == "sent" and not code)
        found.append(Letter(key, channel, recipient, subject, body, Secret(code)))
    return found


def last_code(visit: Visit) -> Secret:
    """The newest code that was sent."""
    return [letter.code for letter in letters(visit) if letter.code][-1]
