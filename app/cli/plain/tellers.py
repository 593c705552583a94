"""Answers that are told in sentences of their own, not field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from app import units
from app.cli.plain.articles import article_lines
from app.cli.plain.info_tellers import (
    contact_card,
    country_tariff,
    sms_command,
    status_briefly,
    tariff_sheet,
)
from app.cli.plain.values import data_bundle
from app.i18n import _, ngettext
from app.screens.my_products.record_rows import amount, party, what
from app.screens.my_products.words import cents, state_word, used_of

if TYPE_CHECKING:
    from app.content import Content
    from app.operations.core.allowances import PoolRow
    from app.operations.core.forecasts import ForecastRow
    from app.operations.core.line_rows import LineRow
    from app.operations.core.overview_rows import LimitRow, RunningBundle
    from app.operations.core.quoting import Quote
    from app.operations.core.usage_rows import RecordRow

Tell = Callable[[Any, "Content"], list[str]]
TellBriefly = Callable[[Any, "Content"], str]


def quote(found: Quote, _content: Content) -> list[str]:
    """What is offered: positions with their prices, sums, notes."""
    lines = []
    for each in found.lines:
        prices = []
        if each.once_cents:
            prices.append(_("once {amount}").format(amount=units.money(each.once_cents)))
        if each.monthly_cents:
            prices.append(_("{price} a month").format(price=units.money(each.monthly_cents)))
        if each.per_use_micro:
            prices.append(_("each used {amount}").format(amount=units.money_micro(each.per_use_micro)))
        lines.append(f"{each.text}: {', '.join(prices) or _('free of charge')}")
    if len(found.lines) > 1:
        text = _("Together: once {once}, {monthly} a month")
        lines.append(
            text.format(once=units.money(found.once_cents), monthly=units.money(found.monthly_cents))
        )
    return [_("Price, net of VAT") + ":", *lines, *found.notes]


def quote_briefly(found: Quote, content: Content) -> str:
    """A quote on one line."""
    until = units.instant(found.expires_at, content.operator.time_zone)
    texts = ", ".join(each.text for each in found.lines)
    return _("{what}, valid until {until}").format(what=texts, until=until)


def record_briefly(found: RecordRow, content: Content) -> str:
    """One record of usage: when, what, with whom, how much, what it cost, why."""
    when = units.instant(found.start, content.operator.time_zone)
    parts = [when, what(found), party(found), amount(found)]
    if found.charge_micro:
        parts.append(units.money_micro(found.charge_micro))
    if found.late:
        parts.append(_("late · {reason}").format(reason=found.reason).replace(" ·", ""))
    else:
        parts.append(found.reason)
    return ", ".join(part for part in parts if part)


def explanation(found: Any, content: Content) -> list[str]:
    """Why a record costs what it costs, in sentences; then the stored facts."""
    charge = units.money_micro(found.record.charge_micro)
    facts = found.facts
    stored = {"tariff": _("Tariff version"), "prefix": _("Destination prefix"), "units": _("Units charged")}
    lines = [f"{label}: {facts[key]}" for key, label in stored.items() if facts.get(key)]
    head = record_briefly(found.record, content)
    return [head, *found.sentences, *lines, f"{_('Price, net of VAT')}: {charge}"]


def pool_briefly(found: PoolRow, _content: Content) -> str:
    """A pool: lines of one group that share a bundle."""
    name = f"{found.group}, {found.name}" if found.group else found.name
    if found.unlimited:
        told = units.volume(found.used_bytes)
    elif not found.allowance_bytes:
        told = _("no data included")
    else:
        told = _of(units.volume(found.used_bytes), units.volume(found.allowance_bytes))
        told += ", " + units.percent(found.used_bytes, found.allowance_bytes)
        expected = _("{volume} expected by the end of the month")
        told += ", " + expected.format(volume=units.volume(found.expected_bytes))
    count = ngettext("{count} line", "{count} lines", found.lines).format(count=found.lines)
    return f"{name}: {told}, {count}"


def _of(used: str, total: str) -> str:
    return _("{used} of {total}").format(used=used, total=total)


def bundle_briefly(found: RunningBundle, _content: Content) -> str:
    """A roaming bundle that runs, and which of how many it is."""
    told = _("{number}/{cap}, {volume} left").format(
        number=found.started, cap=found.cap, volume=units.volume(found.left_bytes)
    )
    return f"{found.person or units.phone(found.number)}, {found.name}: {told}"


def limit_briefly(found: LimitRow, _content: Content) -> str:
    """A line near its cost limit, or beyond it."""
    told = _of(units.money(cents(found.used_micro)), units.money(found.limit_cents))
    blocked = f", {state_word('blocked')}" if found.blocked else ""
    return f"{found.person or units.phone(found.number)}: {told}, {found.percent} %{blocked}"


def line_briefly(found: LineRow, content: Content) -> str:
    """A line: number, who, bundle, use, cost outside the EU with its limit, state."""
    parts = [units.phone(found.number), found.person, found.group or found.department]
    parts.append(data_bundle(found.data_bundle, content))
    used = used_of(found.used_bytes, found.allowance_bytes, found.unlimited)
    parts.append(_("data used {volume}").format(volume=used.replace("∞", _("unlimited"))))
    if found.roaming_micro:
        parts.append(_("roaming {amount}").format(amount=units.money(cents(found.roaming_micro))))
    parts.append(_("limit {amount}").format(amount=units.money(found.limit_cents)))
    return ", ".join(part for part in [*parts, state_word(found.state)] if part)


def forecast_briefly(found: ForecastRow, content: Content) -> str:
    """When something will be reached."""
    from app.screens.my_products.forecast_text import sentence

    if not found.reached and found.expected is None and found.earliest is None:
        return _("{name}: not before the month ends").format(name=found.name)
    return sentence(found, content.operator.time_zone)


def alert_briefly(found: Any, content: Content) -> str:
    """Something that staff must look at."""
    from app.screens.dashboard.words import alert_text, alert_title

    when = units.instant(found.at, content.operator.time_zone)
    return f"{alert_title(found.kind)}: {alert_text(found)}, {when}"


def offer_briefly(found: Any, _content: Content) -> str:
    """A roaming bundle: what it holds, what it costs, whether it is on."""
    state = _("on") if found.enabled else (found.why_not or _("off"))
    size, price = units.volume(found.size_bytes), units.money_micro(found.price_micro)
    text = _("{size} for {price}, only when used").format(size=size, price=price)
    return f"{found.name}: {text}, {state}"


def product_briefly(found: Any, _content: Content) -> str:
    """Something that can be ordered, with what it costs."""
    prices = [_("{price} a month").format(price=units.money(found.monthly_cents))]
    if found.once_cents:
        prices.append(_("once {amount}").format(amount=units.money(found.once_cents)))
    return ", ".join([found.name, found.detail, *prices])


def bar_briefly(found: Any, _content: Content) -> str:
    """A bar and how it stands."""
    return f"{found.name}: {_('barred') if found.barred else _('allowed')}"


def block_briefly(found: Any, _content: Content) -> str:
    """What is blocked, and how it is lifted."""
    return " ".join(text for text in (found.text, found.note, found.why_not) if text)


def article_briefly(found: Any, _content: Content) -> str:
    """An article: its title, what it is about, which kind it is."""
    return ", ".join([found.title, found.topic_title, found.group_title])


def day_briefly(found: Any, content: Content) -> str:
    """The use of a day."""
    day = units.date(found.start, content.operator.time_zone)
    data = units.volume(found.data_bytes + found.roaming_bytes)
    calls, charge = units.duration(found.voice_seconds), units.money_micro(found.charge_micro)
    sms = ngettext("{count} SMS", "{count} SMS", found.sms_count).format(count=found.sms_count)
    return ", ".join([day, data, _("Calls {time}").format(time=calls), sms, charge])


TELLERS: Final[dict[str, Tell]] = {
    "Quote": quote,
    "Explanation": explanation,
    "ContactCard": contact_card,
    "CountryTariff": country_tariff,
    "TariffSheet": tariff_sheet,
    "ArticlePage": article_lines,
}
ONE_LINE: Final[dict[str, TellBriefly]] = {
    "Quote": quote_briefly,
    "RecordRow": record_briefly,
    "PoolRow": pool_briefly,
    "RunningBundle": bundle_briefly,
    "LimitRow": limit_briefly,
    "LineRow": line_briefly,
    "ForecastRow": forecast_briefly,
    "AlertRow": alert_briefly,
    "SmsCommand": sms_command,
    "StatusRow": status_briefly,
    "BundleOffer": offer_briefly,
    "BarRow": bar_briefly,
    "BlockRow": block_briefly,
    "DayUse": day_briefly,
    "Offer": product_briefly,
    "Rule": lambda rule, _content: str(rule.text),
    "ArticleRow": article_briefly,
}
BRIEFS: Final[dict[str, tuple[str, ...]]] = {
    "ChoiceRow": ("name", "monthly_cents", "overage_cents", "roaming_cents", "calls_cents", "total_cents"),
    "LineSimulation": ("number", "person", "saving_cents"),
    "CaseView": ("number", "title", "customer", "asked_by", "status"),
    "MessageRow": ("at", "direction", "recipient", "body"),
    "AuditEntry": ("at", "person", "caller", "what", "about", "outcome"),
    "FeatureRow": ("name", "status_text", "detail", "monthly_cents"),
    "ConnectionRow": ("name", "value"),
    "MemberRow": ("name", "role", "line_number", "email", "status"),
    "InvitationRow": ("email", "name", "role", "status", "expires_at"),
    "SuspenseRow": ("text", "file", "line_no"),
    "OrderRow": ("ordered_at", "number", "name", "product", "status"),
    "Hit": ("title", "subtitle"),
    "PlaceRow": ("name", "zone_name"),
    "LearntRow": ("title", "state", "area"),
    "SshKeyRow": ("name", "fingerprint", "created_at", "last_used_at"),
    "TokenRow": ("name", "state", "expires_at", "last_used_at"),
}
"""What of a record stands on one line of a list; of others the first five fields that say something."""
