"""The valid tariff sheet over whatever led to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Static

from app.i18n import _
from app.operations.tariffs import TariffSheet
from app.screens.area import attempt
from app.screens.info.words import sheet_lines
from app.widgets.dialog import Action, Dialog


class SheetDialog(Dialog):
    """Usage costs and country classification."""

    def __init__(self, sheet: TariffSheet) -> None:
        super().__init__(_("Usage costs and country classification"))
        self.sheet = sheet

    def body(self) -> Iterable[Widget]:
        yield Static(sheet_lines(self.sheet), classes="dialog-text", markup=False)

    def on_mount(self) -> None:
        body = self.query_one(".dialog-body")
        body.can_focus = True  # the sheet is long: arrows and page keys scroll it
        body.focus()

    def actions(self) -> Sequence[Action]:
        return [Action("close", _("Close"), "primary")]


async def show_sheet(widget: Widget) -> None:
    """Read the sheet that is valid now and show it."""
    sheet: TariffSheet | None = await attempt(widget, "tariffs.sheet")
    if sheet is not None:
        await widget.app.push_screen(SheetDialog(sheet))
