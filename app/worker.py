"""The worker: delivers what waits in the outbox and does what a day brings.

Delivery is at least once. A message is claimed, delivered, then marked; a worker that dies between the two
leaves a claim that is put back after a quarter of an hour, and the second try carries the same Message-ID
(mail) or the same file name (SMS).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.clock import Clock
from app.content import Content
from app.gateways.letter import From
from app.gateways.maildir import Maildir
from app.gateways.parcel import DeliveryError, Parcel
from app.gateways.sms_spool import SmsSpool
from app.operations.core import outbox
from app.operations.core.audit_heads import keep_head
from app.operations.core.billing.run import issue_invoices
from app.operations.core.border_watch import cross_borders
from app.operations.core.cases.due import carry_out_cases
from app.operations.core.order_watch import late_orders
from app.operations.core.pool_watch import warn_pools
from app.operations.core.tidying import tidy_up
from app.operations.core.turns import apply_limits, miss_usage
from app.operations.core.visit import Visit
from app.settings import Settings
from app.store import Store, StoreError
from app.vault import Vault, VaultError

POLL_SECONDS = 2
"""How soon a message leaves after it was written."""
DAY_SECONDS = 86_400
TURN_SECONDS = 60
"""How often the days and months are looked at."""
BATCH = 10


class Gateway(Protocol):
    """A way out of the house."""

    def deliver(self, parcel: Parcel) -> None:
        """Deliver, or raise DeliveryError."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did: messages sent, put off and given up, and things that were due."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    limits_applied: int = 0
    pools_warned: int = 0
    borders_crossed: int = 0
    alerts: int = 0
    cases: int = 0
    tidied: int = 0
    invoices: int = 0


def gateways(content: Content, settings: Settings) -> dict[str, Gateway]:
    """The ways out by channel: folders in home, or the mail server of the settings."""
    senders = content.operator.senders
    address = (settings.smtp.sender if settings.smtp else "") or senders.mail_address
    sender = From(senders.mail_name, address, senders.reply_to)
    mail: Gateway = Maildir(settings.home / "mail", sender)
    if settings.smtp:
        from app.gateways.smtp import MailServer

        mail = MailServer(settings.smtp, sender)
    return {"sms": SmsSpool(settings.home / "sms", senders.sms), "mail": mail}


def run_once(
    store: Store,
    content: Content,
    clock: Clock,
    settings: Settings,
    *,
    turns: bool = True,
    tidy: bool = True,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """Do what is due, then deliver until nothing waits any more or `stopped` says so.

    Args:
        turns: also look at what months and days bring, not only at the outbox.
        tidy: also issue the invoices that are due and take away what nobody needs any more; once a day is
            enough.

    Raises:
        StoreError: the database cannot be read or written.
    """
    vault = Vault(settings.keys)
    visit = Visit(store, clock, content, role="system", person="worker", channel="worker", vault=vault)
    outbox.release_stale(store, clock.now())
    due = _turn(visit) if turns else {}
    if tidy:
        due["tidied"] = tidy_up(visit)
        due["invoices"] = issue_invoices(visit)
    counts = {"sent": 0, "retried": 0, "failed": 0}
    ways = gateways(content, settings)
    while not stopped() and (claimed := outbox.claim(store, clock.now(), BATCH)):
        while claimed and not stopped():
            message = claimed.pop(0)
            outcome = deliver(store, ways[message.channel], message, clock, vault)
            counts[outcome] += 1
            if outcome == "retried":
                claimed = _wait_behind(store, message, claimed)
        if claimed:
            outbox.unclaim(store, claimed)
    if turns:
        keep_head(store, clock.now(), settings.audit_heads, vault)
    return Report(**counts, **due)


def _wait_behind(store: Store, failed: outbox.Claimed, claimed: list[outbox.Claimed]) -> list[outbox.Claimed]:
    """Keep what one person gets in its order: later messages wait as long as the one that was put off.

    What is left to deliver now.
    """
    behind = [each for each in claimed if outbox.same_way(each, failed)]
    outbox.unclaim(store, behind)
    outbox.hold_back(store, failed)
    return [each for each in claimed if each not in behind]


def _turn(visit: Visit) -> dict[str, int]:
    """What has become due by itself since the last look."""
    return {
        "limits_applied": apply_limits(visit),
        "pools_warned": warn_pools(visit),
        "borders_crossed": cross_borders(visit),
        "cases": carry_out_cases(visit),
        "alerts": miss_usage(visit) + late_orders(visit),
    }


def deliver(
    store: Store, gateway: Gateway, message: outbox.Claimed, clock: Clock, vault: Vault | None = None
) -> str:
    """Hand one claimed message over and write down what became of it: sent, retried or failed."""
    try:
        body = outbox.with_secret(message, vault)
        gateway.deliver(Parcel(message.key, message.recipient, message.subject, body, message.created_at))
    except (DeliveryError, VaultError) as error:
        now = clock.now()
        given_up = outbox.settle_failed(
            store, message, str(error), now, permanent=getattr(error, "permanent", False)
        )
        return "failed" if given_up else "retried"
    outbox.settle_sent(store, message, clock.now())
    return "sent"


def run_forever(
    store: Store,
    content: Content,
    clock: Clock,
    settings: Settings,
    stop: threading.Event,
    on_error: Callable[[StoreError], None] = lambda _error: None,
    on_turn: Callable[[], None] = lambda: None,
) -> None:
    """Run until `stop` is set; a message in hand is finished first. Each minute's look ends with `on_turn`.

    A database that is held or full is told to `on_error` and tried again.
    """
    next_turn, tidied_on = 0.0, -1
    while not stop.is_set():
        turns = time.monotonic() >= next_turn
        today = clock.now() // DAY_SECONDS
        tidy = turns and today != tidied_on
        try:
            run_once(store, content, clock, settings, turns=turns, tidy=tidy, stopped=stop.is_set)
            tidied_on = today if tidy else tidied_on
            if turns:
                next_turn = time.monotonic() + TURN_SECONDS
                on_turn()
        except StoreError as error:
            on_error(error)
        stop.wait(POLL_SECONDS)
    try:
        keep_head(store, clock.now(), settings.audit_heads, Vault(settings.keys))
    except StoreError as error:
        on_error(error)
    store.close()
