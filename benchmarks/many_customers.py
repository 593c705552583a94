"""A database of many customers and lines for `benchmarks.search`; one customer has nine of ten lines."""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.store import Store
from app.store.schema import ensure_schema
from app.store.search.install import install, unwatch

LARGEST = 1
"""Id of the customer with nine of ten lines."""
BATCH = 50_000
FIRST = ["Jan", "Maria", "Johannes", "Anna", "Müller", "Daan", "Emma", "Sanne", "Jürgen", "Chloé"]
LAST = ["de Vries", "Jansen", "van den Berg", "Bakker", "de Jong", "Visser", "Smit", "Müller", "van Dijk"]
SYLLABLES = [one + other for one in "bdfghklmnprst" for other in "aeio"]
DEPARTMENTS = ["", "Sales", "Finance", "IT", "Support", "Logistics Noord", "Logistics Zuid", "HR"]
LINE = (
    "id, account_id, number, person, department, plan, kind, data_bundle, status, ordered_at, term_months, "
    "limit_cents, hard_limit, bars, bundles, bundle_cap, zero_lifted, usage_notice_bytes, "
    "roaming_notice_bytes, tell_usage, tell_border, tell_limit, wifi_calling, visual_voicemail, fixed_ip, "
    "last_place, version"
)
SETTINGS = (
    "'zakelijk-mobiel', 'voice_data', '6', 'active', 0, 24, 5000, 0, 0, 0, 10, 0, 0, 0, 1, 1, 1, 1, 0, '', "
    "-1, 1"
)
LOGIN = (
    "id, email, name, user_name, password_hash, language, staff_role, status, theme, failures, "
    "locked_until, version"
)


class Names:
    """Names as people have them: a few are common, thousands are rare."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.first = FIRST + [self.word(2, 3) for _ in range(3_000)]
        self.last = LAST + [self.surname() for _ in range(30_000)]
        self.weights = {len(names): list(self._sums(len(names))) for names in (self.first, self.last)}

    @staticmethod
    def _sums(size: int) -> Iterator[float]:
        total = 0.0
        for rank in range(size):
            total += 1 / (rank + 3)
            yield total

    def word(self, shortest: int, longest: int) -> str:
        """A made-up word of some syllables."""
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(shortest, longest))).title()

    def surname(self) -> str:
        """A made-up surname, some with a particle."""
        return self.random.choice(["", "", "", "", "van ", "de "]) + self.word(2, 4)

    def people(self, count: int) -> Iterator[str]:
        """So many people."""
        for start in range(0, count, BATCH):
            many = min(BATCH, count - start)
            first = self.random.choices(self.first, cum_weights=self.weights[len(self.first)], k=many)
            last = self.random.choices(self.last, cum_weights=self.weights[len(self.last)], k=many)
            yield from (f"{one} {other}" for one, other in zip(first, last, strict=True))


def number_of(line: int) -> str:
    """The number of a line."""
    return f"+316{10_000_000 + line * 83 % 89_999_999:08}"


def iccid_of(line: int) -> str:
    """The number of a line's SIM card."""
    return f"893144{line * 7_919_191 % 10**13:013}"


def build(store: Store, lines: int, customers: int) -> dict[str, float]:
    """Fill a new database; the seconds of its parts. The index is filled as an upgrade does it."""
    ensure_schema(store)
    names = Names(5)
    seconds = {}
    start = time.perf_counter()
    with store.transaction() as tx:
        unwatch(tx)
        _fill(tx.connection, names, lines, customers)
        seconds["tables"] = time.perf_counter() - start
        told("filling the index")
        start = time.perf_counter()
        install(tx)
    seconds["index"] = time.perf_counter() - start
    return seconds


def _fill(connection: sqlite3.Connection, names: Names, lines: int, customers: int) -> None:
    accounts = (
        (key, f"{100_000 + key}", f"{person.split()[-1]} {names.word(3, 3)} B.V.")
        for key, person in enumerate(names.people(customers), 1)
    )
    _insert(connection, "account (id, number, name, kind, language, status, created_at, version)",
            "?, ?, ?, 'company', 'nl', 'active', 0, 1", accounts)  # fmt: skip
    rows = (
        (key, LARGEST if key % 10 else key // 10 % customers + 1, number_of(key), person,
         names.random.choice(DEPARTMENTS))
        for key, person in enumerate(names.people(lines), 1)
    )  # fmt: skip
    _insert(connection, f"line ({LINE})", f"?, ?, ?, ?, ?, {SETTINGS}", rows)
    cards = ((key, iccid_of(key)) for key in range(1, lines + 1))
    _insert(connection, "sim (line_id, iccid, kind, role, status, label)",
            "?, ?, 'physical', 'main', 'active', ''", cards)  # fmt: skip
    people = (
        (key, f"{person.lower().replace(' ', '.')}.{key}@example.org", person, f"user{key}")
        for key, person in enumerate(names.people(customers), 1)
    )
    _insert(connection, f"login ({LOGIN})", "?, ?, ?, ?, '', 'nl', '', 'active', '', 0, 0, 1", people)
    _insert(connection, "membership (login_id, account_id, role)", "?, ?, 'admin'",
            ((key, key) for key in range(1, customers + 1)))  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, slots: str, rows: Iterator[tuple[Any, ...]]) -> None:
    done = 0
    while batch := list(islice(rows, BATCH)):
        connection.executemany(f"INSERT INTO {table} VALUES ({slots})", batch)
        done += len(batch)
        told(f"{table.split()[0]}: {done:,}")


def told(text: str) -> None:
    """Progress, for who waits."""
    print(text, file=sys.stderr, flush=True)
