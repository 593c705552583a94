"""What a customer wants to hear of: newsletters and notices can be switched off, and are kept back then."""

from __future__ import annotations

from typing import Final

from app.content.access import Notice
from app.operations.core.visit import Visit

USAGE: Final = "usage"
UNWANTED: Final = "unwanted"
"""Why a message is kept for reading and not sent; see `outbox.enqueue`."""


def unwanted(visit: Visit, account_id: int, topic: str) -> str:
    """UNWANTED if the account has switched the topic off, else nothing: what `enqueue` takes as `muted`.

    A topic that the operator's content does not name cannot be switched off.
    """
    notice = next((each for each in visit.content.access.notices if each.topic == topic), None)
    return "" if notice is None or wanted(visit, account_id, notice) else UNWANTED


def wanted(visit: Visit, account_id: int, notice: Notice) -> bool:
    """As the account chose, or as the operator's content says."""
    row = visit.row(
        "SELECT wanted FROM notice_choice WHERE account_id = :account AND topic = :topic",
        account=account_id,
        topic=notice.topic,
    )
    return notice.wanted if row is None else bool(row[0])
