"""My Products: mobile lines, and what else an operator may sell."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from app.i18n import _, mark
from app.screens.area import Area, desk_of
from app.screens.my_products.line_page import LinePage
from app.screens.my_products.lines import LinesView
from app.screens.my_products.other_products import OtherProducts
from app.screens.my_products.tab_line import Tab, TabLine

SECTIONS = (
    ("mobile", mark("Mobile")),
    ("hosting", mark("Web hosting & domains")),
    ("servers", mark("Servers")),
    ("other", mark("Other products")),
)


class MyProductsArea(Area):
    """Sections on top; under Mobile the list of lines, or the page of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "less_than_sign", "section(-1)", mark("Previous section"), show=False, id="products.previous"
        ),
        Binding("greater_than_sign", "section(1)", mark("Next section"), show=False, id="products.next"),
    ]

    def __init__(self) -> None:
        super().__init__(id="my-products")
        self.page: LinePage | None = None
        self.page_shown = False

    def compose(self) -> ComposeResult:
        yield TabLine([Tab(name, _(title)) for name, title in SECTIONS], id="product-sections")
        yield LinesView()
        yield OtherProducts()

    def on_mount(self) -> None:
        self.query_one("#product-sections", TabLine).current = "mobile"
        self.query_one(OtherProducts).display = False

    @property
    def section(self) -> str:
        """The section that is shown."""
        return self.query_one("#product-sections", TabLine).current

    @property
    def place(self) -> str:
        if self.section != "mobile":
            return f"my_products/{self.section}"
        if self.page_shown and self.page is not None:
            return f"my_products/line/{self.page.current}"
        return "my_products/groups" if self.lines.by_group else "my_products/lines"

    @property
    def lines(self) -> LinesView:
        """The list of lines."""
        return self.query_one(LinesView)

    async def refresh_data(self) -> None:
        """Read again what is on the screen."""
        if self.section != "mobile":
            return
        own = self.own_line_id
        if self.page is None and own is not None:
            await self.open_line(own)
            return
        if self.page_shown and self.page is not None:
            await self.page.refresh_data()
        else:
            await self.lines.refresh_data()

    async def open_target(self, kind: str, number: int) -> None:
        """Open a line, or the lines of a group."""
        await self.show_section("mobile")
        if kind == "line":
            await self.open_line(number)
        elif kind == "group":
            await self.show_list()
            await self.lines.open_group_id(number)

    async def go_home(self) -> None:
        """Back to the list of all lines; an employee's own line is all there is."""
        await self.show_section("mobile")
        if self.own_line_id is not None:
            await self.open_line(self.own_line_id)
        else:
            await self.lines.show_all()
            await self.show_list()

    @on(LinesView.Opened)
    async def line_chosen(self, event: LinesView.Opened) -> None:
        """A line was chosen in the list."""
        await self.open_line(event.line_id)

    async def open_line(self, line_id: int) -> None:
        """Show the page of a line."""
        if self.page is None:
            self.page = LinePage()
            self.page.display = False
            await self.mount(self.page)
        await self.page.open(line_id)
        if self.page.line is None:
            return
        self.page_shown = True
        self.show_parts()
        self.page.focus_first()

    @on(LinePage.Left)
    async def show_list(self) -> None:
        """Back to the list, where the cursor was."""
        self.page_shown = False
        self.show_parts()
        self.lines.focus_first()
        await self.lines.refresh_data()

    async def show_section(self, name: str) -> None:
        """Show a section of products."""
        self.query_one("#product-sections", TabLine).current = name
        self.query_one(OtherProducts).show(name)
        self.show_parts()

    def show_parts(self) -> None:
        """Exactly one part is on the screen."""
        mobile = self.section == "mobile"
        self.lines.display = mobile and not self.page_shown
        self.query_one(OtherProducts).display = not mobile
        if self.page is not None:
            self.page.display = mobile and self.page_shown

    @on(TabLine.Chosen, "#product-sections")
    async def section_clicked(self, event: TabLine.Chosen) -> None:
        """A click on a section; a click on Mobile on the page of a line goes to the list."""
        if event.name == "mobile" and self.section == "mobile":
            await self.show_list()
            return
        await self.show_section(event.name)
        self.focus_first()

    async def action_section(self, step: int) -> None:
        await self.show_section(self.query_one("#product-sections", TabLine).next(step))
        self.focus_first()

    def focus_first(self) -> None:
        """The list, or the tab of the line that is open."""
        if self.section != "mobile":
            self.query_one(OtherProducts).focus()
        elif self.page_shown and self.page is not None:
            self.page.focus_first()
        else:
            self.lines.focus_first()

    @property
    def own_line_id(self) -> int | None:
        """The line of an employee, who sees no other: the area opens on it."""
        visit = desk_of(self).visit
        return visit.own_line_id if visit is not None and visit.role == "user" else None
