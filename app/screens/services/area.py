"""Services: what can be ordered and at what price, and prices that wait for an answer."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from app import units
from app.i18n import _, mark
from app.operations.core.quoting import Quote
from app.operations.services import Offer
from app.screens.area import Area, OpenArea
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.order import order_line
from app.screens.my_products.quote_dialog import accept_quote
from app.screens.panel import Facts, Panel, rows
from app.screens.services.sites import SitesPanel
from app.text import safe
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import MemorySource


class ServicesArea(Area):
    """The price list; enter on a row leads to where it is ordered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "order", mark("Order a line"), id="services.order"),
        Binding("a", "accept", mark("Accept an open price"), id="services.accept"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.offers: list[Offer] = []
        self.quotes: list[Quote] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="services"):
            yield Static(self.lead(), id="services-lead", markup=False)
            yield Button(
                Content(_("Order a mobile line")), id="services-order", variant="primary", compact=True
            )
            offers = LineTable(
                [
                    Column(_("On sale"), 24, flex=1),
                    Column(_("Kind"), 18),
                    Column(_("A month"), 10, align="right"),
                    Column(_("Once"), 10, align="right"),
                ],
                id="services-offers",
            )
            offers.lacks = ONLY_LOOK - {"activate"}
            yield offers
            yield Panel(_("Open prices"), id="services-quotes")
            yield SitesPanel(self.desk.content.operator.name if self.desk.content else "")

    def lead(self) -> Content:
        """What can be had here, by whom, and what elsewhere."""
        contact = self.desk.content.operator.contact if self.desk.content else None
        where = safe(contact.website.removeprefix("https://")) if contact else ""
        phone = safe(contact.phone) if contact else ""
        here = _(
            "Mobile lines and their options are ordered here; every price is shown before you accept it."
        )
        visit = self.desk.visit
        if not self.may_order and visit is not None and visit.is_staff:
            here = _("What lines and options cost. They are ordered on a call, for the customer who calls.")
        elif not self.may_order:
            here = _("What lines and options cost. An administrator of your account orders them.")
        there = _("Servers, hosting and domains: {website} or {phone}.").format(website=where, phone=phone)
        return Content.assemble(here, "\n", (there, "$text-quiet"))

    @property
    def may_order(self) -> bool:
        """Whether the visitor may order for an account that is open."""
        visit = self.desk.visit
        if visit is None or visit.account_id is None:
            return False
        return visit.reach("ORDER") is not None

    async def refresh_data(self) -> None:
        self.query_one("#services-order", Button).display = self.may_order
        lead = self.query_one("#services-lead", Static)
        if lead.content != (told := self.lead()):
            lead.update(told)
        self.refresh_bindings()
        offers: list[Offer] = await self.attempt("services.offers") or []
        if offers != self.offers:
            self.offers = offers
            cells = [offer_cells(offer) for offer in offers]
            self.query_one("#services-offers", LineTable).show(MemorySource(cells))
        self.quotes = (await self.attempt("services.open_quotes") or []) if self.may_order else []
        panel = self.query_one("#services-quotes", Panel)
        panel.display = self.may_order
        panel.show(self.quote_lines())
        await self.query_one(SitesPanel).refresh_data()

    def quote_lines(self) -> Content | Facts:
        """Prices that were shown and wait."""
        if not self.quotes:
            return Content.styled(_("No price waits for your answer."), "$text-quiet")
        zone = self.desk.content.operator.time_zone if self.desk.content else "UTC"
        return rows([quote_line(quote, zone) for quote in self.quotes], 10)

    @on(LineTable.RowActivated, "#services-offers")
    def go_where_it_is_ordered(self, event: LineTable.RowActivated) -> None:
        """A subscription leads to the order, an option to the lines."""
        event.stop()
        if self.offers[int(str(event.key))].where == "order":
            self.action_order()
        else:
            self.post_message(OpenArea("my_products", None))

    @on(Button.Pressed, "#services-order")
    def order_pressed(self) -> None:
        """The button."""
        self.action_order()

    @work(exclusive=True, group="order")
    async def action_order(self) -> None:
        """Order a line."""
        if not self.may_order:
            self.app.notify(
                _("Only an administrator of an open account can order."), severity="warning", markup=False
            )
            return
        self.desk.warm()
        await order_line(self)
        await self.refresh_data()

    @work(exclusive=True, group="order")
    async def action_accept(self) -> None:
        """Look at an open price again, and accept it."""
        if not self.quotes:
            self.app.notify(_("No price waits for your answer."), markup=False)
            return
        quote = self.quotes[0]
        if len(self.quotes) > 1:
            zone = self.desk.content.operator.time_zone if self.desk.content else "UTC"
            lines = [quote_line(each, zone) for each in self.quotes]
            options = [
                Option(str(each.id), sign, text.plain)
                for each, (sign, text) in zip(self.quotes, lines, strict=True)
            ]
            chosen = await self.app.push_screen_wait(Choose(_("Open prices"), options))
            if chosen is None:
                return
            quote = next(each for each in self.quotes if str(each.id) == chosen)
        await accept_quote(self, _("Open price"), quote)
        await self.refresh_data()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not order is not offered it."""
        return self.may_order if action in ("order", "accept") else True

    def focus_first(self) -> None:
        self.query_one("#services-offers").focus()


def offer_cells(offer: Offer) -> tuple[str, ...]:
    """One thing on sale."""
    monthly = units.money(offer.monthly_cents) if offer.monthly_cents else "–"
    once = units.money(offer.once_cents) if offer.once_cents else "–"
    return offer.name, offer.detail, monthly, once


def quote_line(quote: Quote, zone: str) -> tuple[str, Content]:
    """An open price in one line."""
    first = quote.lines[0].text if quote.lines else quote.operation
    until = _("until {time}").format(time=units.clock_time(quote.expires_at, zone))
    total = _("{price} a month").format(price=units.money(quote.monthly_cents))
    return f"#{quote.id}", Content.assemble(safe(first), "  ", total, ("  " + until, "$text-quiet"))
