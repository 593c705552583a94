"""A screen with every widget on it, for the tests of the widgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from textual.app import ComposeResult
from textual.screen import Screen

from app import units
from app.commands import REGISTRY, Command, Commanded, bindings, register
from app.screens.base import CommandApp
from app.unit_input import parse_money
from app.widgets.columns import Column
from app.widgets.dialog import FormDialog
from app.widgets.form_field import FormField
from app.widgets.header import Header
from app.widgets.key_bar import KeyBar
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel
from app.widgets.meter import Meter
from app.widgets.notice import Notice
from app.widgets.plot import DailyPlot
from app.widgets.rows import MemorySource

SHEET = Path(__file__).resolve().parents[2] / "styles.tcss"
COLUMNS = [
    Column("Number", 12),
    Column("User", 14, flex=1),
    Column("Used", 9, align="right"),
    Column("State", 8, tone=lambda row: "error" if row[3] == "blocked" else "success"),
    Column("Group", 12, flex=1, shown_from=100),
]
ROWS = [
    (
        f"0612345{n:03}",
        f"Person {n}",
        units.volume(n * 77_000_000, "en"),
        "blocked" if n % 7 == 3 else "active",
        "Sales",
    )
    for n in range(300)
]


AREA_TITLES = [
    (id.removeprefix("area."), command.title) for id, command in REGISTRY.items() if id.startswith("area.")
]
if "test.limit" not in REGISTRY:
    register(
        Command("test.limit", "l", "Limit", "Set the cost limit.", "Lines"),
        Command(
            "test.lift", "b", "Lift block", "Lift it.", "Lines", lambda _node: "This line is not blocked."
        ),
    )


class LimitForm(FormDialog):
    def fields(self) -> list[FormField]:
        options = [("none", "None"), ("world", "World 2 GB")]
        return [
            FormField(
                "limit", "Cost limit", "50.00", hint="In euro, for a month.", check=parse_money, required=True
            ),
            FormField("bundle", "Bundle", options=options),
        ]


class Everything(Screen[None], Commanded):
    BINDINGS = bindings("test.limit", "test.lift", "portal.help")

    def compose(self) -> ComposeResult:
        yield Header("Noordkade", AREA_TITLES)
        yield Notice("Line 0612345003 is blocked: its cost limit is reached. Press b to lift it.", "warning")
        yield Meter("Data in the EU", 8_300, 10_000, "8.3 of 10 GB")
        yield Meter("Cost limit", 5_000, 5_000, "€50.00 of €50.00")
        yield Meter("Voice", 200, 1000, "200 of 1,000 min")
        yield Meter("Home", 12, None, "12 GB")
        days = [n * n % 37 * 10**8 for n in range(1, 31)]
        labels = [f"{n} Nov" for n in range(1, 31)]
        yield DailyPlot("Data by day", days, labels, lambda value: units.volume(value, "en"), 3)
        yield ListPanel("Lines", LineTable(COLUMNS, MemorySource(ROWS, [row[0] for row in ROWS])))
        yield KeyBar(cast(CommandApp, self.app).hints)

    def on_mount(self) -> None:
        self.query_one(Header).show(active="my_products", service="Mobile", person="J. de Vries")
        self.query_one(LineTable).focus()

    def do_test_limit(self) -> None:
        self.app.push_screen(LimitForm("Cost limit of 0612345000"))

    def do_test_lift(self) -> None:
        raise AssertionError("a command that is not possible was carried out")

    def do_portal_help(self) -> None:
        self.app.bell()


class Gallery(CommandApp):
    CSS_PATH = SHEET

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.seen: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(Everything())

    def do_portal_palette(self) -> None:
        self.seen.append("palette")

    def on_paged_list_row_activated(self, message: LineTable.RowActivated) -> None:
        self.seen.append(message.key)

    def on_paged_list_export_requested(self, message: LineTable.ExportRequested) -> None:
        self.seen.append("export")
