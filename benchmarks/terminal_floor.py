"""The floor for `benchmarks.terminal`: plain Textual with its own table and field, animations off."""

from __future__ import annotations

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input


class Floor(App[None]):
    """The first thousand rows of the same database in a DataTable, a field of the same width below it."""

    CSS = "DataTable { height: 1fr; } Input { width: 30; }"

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")
        yield Input()

    def on_mount(self) -> None:
        self.animation_level = "none"
        table = self.query_one(DataTable)
        table.add_columns("Invoice", "Date", "Customer", "Number", "Plan", "Volume", "Amount", "State")
        database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
        table.add_rows(
            database.execute(
                "SELECT id, issued, customer, number, plan, volume, amount, state FROM invoice LIMIT 1000"
            )
        )


if __name__ == "__main__":
    Floor().run()
