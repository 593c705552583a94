"""The start page: how pools, roaming bundles and cost limits stand, and what needs somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize

from app import units
from app.i18n import _, ngettext
from app.operations.dashboard import Overview
from app.operations.messages import MessageRow
from app.screens.area import Area, OpenArea
from app.screens.choices import CustomerChosen
from app.screens.dashboard.gauges import Gauge, Gauges
from app.screens.dashboard.words import (
    alert_gauge,
    bundle_gauge,
    cases_gauge,
    limit_gauge,
    manual_gauges,
    own_gauges,
    pool_gauge,
    waiting_gauge,
)
from app.widgets.notice import Kind, Notice

if TYPE_CHECKING:
    from app.operations.core.article_list import ArticleRow
    from app.operations.core.overview_rows import AlertRow
    from app.screens.dashboard.customers import Customers

TWO_COLUMNS = 140
"""From this width on names, bars and numbers have room in half of it."""
MESSAGES_SHOWN = 6
WAITING_COUNTED = 200
MANUALS_SHOWN, MANUALS_STACKED = 4, 2
"""As many manuals as stand on the Dashboard, in two columns and in one."""


class DashboardArea(Area):
    """Boxes of meters in two columns where there is room; staff see their customers first."""

    messages: tuple[MessageRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    """Those that are shown."""

    @property
    def place(self) -> str:
        visit = self.desk.visit
        choosing = visit is not None and visit.is_staff and visit.account_id is None
        return "dashboard/desk" if choosing else "dashboard"

    def compose(self) -> ComposeResult:
        yield Notice(id="dash-notice")
        yield Vertical(id="dash-customers")
        with VerticalScroll(id="dash-boxes", can_focus=False):
            yield Gauges(_("My use this month"), _("No use yet this month."), id="dash-own")
            with Horizontal(id="dash-columns"):
                with Vertical(classes="dash-column"):
                    manuals = Gauges(_("Manuals and service pages"), "", label_width=14, id="dash-manuals")
                    manuals.display = False  # until it is known that there are some
                    yield manuals
                    yield Gauges(_("Shared data"), _("No lines share data."), id="dash-pools")
                    yield Gauges(
                        _("Cost limits outside the EU"), _("No line is near its limit."), id="dash-limits"
                    )
                with Vertical(classes="dash-column"):
                    yield Gauges(
                        _("Roaming bundles that run"),
                        _("Nobody uses a roaming bundle now."),
                        id="dash-bundles",
                    )
                    yield Gauges(
                        _("Latest messages"), _("No messages yet."), label_width=18, id="dash-messages"
                    )
                    yield Gauges(_("For the helpdesk"), _("Nothing needs you."), id="dash-alerts")

    async def refresh_data(self) -> None:
        visit = self.desk.visit
        if visit is None:
            return
        choosing = visit.is_staff and visit.account_id is None
        self.query_one("#dash-customers").display = choosing
        overview: Overview | None = await self.attempt("dashboard.overview")
        if overview is None:
            return
        self.show_overview(overview, choosing)
        self.list_manuals()
        if visit.is_staff:
            await self.show_alerts(overview)
        if choosing:
            await (await self.customers()).renew()
        else:
            may_read = visit.reach("VIEW_MESSAGES") is not None
            page = await self.attempt("messages.page", limit=MESSAGES_SHOWN) if may_read else None
            self.messages = page.rows if page is not None else ()
            self.query_one("#dash-messages", Gauges).show([self.message_gauge(row) for row in self.messages])

    async def customers(self) -> Customers:
        """The list of customers, made when staff first need it: others need not load it."""
        box = self.query_one("#dash-customers")
        if not box.children:
            from app.screens.dashboard.customers import Customers

            await box.mount(Customers())
        return cast("Customers", box.children[0])

    def show_overview(self, overview: Overview, choosing: bool) -> None:
        """Fill the boxes, and leave out those that the visitor has no business with."""
        visit = self.desk.visit
        assert visit is not None
        manages = visit.role != "user"
        self.query_one("#dash-own", Gauges).show(own_gauges(overview.own_line) if overview.own_line else ())
        self.query_one("#dash-pools", Gauges).show([pool_gauge(pool) for pool in overview.pools])
        self.query_one("#dash-limits", Gauges).show([limit_gauge(limit) for limit in overview.limits])
        self.query_one("#dash-bundles", Gauges).show([bundle_gauge(each) for each in overview.bundles])
        self.query_one("#dash-own").display = overview.own_line is not None
        for name in ("#dash-pools", "#dash-limits", "#dash-bundles"):
            self.query_one(name).display = manages and not choosing
        self.query_one("#dash-messages").display = not choosing
        self.query_one("#dash-alerts").display = visit.is_staff
        self.show_columns()
        self.query_one(Notice).show(*self.notice(overview))

    def show_columns(self) -> None:
        """A column without boxes leaves its room to the other."""
        for column in self.query(".dash-column"):
            column.display = any(box.display for box in column.children)

    @work(exclusive=True, group="manuals")
    async def list_manuals(self) -> None:
        """Manuals and pages of the selected service; none of others, and no box without a service."""
        found: list[ArticleRow] = await self.attempt("articles.of_service", guides=False) or []
        box = self.query_one("#dash-manuals", Gauges)
        box.show(
            manual_gauges(found, MANUALS_SHOWN if self.app.size.width >= TWO_COLUMNS else MANUALS_STACKED)
        )
        if box.display != bool(found):
            box.display = bool(found)
            self.show_columns()

    async def show_alerts(self, overview: Overview) -> None:
        """What staff must look at: alerts, and usage that waits."""
        self.alerts = overview.alerts
        gauges = [alert_gauge(alert) for alert in self.alerts]
        page = await self.attempt("usage.suspense", limit=WAITING_COUNTED)
        if page is not None and page.rows:
            gauges.append(waiting_gauge(len(page.rows), page.more))
        cases = await self.attempt("cases.count")
        if cases:
            gauges.insert(0, cases_gauge(cases))
        self.query_one("#dash-alerts", Gauges).show(gauges)

    def notice(self, overview: Overview) -> tuple[str, Kind]:
        """The one sentence that matters most now, if there is one."""
        if overview.link_reminder:
            text = _("No mobile number is linked to your login. Link yours in My Data to follow your usage.")
            return text, "info"
        if overview.blocked:
            text = ngettext(
                "{count} line cannot use data outside the EU: a limit was reached.",
                "{count} lines cannot use data outside the EU: a limit was reached.",
                overview.blocked,
            )
            return text.format(count=units.count(overview.blocked)), "warning"
        return "", "info"

    def message_gauge(self, row: MessageRow) -> Gauge:
        """A message as one line."""
        opens = ("my_products", ("line", row.line_id)) if row.line_id else ("dashboard", ("message", row.id))
        text = row.subject or row.body
        if row.line_id and self.desk.visit is not None and self.desk.visit.role != "user":
            text = f"{row.person or row.line}: {text}"
        return Gauge(self.when(row), 0, -1, text.replace("\n", " "), opens)

    def when(self, row: MessageRow) -> str:
        """When a message was made."""
        return units.instant(row.at, self.desk.content.operator.time_zone if self.desk.content else "UTC")

    @on(Gauges.Opened)
    @work(exclusive=True)
    async def open_gauge(self, event: Gauges.Opened) -> None:
        """Go to what a line stands for; an alert is settled where it stands."""
        area, target = event.opens
        if target is not None and target[0] == "suspense":
            from app.screens.dashboard.suspense import SuspenseQueue

            await self.app.push_screen_wait(SuspenseQueue())
            await self.refresh_data()
            return
        if target is not None and target[0] == "cases":
            await self.open_cases()
            return
        if target is not None and target[0] == "message":
            from app.screens.dashboard.message import WholeMessage

            for row in self.messages:
                if not row.line_id and row.id == target[1]:
                    await self.app.push_screen_wait(WholeMessage(row, self.when(row)))
                    return
            return
        if target is not None and target[0] == "alert":
            for alert in self.alerts:
                if alert.id == target[1]:
                    await self.settle(alert)
                    return
            return
        self.post_message(OpenArea(area, target))

    async def settle(self, alert: AlertRow) -> None:
        """Show an alert whole and ask whether it is dealt with. To be awaited in a worker."""
        from app.operations.alerts import told
        from app.widgets.dialog import Confirm

        text = "\n\n".join((told(alert.kind, alert.detail), _("It leaves the list; it stays on record.")))
        if await self.app.push_screen_wait(Confirm(_("Is this alert dealt with?"), text)):
            await self.attempt("alerts.settle", alert_id=alert.id)
            await self.refresh_data()

    async def open_cases(self) -> None:
        """The queue of cases that wait for a second pair of eyes. To be awaited in a worker."""
        from app.screens.helpdesk.case_queue import CaseQueue

        await self.app.push_screen_wait(CaseQueue())
        await self.refresh_data()

    async def open_target(self, kind: str, number: int) -> None:
        """A customer that was found: somebody calls for them."""
        visit = self.desk.visit
        if kind == "account" and visit is not None and visit.is_staff:
            self.post_message(CustomerChosen(number))

    async def go_home(self) -> None:
        self.query_one("#dash-boxes").scroll_home(animate=False)

    def focus_first(self) -> None:
        box = self.query_one("#dash-customers")
        if box.display and box.children:
            cast("Customers", box.children[0]).focus_table()
            return
        for box in self.query(Gauges):
            if box.display and box.gauges and box.id != "dash-manuals":
                box.focus()
                return
        self.query_one("#dash-messages").focus()

    def on_resize(self, event: Resize) -> None:
        """Two columns where there is room."""
        self.query_one("#dash-columns").set_class(event.size.width < TWO_COLUMNS, "-stacked")
