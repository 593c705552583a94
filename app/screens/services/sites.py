"""The operator's other sites: a list, and the ticket with which one is entered without signing in again."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

from app.clock import Clock
from app.i18n import _
from app.operations.core import Visit
from app.operations.core.registry import why_not
from app.operations.handover import Handover, SiteRow
from app.screens.area import attempt, desk_of
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column
from app.widgets.qr import Qr, best_quiet

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
            self.enter(str(event.key))

    @work(exclusive=True, group="handover")
    async def enter(self, site: str) -> None:
        """Make a ticket and show it; another one as often as the person asks for it."""
        visit = desk_of(self).visit
        assert visit is not None
        while True:
            made: Handover | None = await attempt(self, "handover.make", site=site)
            if made is None or not await self.app.push_screen_wait(TicketScreen(made, visit.clock)):
                return


class TicketScreen(ModalScreen[bool]):
    """Address and code, until the code runs out; answers whether a new one is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, made: Handover, clock: Clock) -> None:
        super().__init__()
        self.made: Handover | None = made
        self.clock = clock
        self.until = clock.now() + made.seconds

    def compose(self) -> ComposeResult:
        assert self.made is not None
        # After '#': browsers keep that part to themselves, so that it stands in no server's log.
        scanned = f"{self.made.url}#{self.made.code}"
        quiet = best_quiet(scanned, self.app.size.height)
        with Horizontal(id="ticket"):
            if quiet is not None:
                yield Qr(scanned, quiet)
            with Vertical(id="ticket-words"):
                yield Label(Content(_("Without signing in again")), classes="dialog-title")
                yield Static(self.what_to_do(quiet is not None), id="ticket-do", markup=False)
                yield Static(safe(self.made.url), id="ticket-url", markup=False)
                yield Static(self.made.code, id="ticket-code", markup=False)
                yield Static(self.left(), id="ticket-left", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button(Content(_("Close")), id="close", variant="primary", compact=True)
                    yield Button(Content(_("New code")), id="again", compact=True)

    @staticmethod
    def what_to_do(picture: bool) -> str:
        """With the picture, or without it."""
        if picture:
            return _("Scan the picture, or open this address and give the code there:")
        return _("Open this address and give the code there:")

    def left(self) -> str:
        """How long the code is still good."""
        seconds = max(self.until - self.clock.now(), 0)
        if not seconds:
            return _("The code has run out.")
        return _("Good once, for {count} s.").format(count=seconds)

    def on_mount(self) -> None:
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Count down; what is good for nothing any more is not shown."""
        self.query_one("#ticket-left", Static).update(self.left())
        if self.clock.now() >= self.until and self.made is not None:
            self.made = None
            self.query("Qr, #ticket-do, #ticket-url, #ticket-code").remove()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Done, or another code."""
        event.stop()
        self.dismiss(event.button.id == "again")

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(False)

    def on_unmount(self) -> None:
        """The code goes with the screen."""
        self.made = None


def known_sites(visit: Visit) -> list[SiteRow]:
    """The sites as they are named in the reader's language, for who may not enter them now."""
    offered = visit.content.access.sites
    return [SiteRow(site.id, site.name.in_language(visit.language), site.url) for site in offered]


def address(site: SiteRow) -> str:
    """Where it is, without what every address begins with."""
    return site.url.removeprefix("https://")
