"""How to pay: by transfer, with a picture that the apps of banks read (EPC069-12, SEPA credit transfer)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from textual.widget import Widget

from app import units
from app.i18n import _
from app.operations.payments import Payment
from app.screens.area import attempt
from app.screens.my_data.invoice_view import grouped
from app.screens.picture_screen import PictureScreen

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


class PayScreen(PictureScreen):
    """The transfer of one payment."""

    def __init__(self, payment: Payment) -> None:
        super().__init__()
        self.payment = payment

    def code(self) -> QRCode | None:
        return transfer(self.payment)

    def heading(self) -> str:
        amount = units.money(self.payment.cents, currency=self.payment.currency)
        return _("Pay {amount}").format(amount=amount)

    def what_to_do(self, picture: bool) -> str:
        if picture:
            return _("Scan the picture with your bank's app, or transfer the amount:")
        return _("Transfer the amount:")

    def facts(self) -> list[tuple[str, str]]:
        return [
            (_("To"), self.payment.holder),
            (_("IBAN"), grouped(self.payment.iban)),
            (_("Reference"), grouped(self.payment.reference)),
        ]

    def what_then(self) -> str:
        return _("It shows as paid here once the bank has told us.")
