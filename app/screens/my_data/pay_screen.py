"""How to pay: by transfer, with a picture that the apps of banks read (EPC069-12, SEPA credit transfer)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Label, Static

from app import units
from app.i18n import _
from app.operations.payments import Payment
from app.screens.area import attempt
from app.screens.my_data.invoice_view import grouped
from app.text import safe
from app.widgets.qr import Qr, best_quiet

if TYPE_CHECKING:
    from segno import QRCode


async def pay(widget: Widget, invoice_id: int | None = None) -> None:
    """Show how to pay an invoice, or all that is owed; to be awaited in a worker."""
    payment: Payment | None = await attempt(widget, "payments.how", invoice_id=invoice_id)
    if payment is not None:
        await widget.app.push_screen_wait(PayScreen(payment))


def transfer(payment: Payment) -> QRCode | None:
    """The transfer as a code; None: there is none for this currency."""
    if payment.currency != "EUR":
        return None
    from segno.helpers import make_epc_qr

    amount = Decimal(payment.cents).scaleb(-2)
    return make_epc_qr(payment.holder, payment.iban, amount, reference=payment.reference)


class PayScreen(ModalScreen[None]):
    """The picture, and the same in words for who types it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, payment: Payment) -> None:
        super().__init__()
        self.payment = payment

    def compose(self) -> ComposeResult:
        code = transfer(self.payment)
        quiet = best_quiet(code, self.app.size.height) if code is not None else None
        with Horizontal(id="pay"):
            if code is not None and quiet is not None:
                yield Qr(code, quiet)
            with Vertical(id="pay-words"):
                amount = units.money(self.payment.cents, currency=self.payment.currency)
                yield Label(Content(_("Pay {amount}").format(amount=amount)), classes="dialog-title")
                yield Static(self.what_to_do(quiet is not None), id="pay-do", markup=False)
                for name, value in self.facts():
                    yield Static(
                        Content.assemble((f"{name}\n", "$text-quiet"), safe(value)), classes="pay-fact"
                    )
                yield Static(self.what_then(), id="pay-then", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button(Content(_("Close")), id="close", variant="primary", compact=True)

    @staticmethod
    def what_to_do(picture: bool) -> str:
        """With the picture, or without it."""
        if picture:
            return _("Scan the picture with your bank's app, or transfer the amount:")
        return _("Transfer the amount:")

    @staticmethod
    def what_then() -> str:
        """What the person sees of it, and when."""
        return _("It shows as paid here once the bank has told us.")

    def facts(self) -> list[tuple[str, str]]:
        """What is typed into a transfer."""
        return [
            (_("To"), self.payment.holder),
            (_("IBAN"), grouped(self.payment.iban)),
            (_("Reference"), grouped(self.payment.reference)),
        ]

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Done."""
        event.stop()
        self.dismiss()

    def action_leave(self) -> None:
        self.dismiss()
