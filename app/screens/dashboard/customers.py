"""The customers, for staff who have not opened one."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from app.i18n import _, mark
from app.operations.accounts import AccountRow
from app.screens.area import desk_of
from app.screens.choices import CustomerChosen
from app.screens.my_products.export import export_list
from app.screens.paging import OperationSource
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel

BEHIND_ALL = "\U0010ffff,0"
"""A key after every name."""


class Customers(Vertical):
    """A list with a filter; enter on a customer asks who is calling."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new_customer", mark("New customer"), id="customers.new"),
        Binding("o", "orders", mark("Orders"), id="customers.orders"),
        Binding("c", "cases", mark("Cases"), id="customers.cases"),
        Binding("l", "lost_login", mark("Lost login"), id="customers.lost_login"),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.source: OperationSource | None = None

    def compose(self) -> ComposeResult:
        table = LineTable(
            [
                Column(_("Number"), 10),
                Column(_("Name"), 28, flex=1),
            ],
            empty=_("No customers yet: loket usage import FILE --provision makes them."),
        )
        yield ListPanel(_("Customers"), table)

    @on(LineTable.ExportRequested)
    @work(exclusive=True, group="export")
    async def export(self, event: LineTable.ExportRequested) -> None:
        """All customers, or those that the filter leaves, as a file."""
        event.stop()
        await export_list(self, "accounts.page", _("Customers"), text=event.table.rows.text)

    async def renew(self) -> None:
        """Read the list, or read it again."""
        table = self.query_one(LineTable)
        if self.source is not None:
            await self.source.refresh(table)
            return
        self.source = OperationSource(
            desk_of(self).do,
            "accounts.page",
            self.cells,
            end_key=BEHIND_ALL,
            count_name="accounts.count",
            text_name="text",
        )
        await self.source.open(table)

    def cells(self, row: AccountRow) -> tuple[object, ...]:
        """One customer."""
        return row.number, row.name

    @work(exclusive=True, group="dialog")
    async def action_new_customer(self) -> None:
        """Enter a new customer with what was ordered."""
        from app.screens.helpdesk.new_customer import enter_customer

        if await enter_customer(self):
            await self.renew()

    @work(exclusive=True, group="dialog")
    async def action_orders(self) -> None:
        """What customers ordered, and whether its mails came."""
        from app.screens.helpdesk.orders import Orders

        await self.app.push_screen_wait(Orders())

    @on(LineTable.RowActivated)
    def choose(self, event: LineTable.RowActivated) -> None:
        """Enter or a double click."""
        event.stop()
        self.post_message(CustomerChosen(int(str(event.key))))

    @work(exclusive=True, group="cases")
    async def action_cases(self) -> None:
        """The queue of cases that wait for a second pair of eyes."""
        from app.screens.helpdesk.case_queue import CaseQueue

        await self.app.push_screen_wait(CaseQueue())

    @work(exclusive=True, group="cases")
    async def action_lost_login(self) -> None:
        """Somebody of the customer under the cursor cannot get in and cannot be verified on a call."""
        key = self.query_one(LineTable).key
        if key is not None:
            from app.screens.helpdesk.lost_login import open_lost_login

            await open_lost_login(self, int(str(key)))

    def focus_table(self) -> None:
        """Put the cursor in the list."""
        self.query_one(LineTable).focus()
