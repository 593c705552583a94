"""What customers ordered: deliver it, send its mails again, and what to do when they do not come."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from app import units
from app.i18n import _, mark
from app.operations.customers import OrderRow
from app.screens.area import attempt, desk_of
from app.screens.paging import OperationSource
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Confirm
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK


class Orders(ModalScreen[None]):
    """All orders, the newest first; under them the advice for the chosen one."""

    DEFAULT_CSS = """
    #orders { width: 100; height: 90%; & LineTable { height: 1fr; background: $surface; } }
    #order-advice { height: auto; max-height: 6; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close"), id="orders.close"),
        Binding("D", "deliver", mark("Delivered"), id="orders.deliver"),
        Binding("S", "send_again", mark("Send the mails again"), id="orders.send_again"),
        Binding("X", "withdraw", mark("Withdraw"), id="orders.withdraw"),
        Binding("w", "turn", mark("All, or those that wait"), id="orders.waiting"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, OrderRow] = {}
        self.waiting = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="orders") as box:
            box.border_title = Content(_("Orders"))
            table = LineTable(
                [
                    Column(_("Ordered"), 17),
                    Column(_("Number"), 7),
                    Column(_("Customer"), 14, flex=2),
                    Column(_("Product"), 10, flex=1),
                    Column(_("State"), 10),
                ],
                empty=_("No orders."),
            )
            table.lacks = ONLY_LOOK
            yield table
            yield Static("", id="order-advice", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(_("Delivered") + " D"), id="order-deliver", compact=True)
                yield Button(Content(_("Send the mails again") + " S"), id="order-send", compact=True)
                yield Button(Content(_("Withdraw") + " X"), id="order-withdraw", compact=True)
                yield Button(Content(_("Close") + " esc"), id="order-close", compact=True)

    async def on_mount(self) -> None:
        await self.read()
        self.query_one(LineTable).focus()

    async def read(self) -> None:
        """Read the list."""
        self.query_one("#order-advice", Static).update("")
        source = OperationSource(
            desk_of(self).do, "customers.orders", self.cells, end_key="0", waiting=self.waiting
        )
        await source.open(self.query_one(LineTable))
        self.show_advice()

    def cells(self, row: OrderRow) -> tuple[object, ...]:
        """One order; kept, to show its advice."""
        self.rows[row.id] = row
        content = desk_of(self).content
        when = units.instant(row.ordered_at, content.operator.time_zone if content else "UTC")
        return when, row.number, row.name, row.product, state_of(row)

    @property
    def chosen(self) -> OrderRow | None:
        """The order under the cursor."""
        key = self.query_one(LineTable).key
        return None if key is None else self.rows.get(int(str(key)))

    @on(LineTable.RowHighlighted)
    def show_advice(self) -> None:
        """What to do about the chosen order, where something is to do."""
        row = self.chosen
        advice = row.advice if row is not None else ""
        said = Content.styled("⚠ " + safe(advice), "$text-warning") if advice else Content("")
        self.query_one("#order-advice", Static).update(said)

    @work(exclusive=True)
    async def action_deliver(self) -> None:
        """Say that the order is delivered; its mails leave."""
        row = self.chosen
        if row is None:
            return
        question = Confirm(
            _("Is it delivered: {product}?").format(product=row.product),
            _("User name, password code and installation leave by mail, in this order."),
            yes=_("Delivered"),
            no=_("Not yet"),
        )
        if await self.app.push_screen_wait(question):
            await self.carry_out("customers.provision", row)

    @work(exclusive=True)
    async def action_send_again(self) -> None:
        """Send the mails again; an earlier code is void."""
        row = self.chosen
        if row is None:
            return
        question = Confirm(
            _("Send the mails again?"),
            _("A password code that was sent before no longer works."),
            yes=_("Send"),
            no=_("Cancel"),
        )
        if await self.app.push_screen_wait(question):
            await self.carry_out("customers.resend", row)

    @work(exclusive=True)
    async def action_withdraw(self) -> None:
        """Take back an order that is not delivered."""
        row = self.chosen
        if row is None:
            return
        question = Confirm(
            _("Withdraw the order: {product}?").format(product=row.product),
            _("It will not be delivered. The customer is told by mail."),
            yes=_("Withdraw"),
            no=_("Keep"),
            danger=True,
        )
        if await self.app.push_screen_wait(question):
            await self.carry_out("customers.withdraw", row)

    async def carry_out(self, name: str, row: OrderRow) -> None:
        """Do it, say so, and read the list again."""
        if await attempt(self, name, order_id=row.id) is not None:
            said = _("The mails for {customer} leave now.").format(customer=row.name)
            self.app.notify(safe(said), markup=False)
            await self.read()

    @work(exclusive=True)
    async def action_turn(self) -> None:
        """All orders, or those whose customer cannot sign in yet."""
        self.waiting = not self.waiting
        title = _("Orders that wait") if self.waiting else _("Orders")
        self.query_one("#orders").border_title = Content(title)
        await self.read()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The keys, by mouse."""
        event.stop()
        actions = {
            "order-deliver": self.action_deliver,
            "order-send": self.action_send_again,
            "order-withdraw": self.action_withdraw,
        }
        actions.get(event.button.id or "", self.action_close)()

    def action_close(self) -> None:
        """Back to the start page."""
        self.dismiss()


def state_of(row: OrderRow) -> str:
    """How far an order is, in the reader's language."""
    if row.status == "ordered":
        return _("ordered")
    if row.status == "withdrawn":
        return _("withdrawn")
    return _("in use") if row.has_password else _("delivered")
