"""What use costs in any country, the whole tariff sheet, and facts of the network."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from app.i18n import _, mark
from app.operations.tariffs import CountryTariff, PlaceRow, TariffSheet
from app.screens.area import attempt, desk_of
from app.screens.info.words import country_lines, sheet_lines
from app.screens.panel import Panel
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import MemorySource
from app.widgets.text_input import TextInput


class CountryField(TextInput):
    """While it is empty the keys of the areas stay keys; calling codes can be typed with a plus."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return bool(self.value or not key.isdigit()) and super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Leave a digit to the screen, as a key with Alt."""
        super().on_key(event)
        if not self.value and event.key.isdigit():
            event.prevent_default()


class Prices(Horizontal):
    """A field, the countries that fit, and the prices of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "type", mark("Country"), id="info.type"),
        Binding("t", "sheet", mark("Tariff sheet"), id="info.sheet"),
        Binding("escape", "back", mark("Clear"), id="info.back"),
        Binding("down", "to_list", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
    ]

    country = ""
    """Code of the country whose prices show; empty: the whole sheet."""

    def compose(self) -> ComposeResult:
        with Vertical(id="info-left"):
            yield Static(Content(_("Country, code or number")), classes="quiet", markup=False)
            yield CountryField(id="info-text")
            places = LineTable(
                [Column(_("Country"), 14, flex=1), Column(_("Class"), 14, shown_from=32)],
                id="info-places",
            )
            places.lacks = ONLY_LOOK | {"leaf"}  # the pages are those of the prices
            yield places
        with VerticalScroll(id="info-right"):
            yield Panel(_("Tariff"), id="info-facts")

    async def renew(self) -> None:
        """Read again what is shown."""
        if not self.query_one("#info-text", Input).value:
            await self.list_places("")
        if self.country:
            await self.show_country(self.country)
        else:
            await self.show_sheet()

    @on(Input.Changed, "#info-text")
    def look(self, event: Input.Changed) -> None:
        """Search again for each change."""
        self.refresh_bindings()
        self.search(event.value)

    @work(exclusive=True, group="places")
    async def search(self, text: str) -> None:
        """Ask the desk; an older answer never overwrites a newer one."""
        if not await self.list_places(text):
            await self.show_sheet()

    async def list_places(self, text: str) -> int:
        """The countries that fit what was typed; how many."""
        found: list[PlaceRow] = await attempt(self, "tariffs.search", text=text) or []
        rows = [(row.name, row.zone_name) for row in found]
        table = self.query_one("#info-places", LineTable)
        table.empty = _("No country fits.") if text.strip() else _("Type a country.")
        table.show(MemorySource(rows, [row.code for row in found]))
        return len(rows)

    @on(LineTable.RowHighlighted, "#info-places")
    @work(exclusive=True, group="country")
    async def country_highlighted(self, event: LineTable.RowHighlighted) -> None:
        """The cursor came to a country."""
        await self.show_country(str(event.key))

    @on(Input.Submitted, "#info-text")
    def action_to_list(self) -> None:
        """Enter or down in the field goes to the countries."""
        self.query_one("#info-places", LineTable).focus()

    async def show_country(self, code: str) -> None:
        """Zone, prices and covering bundles of a country."""
        self.country = code
        tariff: CountryTariff | None = await attempt(self, "tariffs.country", code=code)
        if tariff is not None:
            panel = self.query_one("#info-facts", Panel)
            panel.border_title = Content(tariff.name)
            panel.show(country_lines(tariff))

    async def show_sheet(self) -> None:
        """The whole valid sheet."""
        self.country = ""
        sheet: TariffSheet | None = await attempt(self, "tariffs.sheet")
        if sheet is not None:
            panel = self.query_one("#info-facts", Panel)
            panel.border_title = Content(_("Usage costs and country classification"))
            panel.show(sheet_lines(sheet))

    async def open_target(self, kind: str, number: int) -> None:
        """A country by its number, or the sheet."""
        content = desk_of(self).content
        if kind == "place" and content is not None:
            self.query_one("#info-text", Input).value = content.places.code(number)
            self.query_one("#info-places", LineTable).focus()
        elif kind == "sheet":
            await self.show_sheet()
            self.query_one("#info-right").focus()

    def focus_first(self) -> None:
        """Into the field."""
        self.query_one("#info-text").focus()

    def action_type(self) -> None:
        """Go to the field."""
        self.focus_first()

    def action_leaf(self, pages: int) -> None:
        """From the field, the prices are read on without leaving it."""
        facts = self.query_one("#info-right")
        (facts.scroll_page_down if pages > 0 else facts.scroll_page_up)(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to clear only while a text stands in the field."""
        return action != "back" or bool(self.query_one("#info-text", Input).value)

    def action_back(self) -> None:
        """Empty the field: the whole sheet shows again."""
        field = self.query_one("#info-text", Input)
        field.value = ""
        field.focus()

    @work(exclusive=True, group="country")
    async def action_sheet(self) -> None:
        """Show the whole sheet."""
        await self.show_sheet()
        self.query_one("#info-right").focus()
