"""Groups of lines: what their pools hold, have used and are heading for."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from app.i18n import _
from app.screens.area import attempt, desk_of
from app.screens.my_products.fact_list import FactList
from app.screens.my_products.forecast_text import forecast_text
from app.screens.my_products.line_rows import group_cells, group_columns


class GroupsView(Vertical):
    """A row for each pool; the forecast of the group under the cursor below the list."""

    @dataclass
    class Opened(Message):
        """A group was chosen: its lines are wanted."""

        group_id: int
        name: str

    def __init__(self) -> None:
        super().__init__(id="groups")
        self.names: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        yield FactList(group_columns(), id="groups-table", empty=_("No lines share a bundle yet."))
        yield Static("", id="group-forecast")

    async def refresh_data(self) -> int:
        """Read the groups again; how many there are. The cursor stays where it is."""
        groups = await attempt(self, "lines.groups")
        visit = desk_of(self).visit
        if groups is None or visit is None:
            return len(self.names)
        self.names = {group.id: group.name for group in groups}
        rows, keys = group_cells(groups, visit.zone)
        table = self.query_one(FactList)
        table.styles.height = max(len(rows), 2) + 1
        table.set_rows(rows, keys)
        self.show_forecast()
        return len(groups)

    @property
    def group_id(self) -> int | None:
        """The group under the cursor."""
        key = self.query_one(FactList).key
        return key[0] if isinstance(key, tuple) else None

    @on(FactList.RowActivated)
    def open_group(self) -> None:
        """Enter on a group."""
        group = self.group_id
        if group is not None:
            self.post_message(self.Opened(group, self.names.get(group, "")))

    @on(FactList.RowHighlighted)
    def moved(self) -> None:
        """The forecast follows the cursor."""
        self.show_forecast()

    @work(exclusive=True, group="forecast")
    async def show_forecast(self) -> None:
        """When the pools of the group will be used up."""
        group, visit = self.group_id, desk_of(self).visit
        rows = await attempt(self, "usage.forecast_group", group_id=group) if group is not None else []
        text = forecast_text(rows or [], visit.zone) if visit is not None else Content("")
        static = self.query_one("#group-forecast", Static)
        if static.content != text:
            static.update(text)

    def focus_first(self) -> None:
        """The list."""
        self.query_one(FactList).focus()
