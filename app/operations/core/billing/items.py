"""What goes on the next invoice of an account: the fees of its month, and usage of closed months before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from app.clock import add_months, month_bounds
from app.content.catalogue import OPTIONS
from app.i18n import _, language
from app.operations.core.allowances import active_days
from app.operations.core.billing.sums import in_cents, part_of_month, rounded
from app.operations.core.earlier_bundles import BUNDLE_THEN
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit
from app.rating.closing import MICRO_PER_CENT
from app.units import month as month_name

Product = TypeVar("Product")


class Item(NamedTuple):
    """One position, net of VAT. part: fees or usage; month: when it was had or used, as YYYYMM."""

    part: str
    line_id: int
    number: str
    person: str
    month: int
    text: str
    net_cents: int


LINES = f"""
SELECT line.id, line.number, line.person, line.kind, {BUNDLE_THEN}, line.activated_at, line.ends_at,
  line.fixed_ip,
  (SELECT count(*) FROM sim WHERE sim.line_id = line.id AND sim.role = 'combi' AND sim.status <> 'ended'),
  (SELECT count(*) FROM sim WHERE sim.line_id = line.id AND sim.role = 'multisim' AND sim.status <> 'ended')
FROM line WHERE line.account_id = :account AND line.status <> 'ordered'
  AND coalesce(line.activated_at, 0) < :end AND coalesce(line.ends_at, :end) > :start
ORDER BY line.id
"""
UNBILLED = (
    "closing.account_id = :account AND closing.invoice_id IS NULL AND closing.month BETWEEN :first AND :last"
)
USED = f"""
SELECT closing.month, line.id, line.number, line.person, closing_line.calls_micro, closing_line.texts_micro,
  closing_line.abroad_micro, closing_line.home_micro, closing_line.bundles_micro
FROM closing JOIN closing_line ON closing_line.closing_id = closing.id JOIN line ON line.id = line_id
WHERE {UNBILLED} ORDER BY closing.month, line.id
"""
OVER = f"""
SELECT closing.month, line.id, line.number, line.person, share_cents
FROM closing JOIN overage_share ON overage_share.closing_id = closing.id JOIN line ON line.id = line_id
WHERE {UNBILLED} AND share_cents > 0 ORDER BY closing.month, line.id
"""
LATE = """
SELECT closing.month, line.id, line.number, line.person, sum(difference_micro)
FROM adjustment JOIN closing ON closing.id = closing_id JOIN line ON line.id = adjustment.line_id
WHERE closing.account_id = :account AND adjustment.invoice_id IS NULL
  AND closing.month BETWEEN :first AND :last
GROUP BY closing.month, line.id, line.number, line.person ORDER BY closing.month, line.id
"""


def items(visit: Visit, account_id: int, month: int) -> list[Item]:
    """All positions of the invoice for a month, in the order in which they are printed."""
    first, last = window(visit, month)
    values = {"account": account_id, "first": first, "last": last}
    used = sorted(
        [*_used(visit, values), *_over(visit, values), *_late(visit, values)],
        key=lambda item: (item.month, item.line_id),
    )
    return [*fees(visit, account_id, month), *used]


def window(visit: Visit, month: int) -> tuple[int, int]:
    """Closed months whose usage an invoice takes up: validated a month later, and late ones for a while."""
    return add_months(month, -1 - visit.content.operator.policies.late_months), add_months(month, -1)


def fees(visit: Visit, account_id: int, month: int) -> Iterator[Item]:
    """Subscription, data bundle and options of each line, for the days on which it was active."""
    start, end = month_bounds(month, visit.zone)
    for row in visit.rows(LINES, account=account_id, start=start, end=end, bundle_end=end):
        line_id, number, person, kind, bundle, activated, ends, *options = row
        active, days = active_days(activated, ends, month, visit.zone)
        for name, monthly in _prices(visit, kind, bundle, *options):
            cents = part_of_month(monthly, active, days)
            if cents:
                text = name if active == days else f"{name}, {_days(active, days)}"
                yield Item("fees", line_id, number, person, month, text, cents)


def _days(active: int, days: int) -> str:
    return _("{active} of {days} days").format(active=active, days=days)


def _prices(
    visit: Visit, kind: str, bundle: str, fixed_ip: str, combis: int, multisims: int
) -> Iterator[tuple[str, int]]:
    """Names and monthly prices of what a line has.

    Raises:
        Invalid: the catalogue does not know it any more.
    """
    catalogue = visit.content.catalogue
    line = _product(catalogue.subscriptions, "subscriptions", kind)
    yield line.name.in_language(language()), line.monthly_cents
    data = _product(catalogue.data_bundles, "data_bundles", bundle)
    yield _("Data bundle {name}").format(name=data.name.in_language(language())), data.monthly_cents
    for code, count in zip(OPTIONS, (combis, multisims, int(fixed_ip != "")), strict=True):
        if count:
            option = _product(catalogue.options, "options", code)
            name = option.name.in_language(language())
            yield (name if count == 1 else f"{count} x {name}"), option.monthly_cents * count


def _product(products: dict[str, Product], part: str, code: str) -> Product:
    """What is had must be priced: it is never free because nobody sells it any more."""
    if code not in products:
        raise Invalid(
            _(
                "catalogue.toml has no [{part}.{code}], which a line still has. Write it there again; lines"
                " can be changed to another one afterwards."
            ).format(part=part, code=code),
            code,
        )
    return products[code]


def _used(visit: Visit, values: dict[str, Any]) -> Iterator[Item]:
    """By kind what each line used; the cents sum to what the closing struck, rounded once a month."""
    kinds = (
        _("Calls"),
        _("Text messages"),
        _("Data outside the EU"),
        _("Data without a bundle"),
        _("Roaming bundles"),
    )
    rows = visit.rows(USED, **values)
    for month in dict.fromkeys(row[0] for row in rows):
        spent = [
            (row, kind, micro)
            for row in rows
            if row[0] == month
            for kind, micro in zip(kinds, row[4:], strict=True)
        ]
        for (row, kind, _micro), cents in zip(
            spent, in_cents([micro for *_key, micro in spent]), strict=True
        ):
            if cents:
                yield Item("usage", row[1], row[2], row[3], month, _in_month(kind, month), cents)


def _over(visit: Visit, values: dict[str, Any]) -> Iterator[Item]:
    for month, line_id, number, person, cents in visit.rows(OVER, **values):
        text = _in_month(_("Share of data above the pool"), month)
        yield Item("usage", line_id, number, person, month, text, cents)


def _late(visit: Visit, values: dict[str, Any]) -> Iterator[Item]:
    for month, line_id, number, person, micro in visit.rows(LATE, **values):
        cents = rounded(int(micro), MICRO_PER_CENT)
        if cents:
            text = _in_month(_("Usage that was reported late"), month)
            yield Item("usage", line_id, number, person, month, text, cents)


def _in_month(text: str, month: int) -> str:
    return f"{text}, {month_name(month)}"
