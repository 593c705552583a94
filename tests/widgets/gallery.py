"""A screen with every widget on it, for the tests of the widgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from app import units
from app.keymap import use_own_keys
from app.screens.foot import Foot
from app.unit_input import parse_money
from app.widgets.base_app import SafeApp
from app.widgets.columns import Column
from app.widgets.dialog import FormDialog
from app.widgets.form_field import FormField
from app.widgets.jump import JumpOverlay
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel
from app.widgets.meter import Meter
from app.widgets.notice import Notice
from app.widgets.plot import DailyPlot
from app.widgets.rows import MemorySource

SHEETS = [Path(__file__).resolve().parents[2] / name for name in ("first_screen.tcss", "styles.tcss")]
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


class LimitForm(FormDialog):
    def fields(self) -> list[FormField]:
        options = [("none", "None"), ("world", "World 2 GB")]
        return [
            FormField(
                "limit", "Cost limit", "50.00", hint="In euro, for a month.", check=parse_money, required=True
            ),
            FormField("bundle", "Bundle", options=options),
        ]


class Everything(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "limit", "Limit", id="test.limit"),
        Binding("ctrl+j", "jump", "Jump", show=False, id="test.jump"),
    ]

    def compose(self) -> ComposeResult:
        yield Notice("Line 0612345003 is blocked: its cost limit is reached. Press b to lift it.", "warning")
        yield Meter("Data in the EU", 8_300, 10_000, "8.3 of 10 GB")
        yield Meter("Cost limit", 5_000, 5_000, "€50.00 of €50.00")
        yield Meter("Voice", 200, 1000, "200 of 1,000 min")
        yield Meter("Home", 12, None, "12 GB")
        days = [n * n % 37 * 10**8 for n in range(1, 31)]
        labels = [f"{n} Nov" for n in range(1, 31)]
        yield DailyPlot("Data by day", days, labels, lambda value: units.volume(value, "en"), 3)
        yield ListPanel("Lines", LineTable(COLUMNS, MemorySource(ROWS, [row[0] for row in ROWS])))
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(LineTable).focus()

    def action_limit(self) -> None:
        self.app.push_screen(LimitForm("Cost limit of 0612345000"))

    def action_jump(self) -> None:
        def chosen(widget: Widget | None) -> None:
            if widget is not None:
                widget.focus()

        self.app.push_screen(JumpOverlay(self), chosen)


class Gallery(SafeApp):
    CSS_PATH = SHEETS

    def __init__(self, keymap_file: Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.keymap_file = keymap_file
        self.keymap_problem = ""
        self.seen: list[object] = []

    def on_mount(self) -> None:
        if self.keymap_file is not None:
            self.keymap_problem = use_own_keys(self, self.keymap_file)
        self.push_screen(Everything())

    def on_paged_list_row_activated(self, message: LineTable.RowActivated) -> None:
        self.seen.append(message.key)

    def on_paged_list_export_requested(self, message: LineTable.ExportRequested) -> None:
        self.seen.append("export")
