"""The operator's other sites, which are entered without signing in again."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from app.i18n import _
from app.operations.core import Visit
from app.operations.core.registry import why_not
from app.operations.handover import SiteRow
from app.screens.area import attempt, desk_of
from app.screens.my_products.fact_list import FactList
from app.screens.ticket import enter
from app.text import safe
from app.widgets.columns import Column

MOST_ROWS = 3
RIGHT = "HAND_OVER"


class SitesPanel(Vertical):
    """Enter on a site makes a ticket for it. Who works for a caller sees why there is none."""

    def __init__(self, operator: str) -> None:
        super().__init__(id="services-sites", classes="box")
        self.border_title = Content(safe(_("Other sites of {operator}").format(operator=operator)))
        self.sites: list[SiteRow] = []
        self.why_not = ""

    def compose(self) -> ComposeResult:
        where = Column(_("Address"), 10, flex=1, tone=lambda _row: "muted")
        yield FactList([Column(_("Site"), 24), where], id="services-site-list")

    async def refresh_data(self) -> None:
        """Show the sites that there are for the visitor; without any there is no panel."""
        visit = desk_of(self).visit
        assert visit is not None
        self.why_not = why_not(visit, RIGHT) if visit.assistance is not None else ""
        if visit.reach(RIGHT) is not None:
            self.sites = await attempt(self, "handover.sites") or []
        else:
            self.sites = known_sites(visit) if self.why_not else []
        self.display = bool(self.sites)
        table = self.query_one(FactList)
        table.styles.height = 1 + min(len(self.sites), MOST_ROWS)
        rows = [(site.name, self.why_not or address(site)) for site in self.sites]
        table.set_rows(rows, [site.id for site in self.sites])

    @on(FactList.RowActivated)
    def chosen(self, event: FactList.RowActivated) -> None:
        """Enter on a site."""
        event.stop()
        if self.why_not:
            self.app.notify(safe(self.why_not), severity="warning", markup=False)
        else:
            self.go(str(event.key))

    @work(exclusive=True, group="handover")
    async def go(self, site: str) -> None:
        """Make a ticket and show it."""
        await enter(self, "handover.make", site=site)


def known_sites(visit: Visit) -> list[SiteRow]:
    """The sites as they are named in the reader's language, for who may not enter them now."""
    offered = visit.content.access.sites
    return [
        SiteRow(site.id, site.name.in_language(visit.language), site.url)
        for site in offered
        if not site.product
    ]


def address(site: SiteRow) -> str:
    """Where it is, without what every address begins with."""
    return site.url.removeprefix("https://")
