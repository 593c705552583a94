"""What can be ordered in the portal, what it costs, and which prices wait for an answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from app.i18n import _, language
from app.operations.core import NotFound, Visit, operation
from app.operations.core.names import kind_name
from app.operations.core.quoting import Quote, read_quote

MOST_QUOTES = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """Something on sale: prices in cents net of VAT; where: "order" with a new line, "line" on its page."""

    code: str
    name: str
    detail: str
    monthly_cents: int
    once_cents: int
    where: str


@operation("services.offers", right="VIEW_TARIFFS", changes=False)
def offers(visit: Visit) -> list[Offer]:
    """What the operator sells on mobile, with monthly and one-off prices net of VAT."""
    catalogue = visit.content.catalogue
    reader = language()
    found = [
        Offer(code, kind_name(code), _("subscription"), subscription.monthly_cents, 0, "order")
        for code, subscription in catalogue.subscriptions.items()
    ]
    found += [
        Offer(code, bundle.name.in_language(reader), _("data bundle"), bundle.monthly_cents, 0, "order")
        for code, bundle in catalogue.data_bundles.items()
    ]
    found += [
        Offer(code, sim.name.in_language(reader), _("SIM"), 0, sim.once_cents, "order")
        for code, sim in catalogue.sims.items()
    ]
    found += [
        Offer(code, option.name.in_language(reader), _("option of a line"), option.monthly_cents, 0, "line")
        for code, option in catalogue.options.items()
    ]
    return found


@operation("services.open_quotes", right="ORDER", changes=False)
def open_quotes(visit: Visit) -> list[Quote]:
    """Prices that were shown and not accepted yet, the newest first."""
    rows = visit.rows(
        "SELECT id FROM quote WHERE account_id = :account AND status = 'open' AND expires_at > :now "
        "ORDER BY id DESC LIMIT :most",
        account=visit.account_id,
        now=visit.now,
        most=MOST_QUOTES,
    )
    found = []
    for (quote_id,) in rows:
        with suppress(NotFound):  # of a service that the caller may not speak about
            found.append(read_quote(visit, quote_id)[0])
    return found
