"""What something costs, shown before it is ordered; accepting books exactly this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app import units
from app.i18n import _
from app.screens.area import attempt
from app.screens.info.sheet_dialog import show_sheet
from app.screens.my_products.changes import save, say
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Dialog

if TYPE_CHECKING:
    from app.operations.core.quoting import Quote


class QuoteDialog(Dialog):
    """Positions, sums and notes of a quote. Answers with "accept"."""

    def __init__(self, title: str, quote: Quote) -> None:
        super().__init__(title)
        self.quote = quote

    def body(self) -> Iterable[Widget]:
        columns = [
            Column(_("Price, net of VAT"), 20, flex=1),
            Column(_("Once"), 7, align="right"),
            Column(_("A month"), 8, align="right"),
            Column(_("Each used"), 9, align="right"),
        ]
        table = FactList(columns, id="quote-lines")
        table.styles.height = len(self.rows()) + 1
        yield table
        for note in self.quote.notes:
            yield Label(Content(safe(note)), classes="dialog-text quote-note")

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Positions, and their sums when there is more than one."""
        rows = [
            (
                line.text,
                units.money(line.once_cents) if line.once_cents else "–",
                units.money(line.monthly_cents) if line.monthly_cents else "–",
                units.money_micro(line.per_use_micro) if line.per_use_micro else "–",
            )
            for line in self.quote.lines
        ]
        if len(rows) > 1:
            quote = self.quote
            sums = (units.money(quote.once_cents), units.money(quote.monthly_cents))
            rows.append((_("Together"), *sums, ""))
        return rows

    def actions(self) -> Sequence[Action]:
        return [
            Action("accept", _("Accept"), "primary", "y"),
            Action("tariff", _("Tariff sheet"), key="t"),
            Action("cancel", _("Leave it"), key="n"),
        ]

    async def on_action(self, id: str) -> None:
        """The sheet that the prices come from is one key away."""
        if id == "tariff":
            await show_sheet(self)
        else:
            await super().on_action(id)

    def on_mount(self) -> None:
        self.query_one(FactList).set_rows(self.rows())
        self.query_one("#accept").focus()


async def ask_and_accept(widget: Widget, title: str, name: str, **arguments: Any) -> bool:
    """Ask for a quote, show it and book it when it is accepted. To be awaited in a worker, for it asks."""
    quote = await attempt(widget, name, **arguments)
    return quote is not None and await accept_quote(widget, title, quote)


async def accept_quote(widget: Widget, title: str, quote: Quote) -> bool:
    """Show a quote and book it when it is accepted. To be awaited in a worker, for it asks."""
    if await widget.app.push_screen_wait(QuoteDialog(title, quote)) != "accept":
        return False
    booked = await save(widget, "quotes.accept", quote_id=quote.id)
    if booked is None:
        return False
    say(widget, booked.text)
    return True
