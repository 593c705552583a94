"""The program that `benchmarks.terminal` drives: a list out of SQLite, and a text field."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from textual.app import ComposeResult

from app.widgets.base_app import SafeApp
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.rows import Ask, Key, Page
from app.widgets.text_input import TextInput

HOME = Path(__file__).resolve().parent.parent
COLUMNS = [
    Column("Invoice", 8, align="right"),
    Column("Date", 10),
    Column("Customer", 20, flex=2),
    Column("Number", 12),
    Column("Plan", 12, flex=1),
    Column("Volume", 10, align="right"),
    Column("Amount", 10, align="right"),
    Column("State", 8, tone=lambda row: "warning" if row[7] == "open" else ""),
]
_FIELDS = "id, issued, customer, number, plan, volume, amount, state"


def make_database(path: Path, rows: int) -> None:
    """Write `rows` invoices into a new SQLite file."""
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE invoice (id INTEGER PRIMARY KEY, issued TEXT, customer TEXT, number TEXT,"
            " plan TEXT, volume TEXT, amount TEXT, state TEXT) STRICT"
        )
        database.executemany(
            "INSERT INTO invoice VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    n,
                    f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}",
                    f"Customer {n * 7919 % 100_003}",
                    f"31612{n % 1_000_000:06}",
                    "Mobile Plus",
                    f"{n % 900} MB",
                    f"{n % 500}.{n % 100:02}",
                    "open" if n % 17 == 0 else "paid",
                )
                for n in range(1, rows + 1)
            ),
        )


class Invoices:
    """Rows by key from the database; the primary key is the order."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def fetch(self, ask: Ask) -> Page:
        backwards = ask.backwards or ask.before is not None
        where, key = "1 OR :key", 0
        if ask.after is not None:
            where, key = "id > :key", ask.after
        elif ask.before is not None:
            where, key = "id < :key", ask.before
        order = "DESC" if backwards else "ASC"
        sql = f"SELECT {_FIELDS} FROM invoice WHERE {where} ORDER BY id {order} LIMIT :limit OFFSET :skip"
        rows = self.database.execute(sql, {"key": key, "limit": ask.limit, "skip": ask.skip}).fetchall()
        if backwards:
            rows.reverse()
        return Page(rows, [row[0] for row in rows])

    def count(self, text: str) -> int:
        return int(self.database.execute("SELECT count(*) FROM invoice").fetchone()[0])

    def position(self, key: Key, text: str) -> int | None:
        return int(self.database.execute("SELECT count(*) FROM invoice WHERE id < ?", (key,)).fetchone()[0])


class Listing(SafeApp):
    """A field of 30 columns above the list."""

    CSS_PATH = [HOME / "first_screen.tcss", HOME / "styles.tcss"]
    CSS = "Input { width: 30; }"

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__()
        self.invoices = Invoices(database)

    def compose(self) -> ComposeResult:
        yield LineTable(COLUMNS, self.invoices)
        yield TextInput()


if __name__ == "__main__":
    raise SystemExit(Listing(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)).run())
