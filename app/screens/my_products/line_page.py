"""The page of one line: who and what, a banner while something is blocked, and tabs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message

from app import units
from app.i18n import _, language, mark
from app.screens.also_here import AlsoHere
from app.screens.area import attempt, desk_of
from app.screens.my_products.changes import save, say
from app.screens.my_products.line_head import LineHead
from app.screens.my_products.panel import LineChanged, Panel
from app.screens.my_products.tab_line import Tab, TabLine
from app.widgets.dialog import Confirm
from app.widgets.notice import Notice

if TYPE_CHECKING:
    from app.operations.blocks import BlockRow
    from app.operations.core.line_records import LineDetail


class Place(NamedTuple):
    """A tab: its name is its module, its key opens it."""

    name: str
    title: str
    key: str
    made_by: str


PLACES = (
    Place("overview", mark("Overview"), "o", "OverviewPanel"),
    Place("limits", mark("Limits & bars"), "l", "LimitsPanel"),
    Place("roaming", mark("Roaming"), "b", "RoamingPanel"),
    Place("features", mark("Features"), "f", "FeaturesPanel"),
    Place("connection", mark("Connection"), "c", "ConnectionPanel"),
    Place("records", mark("Usage"), "u", "RecordsPanel"),
    Place("messages", mark("Messages"), "m", "MessagesPanel"),
    Place("simulate", mark("What if"), "i", "SimulatePanel"),
)


class LinePage(Vertical):
    """One line. The same page shows the next line that is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", mark("Lines"), id="line.back"),
        Binding("a", "lift", mark("Lift block"), id="line.lift"),
        Binding("x", "cancel", mark("Cancel the line"), show=False, id="line.cancel"),
        Binding("left", "step(-1)", mark("Previous tab"), show=False, id="line.previous_tab"),
        Binding("right", "step(1)", mark("Next tab"), show=False, id="line.next_tab"),
        *(
            Binding(place.key, f"tab('{place.name}')", place.title, show=False, id=f"line.{place.name}")
            for place in PLACES
        ),
    ]

    class Left(Message):
        """Back to the list."""

    def __init__(self) -> None:
        super().__init__(id="line-page")
        self.line: LineDetail | None = None
        self.line_id = 0
        self.blocks: list[BlockRow] = []
        self.panels: dict[str, Panel] = {}

    def compose(self) -> ComposeResult:
        yield LineHead()
        yield AlsoHere()
        yield Notice(id="line-block")
        yield TabLine([Tab(p.name, _(p.title), p.key) for p in self.places()], id="line-tabs")
        yield Container(id="line-panels")

    def places(self) -> list[Place]:
        """The tabs for the visitor: who may not order, does not compare prices of bundles."""
        visit = desk_of(self).visit
        may = visit is not None and visit.reach("SIMULATE") is not None
        return [place for place in PLACES if may or place.name != "simulate"]

    @property
    def current(self) -> str:
        """The tab that is shown."""
        return self.query_one("#line-tabs", TabLine).current

    async def open(self, line_id: int) -> None:
        """Show a line from its first tab."""
        if line_id != self.line_id:
            self.line_id, self.line = line_id, None
        await self.read_line()
        if self.line is not None:
            self.say_here()
            await self.open_tab("overview")

    def say_here(self) -> None:
        """Staff say that they look at this line; everybody sees who does."""
        visit = desk_of(self).visit
        self.query_one(AlsoHere).look(f"line:{self.line_id}", silent=visit is None or not visit.is_staff)

    async def refresh_data(self) -> None:
        """Read the line and its tab again; only what differs is painted."""
        await self.read_line()
        if self.line is not None and self.current:
            await self.panels[self.current].show(self.line)

    async def read_line(self) -> None:
        """Read the line and what blocks it; without it, back to the list."""
        self.line = await attempt(self, "lines.get", line_id=self.line_id)
        if self.line is None:
            self.post_message(self.Left())
            return
        self.show_head(self.line)
        self.blocks = await attempt(self, "blocks.get", line_id=self.line_id) or []
        self.show_blocks()

    def show_head(self, line: LineDetail) -> None:
        """Write who and what on top."""
        visit = desk_of(self).visit
        assert visit is not None
        catalogue = visit.content.catalogue
        bundle = catalogue.data_bundles.get(line.data_bundle)
        self.query_one(LineHead).show(
            line,
            catalogue.subscriptions[line.kind].name.in_language(language()),
            bundle.name.in_language(language()) if bundle else line.data_bundle,
            visit.zone,
        )

    def show_blocks(self) -> None:
        """A banner for what is blocked, and how it is lifted."""
        found = []
        for block in self.blocks:
            cure = _("Press a to lift it.") if block.can_lift else block.why_not
            found.append(f"{block.text} {cure if self.may_manage else ''}".strip())
        banner = self.query_one("#line-block", Notice)
        text = "\n".join(found)
        if banner.text != text:
            banner.show(text, "warning")
        self.refresh_bindings()

    @property
    def may_manage(self) -> bool:
        """Whether the visitor may change settings of lines."""
        visit = desk_of(self).visit
        return visit is not None and visit.reach("MANAGE_LINES") is not None

    async def open_tab(self, name: str) -> None:
        """Show a tab; the first time it is mounted."""
        if self.line is None:
            return
        line = self.query_one("#line-tabs", TabLine)
        line.asked = name
        if name not in self.panels:
            place = next(place for place in PLACES if place.name == name)
            module = importlib.import_module(f"app.screens.my_products.{name}")
            panel: Panel = getattr(module, place.made_by)()
            panel.display = False
            self.panels[name] = panel
            await self.query_one("#line-panels").mount(panel)
        await self.panels[name].show(self.line)
        if line.asked != name:
            return
        for other, panel in self.panels.items():
            panel.display = other == name
        line.current = name
        self.panels[name].focus_first()

    @on(TabLine.Chosen, "#line-tabs")
    async def clicked(self, event: TabLine.Chosen) -> None:
        """A click on a tab."""
        await self.open_tab(event.name)

    @on(LineChanged)
    async def changed(self, event: LineChanged) -> None:
        """A tab has changed the line."""
        event.stop()
        await self.refresh_data()

    async def action_tab(self, name: str) -> None:
        if any(place.name == name for place in self.places()):
            await self.open_tab(name)

    async def action_step(self, step: int) -> None:
        await self.open_tab(self.query_one("#line-tabs", TabLine).next(step))

    def action_back(self) -> None:
        self.post_message(self.Left())

    @work(exclusive=True, group="dialog")
    async def action_lift(self) -> None:
        """Ask with what it means, then lift the block."""
        block = next((each for each in self.blocks if each.can_lift), None)
        if block is None:
            if self.blocks:
                say(self, self.blocks[0].why_not, "warning")
            return
        text = f"{block.text}\n{block.note}"
        question = Confirm(_("Lift the block?"), text, _("Lift it"), _("Leave it"))
        question.place = "lift_question"
        if await self.app.push_screen_wait(question):
            assert self.line is not None
            done = await save(self, "blocks.lift", line_id=self.line.id, version=self.line.version)
            if done is not None:
                say(self, done.text)
                await self.refresh_data()

    @work(exclusive=True, group="dialog")
    async def action_cancel(self) -> None:
        """Say when the line would end, and end it then if that is meant."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        ending = await attempt(self, "orders.end_date", line_id=line.id)
        if ending is None:
            return
        day = units.date(ending.ends_at - 1, visit.zone)
        if ending.cancelled:
            say(self, _("The line is cancelled; its last day is {day}.").format(day=day), "warning")
            return
        text = _("Its last day will be {day}: the end of a month, not before its term is over.").format(
            day=day
        )
        title = _("Cancel this line?")
        question = Confirm(title, text, _("Cancel the line"), _("Keep it"), danger=True)
        question.place = "cancel_question"
        if not await self.app.push_screen_wait(question):
            return
        if await save(self, "orders.cancel", line_id=line.id, version=line.version) is not None:
            await self.refresh_data()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lifting is offered while something is blocked, to those who may."""
        if action == "lift":
            return bool(self.blocks) and self.may_manage
        if action == "cancel":
            return self.may_manage
        return True

    def focus_first(self) -> None:
        """The tab that is shown."""
        if self.current:
            self.panels[self.current].focus_first()
