"""The six areas under one header: each is mounted on its first visit and stays."""

from __future__ import annotations

import importlib
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen

from app.i18n import _, mark
from app.screens.area import Area, LeaveArea, OpenArea, desk_of
from app.screens.foot import Foot
from app.screens.top import AreaTabs, TopLine

LIVE_SECONDS = 1.0


class Place(NamedTuple):
    """One of the six categories: its key is its position."""

    name: str
    title: str
    made_by: str


PLACES = (
    Place("dashboard", mark("Dashboard"), "DashboardArea"),
    Place("my_data", mark("My Data"), "MyDataArea"),
    Place("my_products", mark("My Products"), "MyProductsArea"),
    Place("info", mark("Info"), "InfoArea"),
    Place("services", mark("Services"), "ServicesArea"),
    Place("support", mark("Support"), "SupportArea"),
)


class SignOut(Message):
    """The person wants to leave this visit."""


class Shell(Screen[None]):
    """Header, six areas, and a line of keys with the way to help."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{number},alt+{number}",
                f"area('{place.name}')",
                place.title,
                show=False,
                id=f"area.{place.name}",
            )
            for number, place in enumerate(PLACES, 1)
        ),
        Binding("ctrl+home,f4", "home", mark("Home"), show=False, id="portal.home"),
        Binding("ctrl+k,colon", "find", mark("Search and commands"), id="portal.find"),
        Binding("f1,question_mark", "help", mark("Need help"), show=False, id="portal.help"),
        Binding("ctrl+l", "sign_out", mark("Sign out"), show=False, id="portal.sign_out"),
        Binding("ctrl+q", "quit_portal", mark("Quit"), show=False, id="portal.quit"),
    ]

    def __init__(self) -> None:
        super().__init__(id="shell")
        self.areas: dict[str, Area] = {}
        self.current = ""

    def compose(self) -> ComposeResult:
        desk = desk_of(self)
        assert desk.visit is not None
        assert desk.content is not None
        yield TopLine(desk.content.operator.name)
        yield AreaTabs([(place.name, _(place.title)) for place in PLACES])
        yield Container(id="areas")
        yield Foot()

    async def on_mount(self) -> None:
        self.show_visit()
        await self.open_area("dashboard")
        self.set_interval(LIVE_SECONDS, self.look_for_changes)

    def show_visit(self) -> None:
        """Write into the header who is signed in and for whom."""
        visit = desk_of(self).visit
        if visit is not None:
            line = self.query_one(TopLine)
            line.person, line.account = visit.person, visit.account_name

    async def open_area(self, name: str, target: tuple[str, int] | None = None) -> None:
        """Show an area; `target` names an object in it, such as ("line", 5)."""
        if name not in self.areas:
            area = self.make_area(name)
            self.areas[name] = area
            await self.query_one("#areas").mount(area)
            await area.refresh_data()
        for other, area in self.areas.items():
            area.display = other == name
        self.current = name
        self.query_one(AreaTabs).current = name
        if target is not None:
            await self.areas[name].open_target(*target)
        else:
            self.areas[name].focus_first()

    @staticmethod
    def make_area(name: str) -> Area:
        """Load the area's module when it is first wanted."""
        place = next(place for place in PLACES if place.name == name)
        module = importlib.import_module(f"app.screens.{name}.area")
        area: Area = getattr(module, place.made_by)()
        return area

    @work(exclusive=True, group="live", exit_on_error=False)
    async def look_for_changes(self) -> None:
        """What somebody else committed shows without a key; nothing is painted when nothing changed."""
        if await desk_of(self).changed():
            for name, area in self.areas.items():
                area.stale = name != self.current
            await self.areas[self.current].refresh_data()

    @on(OpenArea)
    async def open_by_message(self, event: OpenArea) -> None:
        """An area sends the person to another one."""
        self.show_visit()
        await self.action_area(event.name, event.target)

    @on(AreaTabs.Chosen)
    async def open_by_mouse(self, event: AreaTabs.Chosen) -> None:
        """A click on a category."""
        await self.action_area(event.name)

    @on(TopLine.Home)
    async def home_by_mouse(self) -> None:
        """A click on the operator's name."""
        await self.action_home()

    async def action_area(self, name: str, target: tuple[str, int] | None = None) -> None:
        """Open an area, unless the present one holds something unsaved that the person wants to keep."""
        if self.current and not await self.areas[self.current].may_leave():
            return
        await self.open_area(name, target)
        area = self.areas[name]
        if area.stale:
            area.stale = False
            await area.refresh_data()

    async def action_home(self) -> None:
        """Back to the start from anywhere."""
        await self.action_area("dashboard")
        await self.areas["dashboard"].go_home()

    def action_find(self) -> None:
        """One field for everything: numbers, names, countries, commands."""
        from app.screens.finder import Finder

        self.app.push_screen(Finder(self))

    def action_help(self) -> None:
        """The keys of this screen."""
        from app.screens.key_reference import KeyReference

        self.app.push_screen(KeyReference(self))

    def action_sign_out(self) -> None:
        """End the visit."""
        self.post_message(SignOut())

    def action_quit_portal(self) -> None:
        """Leave the portal."""
        self.app.exit(0)

    @on(Foot.Help)
    def help_by_mouse(self) -> None:
        """A click on the way to help."""
        self.action_help()

    @on(LeaveArea)
    async def leave_area(self) -> None:
        """An area is done."""
        await self.action_home()
