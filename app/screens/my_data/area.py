"""My Data: the customer's data, one's own login, who may speak and what is sent, in tabs."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from app.i18n import _, mark
from app.operations.core import Visit
from app.screens.area import Area, desk_of
from app.screens.my_data.data_panel import DataPanel, focus_in
from app.screens.my_products.tab_line import Tab, TabLine


class Place(NamedTuple):
    """A tab: its name is its module, its key opens it, its right shows it."""

    name: str
    title: str
    key: str
    made_by: str
    right: str

    def shown_to(self, visit: Visit) -> bool:
        """What is one's own is always there; the rest needs a customer, and a right on all of it."""
        reach = visit.reach(self.right)
        if self.right in ("OWN_LOGIN", "OWN_EXPORT"):
            return reach is not None
        return visit.account_id is not None and reach in ("account", "any")


PLACES = (
    Place("account", mark("Account"), "a", "AccountPanel", "VIEW_ACCOUNT"),
    Place("login", mark("Login"), "l", "LoginPanel", "OWN_LOGIN"),
    Place("security", mark("Security"), "s", "SecurityPanel", "OWN_LOGIN"),
    Place("people", mark("People"), "p", "PeoplePanel", "VIEW_PEOPLE"),
    Place("contacts", mark("Contacts"), "c", "ContactsPanel", "EDIT_ACCOUNT"),
    Place("notices", mark("Notices"), "o", "NoticesPanel", "EDIT_ACCOUNT"),
    Place("invoices", mark("Invoices"), "i", "InvoicesPanel", "VIEW_BILLING"),
    Place("requests", mark("Requests"), "q", "RequestsPanel", "VIEW_ACCOUNT"),
    Place("activity", mark("Activity"), "y", "Activity", "VIEW_AUDIT"),
    Place("privacy", mark("Privacy"), "v", "PrivacyPanel", "OWN_EXPORT"),
)
TARGETS = {"contact": "contacts", "login": "people", "invoice": "invoices"}
"""The tab that lists such an object."""


class MyDataArea(Area):
    """A line of tabs, and the panel of one of them below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,less_than_sign", "step(-1)", mark("Previous tab"), show=False, id="my_data.previous"),
        Binding("right,greater_than_sign", "step(1)", mark("Next tab"), show=False, id="my_data.next"),
        *(
            Binding(place.key, f"tab('{place.name}')", place.title, show=False, id=f"my_data.{place.name}")
            for place in PLACES
        ),
    ]

    def __init__(self) -> None:
        super().__init__(id="my-data")
        self.panels: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        yield TabLine([Tab(p.name, _(p.title), p.key) for p in self.places()], id="my-data-tabs")
        yield Container(id="my-data-panels")

    def places(self) -> list[Place]:
        """The tabs for the visitor."""
        visit = desk_of(self).visit
        return [place for place in PLACES if visit is not None and place.shown_to(visit)]

    @property
    def current(self) -> str:
        """The tab that is shown."""
        return self.query_one("#my-data-tabs", TabLine).current

    @property
    def place(self) -> str:
        return f"my_data/{self.current}" if self.current else "my_data"

    async def refresh_data(self) -> None:
        """Read the tab that is shown again; the first time, or when it is no longer there, show the first."""
        if self.show_tabs() and self.current:
            await self.panels[self.current].renew()
        else:
            await self.go_home()

    def show_tabs(self) -> bool:
        """Show the tabs of the role that the visitor has now; whether the one that is open is still there."""
        line = self.query_one("#my-data-tabs", TabLine)
        tabs = [Tab(place.name, _(place.title), place.key) for place in self.places()]
        if tabs != line.tabs:
            line.tabs = tabs
            line.refresh()
        return any(tab.name == self.current for tab in tabs)

    async def go_home(self) -> None:
        await self.open_tab(self.query_one("#my-data-tabs", TabLine).tabs[0].name)

    async def open_target(self, kind: str, number: int) -> None:
        """A contact or a login, under its tab."""
        name = TARGETS.get(kind, "")
        if any(place.name == name for place in self.places()):
            await self.open_tab(name)
            panel = self.panels[name]
            if isinstance(panel, DataPanel):
                await panel.show_object(number)

    async def open_tab(self, name: str) -> None:
        """Show a tab; the first time it is mounted."""
        line = self.query_one("#my-data-tabs", TabLine)
        line.asked = name
        if name not in self.panels:
            place = next(place for place in PLACES if place.name == name)
            module = importlib.import_module(f"app.screens.my_data.{name}")
            panel = getattr(module, place.made_by)(id=f"my-{name}")
            panel.display = False
            self.panels[name] = panel
            await self.query_one("#my-data-panels").mount(panel)
        await self.panels[name].renew()
        if line.asked != name:
            return
        for other, each in self.panels.items():
            each.display = other == name
        line.current = name
        focus_in(self.panels[name])

    @on(TabLine.Chosen, "#my-data-tabs")
    async def clicked(self, event: TabLine.Chosen) -> None:
        """A click on a tab."""
        await self.open_tab(event.name)

    async def action_tab(self, name: str) -> None:
        if any(place.name == name for place in self.places()):
            await self.open_tab(name)

    async def action_step(self, step: int) -> None:
        await self.open_tab(self.query_one("#my-data-tabs", TabLine).next(step))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A tab that is not there has no key."""
        return action != "tab" or any(place.name == parameters[0] for place in self.places())

    def focus_first(self) -> None:
        """The tab that is shown."""
        if self.current:
            focus_in(self.panels[self.current])
