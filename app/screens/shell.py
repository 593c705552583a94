"""The six areas under one header: each is mounted on its first visit and stays."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.css.query import NoMatches
from textual.message import Message
from textual.widget import Widget
from textual.worker import WorkerError

from app.i18n import _, mark
from app.screens.area import Area, HelpWanted, LeaveArea, OpenArea, VisitChanged, attempt, desk_of
from app.screens.foot import Foot
from app.screens.helpdesk.call_screen import CallScreen
from app.screens.idle import watch_session
from app.screens.live import Live
from app.screens.top import AreaTabs, TopLine
from app.widgets.key_order import key_order

if TYPE_CHECKING:
    from app.widgets.base_app import SafeApp

AREAS = {
    "dashboard": (mark("Dashboard"), "DashboardArea"),
    "my_data": (mark("My Data"), "MyDataArea"),
    "my_products": (mark("My Products"), "MyProductsArea"),
    "info": (mark("Info"), "InfoArea"),
    "services": (mark("Services"), "ServicesArea"),
    "support": (mark("Support"), "SupportArea"),
}
"""The categories in the order of their keys, and the class that makes each in app.screens.<name>.area."""


class SignOut(Message):
    """The person wants to leave this visit."""


class Shell(CallScreen):
    """Header, six areas, and a line of keys with the way to help."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{number},alt+{number}", f"area('{name}')", title, show=False, id=f"area.{name}")
            for number, (name, (title, _made_by)) in enumerate(AREAS.items(), 1)
        ),
        Binding("0,alt+0,f4", "home", mark("Home"), show=False, id="portal.home"),
        Binding("ctrl+k,colon", "find", mark("Search"), id="portal.find"),
        Binding("f1,question_mark", "help", mark("Need help"), show=False, id="portal.help"),
        Binding("ctrl+g", "service", mark("Service or account"), show=False, id="portal.service"),
        Binding("ctrl+j", "jump", mark("Jump to a part of the screen"), show=False, id="portal.jump"),
        Binding("ctrl+l", "sign_out", mark("Sign out"), show=False, id="portal.sign_out"),
        Binding("ctrl+q", "quit_portal", mark("Quit"), show=False, id="portal.quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.areas: dict[str, Area] = {}
        self.current = ""
        self.only_service = ""
        self.opening = asyncio.Lock()
        """No area is taken away while another one is being filled."""
        self.live: Live | None = None
        self.leaving = False
        """Whether help for a customer is being ended."""

    def compose(self) -> ComposeResult:
        content = desk_of(self).content
        assert content is not None
        yield TopLine(content.operator.name)
        yield AreaTabs([(name, _(title)) for name, (title, _made_by) in AREAS.items()])
        yield Container(id="areas")
        yield Foot()

    @property
    def place(self) -> str:
        """The area that is shown, with its part; while it is being made or taken away, nothing more."""
        area = self.areas.get(self.current)
        with suppress(NoMatches):
            return (area.place if area is not None and area.is_attached else "") or self.current
        return self.current

    async def on_mount(self) -> None:
        self.live = Live(desk_of(self), self.show_changes)
        self.live.start()
        await self.read_services()
        await self.show_visit()
        desk_of(self).on_help_ended = self.help_over
        await self.open_area("dashboard")
        await watch_session(self)

    async def read_services(self) -> None:
        """An account with one service needs no choice: that one is selected."""
        visit = desk_of(self).visit
        if visit is None or visit.account_id is None or visit.reach("VIEW_LINES") is None:
            self.only_service = ""
            return
        services = await attempt(self, "lines.services") or []
        lines = await attempt(self, "lines.count") if len(services) == 1 else 0
        self.only_service = services[0].name if len(services) == 1 and services[0].lines == lines else ""

    async def show_visit(self) -> None:
        """Write into the header who is signed in and for whom."""
        visit = desk_of(self).visit
        if visit is not None:
            line = self.query_one(TopLine)
            # A user has one line of the account, not its services.
            every = self.only_service or _("All services")
            every = every if visit.account_id and visit.role != "user" else ""
            line.person, line.account, line.service = (
                visit.person,
                visit.account_name,
                visit.group_name or every,
            )
            if visit.assistance is not None or self.query("#help-banner"):
                from app.screens.helpdesk.calls import show_banner

                await show_banner(self, visit)
                self.refresh_bindings()

    async def open_area(self, name: str, target: tuple[str, int] | None = None) -> None:
        """Show an area; `target` names an object in it, such as ("line", 5)."""
        async with self.opening:
            await self.show_area(name, target)

    async def show_area(self, name: str, target: tuple[str, int] | None) -> None:
        """Mount an area on its first visit, fill it and show it alone."""
        cast("SafeApp", self.app).shown.forget()  # what else was written on the terminal goes now
        # One paint for all of it: mounting, showing and filling would each paint the whole area.
        with self.app.batch_update(), key_order(self.app).patient():
            new = name not in self.areas
            if new:
                self.areas[name] = self.make_area(name)
                await self.query_one("#areas").mount(self.areas[name])
            area = self.areas[name]
            for other, each in self.areas.items():
                each.display = other == name
            self.current = name
            self.query_one(AreaTabs).current = name
            if new or area.stale:
                area.stale = False
                await area.refresh_data()
            if target is not None:
                await area.open_target(*target)
            else:
                area.focus_first()

    @staticmethod
    def make_area(name: str) -> Area:
        """Load the area's module when it is first wanted."""
        module = importlib.import_module(f"app.screens.{name}.area")
        area: Area = getattr(module, AREAS[name][1])()
        return area

    async def on_unmount(self) -> None:
        if self.live is not None:
            await self.live.stop()

    async def show_changes(self) -> None:
        """Read again what is shown, and wait for it."""
        with suppress(WorkerError):  # the person left meanwhile
            await self.look_for_changes().wait()

    @work(exclusive=True, group="live", exit_on_error=False)
    async def look_for_changes(self) -> None:
        """What somebody committed shows without a key; nothing is painted where nothing changed."""
        if not self.current or self.leaving:
            return
        for name, area in self.areas.items():
            area.stale = area.stale or name != self.current
        await self.areas[self.current].refresh_data()
        await self.renew_presence()

    @contextmanager
    def leaving_customer(self) -> Iterator[None]:
        """While help ends nothing is read again: it would be asked for whom one may no longer work."""
        self.workers.cancel_group(self, "live")
        self.leaving = True
        try:
            yield
        finally:
            self.leaving = False

    async def renew_presence(self) -> None:
        """Who else is here, on whatever page or dialog says it."""
        lines = [line for screen in self.app.screen_stack for line in screen.query(".also-here")]
        if lines:
            from app.screens.also_here import AlsoHere

            for line in lines:
                assert isinstance(line, AlsoHere)
                await line.renew()

    async def go(self, name: str, target: tuple[str, int] | None = None) -> bool:
        """Open an area, unless the present one holds something unsaved that the person wants to keep."""
        may = not self.current or await self.areas[self.current].may_leave()
        if may:
            await self.open_area(name, target)
        return may

    async def choose(self, name: str) -> None:
        """Open an area; chosen once more, it goes back to its first page."""
        again = name == self.current
        if await self.go(name) and again:
            await self.areas[name].go_home()

    @on(OpenArea)
    async def open_by_message(self, event: OpenArea) -> None:
        """An area sends the person to another one."""
        await self.go(event.name, event.target)

    @on(AreaTabs.Chosen)
    async def open_by_mouse(self, event: AreaTabs.Chosen) -> None:
        """A click on a category."""
        await self.choose(event.name)

    @on(TopLine.AccountClicked)
    @work(exclusive=True, group="service")
    async def action_service(self) -> None:
        """Choose what to work on: a service, all of them, another account."""
        from app.screens.service import choose_service

        if self.current and not await self.areas[self.current].may_leave():
            return
        visit = await choose_service(self)
        if visit is not None:
            desk_of(self).visit = visit
            await self.start_again()

    async def start_again(self) -> None:
        """Show the start page for what is worked on now; nothing of before stays."""
        async with self.opening:
            for area in self.areas.values():
                await area.remove()
            self.areas.clear()
            self.current = ""
            await self.read_services()
            await self.show_visit()
            await self.show_area("dashboard", None)

    @on(VisitChanged)
    async def visit_changed(self, event: VisitChanged) -> None:
        """An area chose whom to work for."""
        desk_of(self).visit = event.visit
        await self.start_again()

    @on(LeaveArea)
    @on(TopLine.Home)
    async def action_home(self) -> None:
        """Back to the start from anywhere."""
        if await self.go("dashboard"):
            await self.areas["dashboard"].go_home()

    async def action_area(self, name: str) -> None:
        """Open an area by its key."""
        await self.choose(name)

    def action_find(self) -> None:
        """One field for everything: numbers, names, countries, commands."""
        from app.screens.finder import Finder

        self.app.push_screen(Finder(self))

    @on(Foot.Help)
    def action_help(self) -> None:
        """How things are done on this screen."""
        self.post_message(HelpWanted())

    def action_jump(self) -> None:
        """Letters over the parts of the screen; pressing one goes there."""
        from app.widgets.jump import JumpOverlay

        def chosen(widget: Widget | None) -> None:
            if widget is not None:
                widget.focus()

        self.app.push_screen(JumpOverlay(self), chosen)

    def action_sign_out(self) -> None:
        """End this visit."""
        self.post_message(SignOut())

    def action_quit_portal(self) -> None:
        """Leave the portal."""
        self.app.exit(0)
