"""The dashboard's figures as lines of meters."""

from __future__ import annotations

from app import units
from app.i18n import _, ngettext
from app.operations.core.allowances import PoolRow
from app.operations.core.article_list import ArticleRow
from app.operations.core.line_records import LineDetail
from app.operations.core.overview_rows import AlertRow, LimitRow, RunningBundle
from app.screens.dashboard.gauges import Gauge, Target

CENT = 10_000
"""Micro-euro."""
LIFTED_ONCE, LIFTED_TO_MONTH_END = 1, 2


def volumes(used: int, total: int) -> str:
    """Used of what there is."""
    return _("{used} of {total}").format(
        used=units.volume(used, decimals=1), total=units.volume(total, decimals=1)
    )


def line_target(line_id: int) -> Target:
    """What opens a line."""
    return "my_products", ("line", line_id)


def pool_gauge(pool: PoolRow) -> Gauge:
    """A pool: lines of one group that share a bundle."""
    label = f"{pool.group} · {pool.name}" if pool.group else pool.name
    opens: Target = ("my_products", ("group", pool.group_id))
    if pool.unlimited:
        return Gauge(label, pool.used_bytes, None, units.volume(pool.used_bytes), opens)
    if not pool.allowance_bytes:
        return Gauge(label, 0, -1, _("no data included"), opens)
    return Gauge(
        label, pool.used_bytes, pool.allowance_bytes, volumes(pool.used_bytes, pool.allowance_bytes), opens
    )


def bundle_gauge(bundle: RunningBundle) -> Gauge:
    """A roaming bundle that runs, and which of how many it is."""
    label = f"{bundle.person or units.phone(bundle.number)} · {bundle.name}"
    used = bundle.size_bytes - bundle.left_bytes
    return Gauge(
        label,
        used,
        bundle.size_bytes,
        _("{number}/{cap}, {volume} left").format(
            number=bundle.started, cap=bundle.cap, volume=units.volume(bundle.left_bytes, decimals=1)
        ),
        line_target(bundle.line_id),
    )


def limit_gauge(limit: LimitRow) -> Gauge:
    """A line at 80 % of its cost limit or more; a lifted one runs to the next block, if there is one."""
    used, opens = units.money(limit.used_micro // CENT), line_target(limit.line_id)
    name = limit.person or units.phone(limit.number)
    who = f"✗ {name}" if limit.blocked else name
    if limit.limit_level == LIFTED_TO_MONTH_END:
        return Gauge(who, limit.used_micro, None, used, opens)
    next_block = limit.limit_cents * (2 if limit.limit_level == LIFTED_ONCE else 1)
    numbers = _("{used} of {total}").format(used=used, total=units.money(next_block))
    return Gauge(who, limit.used_micro, next_block * CENT, numbers, opens)


def alert_gauge(alert: AlertRow) -> Gauge:
    """Something that staff must look at; opening it says that it is done."""
    return Gauge(alert_title(alert.kind), 0, -1, alert_text(alert), ("dashboard", ("alert", alert.id)))


def alert_title(kind: str) -> str:
    """What an alert is about."""
    names = {
        "usage_missing": _("Usage is missing"),
        "message_failed": _("Message not sent"),
        "order_late": _("Order waits"),
        "case_failed": _("Case not carried out"),
        "invoice_failed": _("Invoice not made"),
        "scrub_failed": _("Erasure unfinished"),
    }
    return names.get(kind, kind)


def alert_text(alert: AlertRow) -> str:
    """The alert in words."""
    subject, _colon, detail = alert.detail.partition(" ")[0].partition(":")
    if subject == "month" and detail.isdigit():
        return _("nothing has arrived for {month}").format(month=units.month(int(detail)))
    if subject == "account":
        return _("customer {number}").format(number=detail)
    if subject in ("message", "order", "case"):
        return _("number {detail}").format(detail=detail)
    return alert.detail


def cases_gauge(count: int) -> Gauge:
    """Cases for a second pair of eyes; opening it shows the queue."""
    text = ngettext("{count} waits to be released", "{count} wait to be released", count)
    return Gauge(_("Cases"), 0, -1, text.format(count=units.count(count)), ("dashboard", ("cases", 0)))


def waiting_gauge(rows: int, more: bool) -> Gauge:
    """Usage in suspense; opening it shows the queue."""
    count = units.count(rows) + ("+" if more else "")
    text = _("{count} rows could not be rated").format(count=count)
    return Gauge(_("Waiting usage"), 0, -1, text, ("dashboard", ("suspense", 0)))


def own_gauges(line: LineDetail) -> list[Gauge]:
    """The visitor's own line."""
    counters = line.counters
    opens = line_target(line.id)
    found = []
    if line.unlimited:
        found.append(Gauge(_("Data in NL and EU"), 0, None, units.volume(counters.used_bytes), opens))
    elif line.zero:
        found.append(Gauge(_("Data in NL and EU"), 0, -1, _("no data included"), opens))
    else:
        numbers = volumes(counters.used_bytes, line.allowance_bytes)
        found.append(Gauge(_("Data in NL and EU"), counters.used_bytes, line.allowance_bytes, numbers, opens))
    spent = _("{used} of {total}").format(
        used=units.money(counters.standard_micro // CENT), total=units.money(line.limit_cents)
    )
    limit = line.limit_cents * CENT
    found.append(Gauge(_("Cost limit outside EU"), counters.standard_micro, limit, spent, opens))
    found.append(Gauge(_("Calls"), 0, -1, units.duration(counters.voice_seconds), opens))
    found.append(
        Gauge(
            _("Messages"),
            0,
            -1,
            ngettext("{count} sent", "{count} sent", counters.sms_count).format(
                count=units.count(counters.sms_count)
            ),
            opens,
        )
    )
    return found


def manual_gauges(found: list[ArticleRow], most: int) -> list[Gauge]:
    """The first manuals of a service, then the pages about it; `found` begins with the manuals."""
    manuals = [row for row in found if row.group == "manuals"] or found
    label = _("Manuals")
    gauges = []
    for row in manuals[:most]:
        gauges.append(Gauge(label, 0, -1, row.title, ("info", ("article", row.number))))
        label = ""
    if found:
        every = _("All articles about it")
        gauges.append(Gauge(_("Service pages"), 0, -1, every, ("info", ("service", 0))))
        sheet = _("Usage costs and country classification")
        gauges.append(Gauge("", 0, -1, sheet, ("info", ("sheet", 0))))
    return gauges
