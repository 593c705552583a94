"""The list of lines: all of them, those of one group, or groups with what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from app.i18n import _, language, mark, ngettext
from app.screens.area import desk_of
from app.screens.my_products.export import export_list
from app.screens.my_products.groups import GroupsView
from app.screens.my_products.line_rows import line_cells, line_columns
from app.screens.my_products.no_lines import is_nobody, no_lines_text
from app.screens.my_products.order import order_line
from app.screens.paging import OperationSource
from app.text import safe
from app.widgets.line_table import LineTable
from app.widgets.text_input import TextInput

BEHIND_ALL = "\U0010ffff"
"""A number behind every number."""


class LinesView(Vertical):
    """Lines or groups, with a filter above them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "groups", mark("By group"), id="lines.groups"),
        Binding("n", "order", mark("New line"), id="lines.order"),
        Binding("escape", "back", mark("Back"), show=False, id="lines.back"),
    ]

    @dataclass
    class Opened(Message):
        """A line was chosen."""

        line_id: int

    def __init__(self) -> None:
        super().__init__(id="lines")
        self.group_id: int | None = None
        self.group_name = ""
        self.by_group = False
        self.source: OperationSource | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="lines-top"):
            yield Static("", id="lines-title")
            field = TextInput(placeholder=_("number, person or department"), id="lines-filter", compact=True)
            field.cursor_blink = field.display = False
            yield field
        yield LineTable(line_columns(), id="lines-table", empty=no_lines_text(desk_of(self).visit))
        yield GroupsView()

    def on_mount(self) -> None:
        self.groups.display = False

    @property
    def groups(self) -> GroupsView:
        """The groups."""
        return self.query_one(GroupsView)

    @property
    def table(self) -> LineTable:
        """The list of lines."""
        return self.query_one("#lines-table", LineTable)

    @property
    def nobody(self) -> bool:
        """Whether no customer is open."""
        return is_nobody(desk_of(self).visit)

    # What is shown

    async def refresh_data(self) -> None:
        """Read again what is on the screen."""
        if self.nobody:
            self.show_title()
        elif self.by_group:
            self.show_title(await self.groups.refresh_data())
        elif self.source is None:
            await self.open_lines()
        else:
            await self.source.refresh(self.table)
            self.show_title()

    async def open_lines(self, text: str = "") -> None:
        """Show the lines from the first."""
        if self.nobody:
            return
        desk = desk_of(self)
        assert desk.visit is not None
        catalogue, here = desk.visit.content.catalogue, language()
        chosen: dict[str, Any] = {} if self.group_id is None else {"group_id": self.group_id}
        self.source = OperationSource(
            desk.do,
            "lines.page",
            lambda line: line_cells(line, catalogue, here),
            end_key=BEHIND_ALL,
            count_name="lines.count",
            text_name="text",
            **chosen,
        )
        await self.source.open(self.table, text)

    def show_title(self, groups: int = 0) -> None:
        """How many there are, and of what."""
        if self.by_group:
            text = ngettext("{count} group", "{count} groups", groups).format(count=groups)
        else:
            total = self.table.rows.total or 0
            text = ngettext("{count} line", "{count} lines", total).format(count=total)
            if self.group_name:
                text = f"{safe(self.group_name, cells=30)} · {text}"
            if self.table.rows.text:
                text += " · " + _("filter “{text}”").format(text=safe(self.table.rows.text, cells=20))
        title = self.query_one("#lines-title", Static)
        if str(title.content) != text:
            title.update(Content(text))

    @on(LineTable.Counted, "#lines-table")
    def counted(self) -> None:
        """The number of lines is known."""
        self.show_title()

    # Filter

    @on(LineTable.FilterRequested, "#lines-table")
    def start_filter(self) -> None:
        """`/` opens the field; what is typed filters at once."""
        field = self.query_one("#lines-filter", TextInput)
        field.display = True
        field.focus()

    @on(TextInput.Changed, "#lines-filter")
    def typed(self, event: TextInput.Changed) -> None:
        """Filter by what stands in the field now."""
        self.filter_by(event.value)

    @work(exclusive=True, group="filter")
    async def filter_by(self, text: str) -> None:
        """Show what fits; a text that came later takes its place."""
        if self.source is not None and text != self.table.rows.text:
            await self.source.open(self.table, text)

    @on(TextInput.Submitted, "#lines-filter")
    def end_filter(self) -> None:
        """Enter goes to the list."""
        self.query_one("#lines-filter").display = bool(self.query_one("#lines-filter", TextInput).value)
        self.table.focus()

    # Keys

    @on(LineTable.RowActivated, "#lines-table")
    def open_line(self, event: LineTable.RowActivated) -> None:
        """Enter on a line."""
        assert isinstance(event.key, int)
        self.post_message(self.Opened(event.key))

    @on(GroupsView.Opened)
    async def open_group(self, event: GroupsView.Opened) -> None:
        """Enter on a group shows its lines."""
        self.group_id, self.group_name = event.group_id, event.name
        await self.show_lines()

    async def open_group_id(self, group_id: int) -> None:
        """Show the lines of a group by its id."""
        await self.groups.refresh_data()
        self.group_id, self.group_name = group_id, self.groups.names.get(group_id, "")
        await self.show_lines()

    @on(LineTable.ExportRequested, "#lines-table")
    @work(exclusive=True, group="dialog")
    async def export(self) -> None:
        """Write the lines that the list has into a file."""
        if self.nobody:
            return
        arguments: dict[str, Any] = {"text": self.table.rows.text}
        if self.group_id is not None:
            arguments["group_id"] = self.group_id
        await export_list(self, "lines.page", _("lines"), **arguments)

    async def action_groups(self) -> None:
        """To groups, and from groups to all lines."""
        self.group_id, self.group_name = None, ""
        if self.by_group:
            await self.show_lines()
            return
        self.by_group = True
        self.query_one("#lines-filter").display = False
        self.table.display = False
        self.groups.display = True
        self.groups.focus_first()
        self.show_title(await self.groups.refresh_data())

    async def show_lines(self) -> None:
        """Show the lines of the group that is chosen, or all."""
        if self.nobody:
            return
        self.by_group = False
        self.groups.display = False
        self.clear_filter()
        await self.open_lines()
        self.table.display = True
        self.table.focus()
        self.show_title()

    async def show_all(self) -> None:
        """All lines again, without group and filter."""
        self.group_id, self.group_name = None, ""
        if self.by_group or self.source is None or self.table.rows.text or self.source.arguments:
            await self.show_lines()

    def clear_filter(self) -> None:
        """An empty field, out of sight."""
        field = self.query_one("#lines-filter", TextInput)
        with self.prevent(TextInput.Changed):
            field.value = ""
        field.display = False

    async def action_back(self) -> None:
        """One step back: from a filter to all, from a group to the groups."""
        if self.query_one("#lines-filter").display or self.table.rows.text:
            self.clear_filter()
            self.filter_by("")
            self.table.focus()
        elif self.group_id is not None or self.by_group:
            await self.action_groups()

    @work(exclusive=True, group="dialog")
    async def action_order(self) -> None:
        """Order a new line."""
        if await order_line(self):
            await self.refresh_data()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not order, or sees only one line, is not offered it."""
        visit = desk_of(self).visit
        if visit is None:
            return True
        if self.nobody and action in ("order", "groups"):
            return False
        if action == "order":
            return visit.reach("ORDER") is not None
        if action == "groups":
            return visit.role != "user"
        return True

    def focus_first(self) -> None:
        """The list that is shown."""
        if self.by_group:
            self.groups.focus_first()
        else:
            self.table.focus()
