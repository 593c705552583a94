"""How fast a month is rated: interpreted, compiled, by plain SQL in DuckDB, and merely read.

Run alone with `python -m benchmarks.rating [records]`. Times are processor time of one core, so that what
else the machine does at the time counts little.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from app.content.reference_files import read_places
from app.content.tariffs import Tariffs, load_tariffs
from app.rating import batch
from app.rating.closing import Member, close_pools
from app.rating.records import LineTerms, State, Usage
from app.rating.replay import replay
from app.settings import shipped_content

MONTH = 202611
FIRST = 1_793_487_600
RECORDS = 10_000_000
PER_LINE = 100
POOL = 20
GIGABYTE = 10**9
PLAN = "zakelijk-mobiel"


def run(records: int = RECORDS) -> list[dict[str, Any]]:
    """Rows of name, value, unit, and what stands beside it; all in one run on one core."""
    places = read_places(shipped_content() / "reference", [])
    tariffs = load_tariffs(shipped_content(), places)
    usage, lines, states = month(records, places)
    records = len(usage)
    rows: list[dict[str, Any]] = []
    read = best(lambda: sum(int(usage[name].sum()) for name in batch.USAGE.names or ()))
    rows.append(row("records read (sum of all columns, NumPy)", records / read))
    compiled, out, pools, after = rate_compiled(usage, lines, states, tariffs)
    rows.append(row("records rated, compiled", records / compiled, target=10_000_000, floor=records / read))
    rows[-1]["ok"] = records / compiled >= 10_000_000
    few = min(len(usage), 100_000)
    rows.append(
        row("records rated, interpreted", few / rate_interpreted(usage[:few], lines, states, tariffs))
    )
    sql = price_in_duckdb(usage, lines, tariffs, places)
    rows.append(row("records priced by SQL in DuckDB, one thread, no state", records / sql))
    rows.append(row("compiled beside DuckDB", sql / compiled, "times"))
    rows.append(row("compiled beside reading", compiled / read, "times"))
    rows.append(close_month(usage, lines, states, tariffs))
    assert out["status"].min() > 0
    assert pools.sum() == after["data_home_eu"][lines["unlimited"] == 0].sum()
    return rows


def row(name: str, value: float, unit: str = "records/s", **beside: float) -> dict[str, Any]:
    """One row of the table."""
    return {"name": name, "value": round(value, 2), "unit": unit, **beside}


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of a few runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def month(records: int, places: Any) -> tuple[Any, Any, Any]:
    """A month of a mobile operator, by line and time: 60 % data, 30 % calls, 10 % messages, 15 % abroad."""
    random = np.random.default_rng(7)
    count = records // PER_LINE
    usage = np.zeros(records, batch.USAGE)
    usage["line"] = np.arange(records) // PER_LINE
    seconds = np.sort(random.integers(0, 30 * 86_400, (count, PER_LINE), np.int64), axis=1)
    usage["start"] = FIRST + seconds.ravel()
    usage["tie"] = random.integers(0, 2**62, records)
    usage["legs"] = 1
    draw = random.random(records)
    usage["kind"] = np.where(draw < 0.6, 3, np.where(draw < 0.9, 1, 2))
    volumes = [random.integers(0, 200_000_000, records), random.integers(0, 900, records), 1]
    usage["volume"] = np.select([usage["kind"] == 3, usage["kind"] == 1], volumes[:2], volumes[2])
    abroad = np.array([places.index(code) for code in ("DE", "FR", "BE", "GB", "US", "CH", "JP", "ZA")])
    travels = random.random(records) < 0.15
    usage["place"] = np.where(travels, abroad[random.integers(0, len(abroad), records)], places.index("NL"))
    numbers = [31612345678, 31201234567, 31881234567, 4915112345678, 447700900123, 12025550123, 31900123]
    called = np.array(numbers)[random.integers(0, len(numbers), records)]
    usage["number"] = np.where(usage["kind"] == 3, 0, called)
    usage["direction"] = (usage["kind"] != 3) & (random.random(records) < 0.4)
    terms = LineTerms(allowance=6 * GIGABYTE)
    lines = np.repeat(batch.line_array([terms]), count)
    lines["pool"] = np.arange(count) // POOL
    lines["unlimited"] = np.arange(count) % 17 == 0
    states = np.repeat(batch.state_array([State(usage_notice=5 * GIGABYTE, roaming_notice=GIGABYTE)]), count)
    states["bundles"] = np.array([0, 1, 3, 8])[np.arange(count) % 4]
    return batch.ordered(usage), lines, states


def rate_compiled(usage: Any, lines: Any, states: Any, tariffs: Tariffs) -> tuple[float, Any, Any, Any]:
    """Seconds for the month, once compiled; the ratings, the pools and the states after it."""
    tables = tariffs.tables(PLAN, MONTH)
    assert tables is not None
    compiled = batch.arrays(tables)
    out = np.zeros(len(usage), batch.RATING)
    out["status"] = 0
    with tempfile.TemporaryDirectory() as folder:
        batch.use_cache(Path(folder))
        batch.rate_batch(usage[:1], lines, states.copy(), compiled, out[:1])
        found = []
        for _ in range(3):
            after, pools = states.copy(), np.zeros(len(lines) // POOL + 1, np.int64)
            start = time.process_time()
            batch.rate_batch(usage, lines, after, compiled, out, pools)
            found.append(time.process_time() - start)
    return min(found), out, pools, after


def rate_interpreted(usage: Any, lines: Any, states: Any, tariffs: Tariffs) -> float:
    """Seconds for some records one by one, a new rating each, as the intake does it."""
    tables = tariffs.tables(PLAN, MONTH)
    assert tables is not None
    streams: dict[int, list[Usage]] = {}
    for values in usage.tolist():
        streams.setdefault(values[0], []).append(Usage(*values))
    terms = {line: LineTerms(*lines[line].tolist()) for line in streams}
    fresh = {line: State(bundles=int(states["bundles"][line])) for line in streams}
    start = time.process_time()
    for line, stream in streams.items():
        for _, rating in replay(stream, terms[line], fresh[line], tables):
            assert rating.status
    return time.process_time() - start


QUERY = """
select sum(case
    when kind = 3 and zone <= 1 then 0
    when kind = 3 then ((volume + 999) // 1000 * 1000 * price + 500000) // 1000000
    when kind = 1 and not included
        then connect + (volume + increment - 1) // increment * increment * price // unit
    when kind = 2 and not included then volume * price
    else 0 end)
from usage join zones using (place)
left join prices on prices.kind_ = kind and prices.zone_ = zone and prices.incoming = direction
    and usage.number_key between prices.first and prices.last
"""


def price_in_duckdb(usage: Any, lines: Any, tariffs: Tariffs, places: Any) -> float:
    """Seconds to price the same records by joins: zones and number ranges, one increment, no time bands.

    It knows no allowance, bundle, limit, block, bar or mark, so it does less than the rulebook.
    """
    import duckdb

    tables = tariffs.tables(PLAN, MONTH)
    assert tables is not None
    keys = np.where(usage["number"] > 0, usage["number"].astype(np.float64), 1)
    lengths = np.floor(np.log10(keys)).astype(np.int64) + 1
    padded = usage["number"] * 10 ** (15 - lengths) * 16 + np.where(usage["number"] > 0, lengths, 0)
    connection = duckdb.connect(config={"threads": 1})
    columns = {name: usage[name].copy() for name in ("kind", "volume", "place", "direction")}
    columns["number_key"] = padded
    connection.register("incoming_usage", columns)
    connection.execute("create table usage as select * from incoming_usage")
    connection.execute("create table zones (place bigint, zone bigint)")
    connection.executemany("insert into zones values (?, ?)", list(enumerate(map(int, tables.place_zone))))
    connection.execute(
        "create table prices (kind_ bigint, zone_ bigint, incoming bigint, first bigint, last bigint, "
        "included boolean, connect bigint, price bigint, unit bigint, increment bigint)"
    )
    connection.executemany("insert into prices values (?,?,?,?,?,?,?,?,?,?)", price_rows(tables))
    return best(lambda: connection.execute(QUERY).fetchall())


def price_rows(tables: Any) -> list[tuple[Any, ...]]:
    """The tariff as ranges: per kind, zone and direction; data has one range per zone."""
    rows: list[tuple[Any, ...]] = []
    for number, table in enumerate(tables.tables[:24]):
        kind, zone, incoming = number // 12 + 1, number // 2 % 6, number % 2
        intervals = list(tables.intervals[table.first : table.first + table.length])
        for interval, following in zip(intervals, [*intervals[1:], None], strict=True):
            if interval.rate < 0:
                continue
            rate = tables.rates[interval.rate]
            band = tables.bands[max(rate.band, 0)]
            step = tables.steps[band.first]
            last = following.start - 1 if following else 2**62
            price = (
                (0, 0, 1, 1)
                if rate.included
                else (
                    band.connect // rate.denominator,
                    step.price,
                    rate.denominator * step.increment,
                    step.increment,
                )
            )
            rows.append((kind, zone, incoming, interval.start, last, bool(rate.included), *price))
    rows += [(3, zone, 0, 0, 2**62, False, 0, tables.zones[zone].price, 1, 1) for zone in range(6)]
    return rows


def close_month(usage: Any, lines: Any, states: Any, tariffs: Tariffs) -> dict[str, Any]:
    """Seconds from records out of order to shares: sort, rate, strike each pool, split to the cent."""
    shuffled = usage[np.random.default_rng(3).permutation(len(usage))]
    tables = tariffs.tables(PLAN, MONTH)
    assert tables is not None
    start = time.process_time()
    stream = batch.ordered(shuffled)
    out = np.zeros(len(stream), batch.RATING)
    after = states.copy()
    batch.rate_batch(stream, lines, after, batch.arrays(tables), out)
    pools: dict[int, list[Member]] = {}
    columns = (lines["pool"], after["data_home_eu"], lines["allowance"], lines["unlimited"])
    members = zip(*(column.tolist() for column in columns), strict=True)
    for line, (pool, used, allowance, unlimited) in enumerate(members):
        pools.setdefault(pool, []).append(Member(line, used, allowance, bool(unlimited)))
    closed = close_pools(list(pools.values()), tables)
    seconds = time.process_time() - start
    assert all(sum(pool.shares.values()) == pool.cents for pool in closed)
    name = f"month closed: {len(lines):,} lines, {len(usage):,} records, from unsorted"
    return row(name, seconds, "s", target=60) | {"ok": seconds <= 60}


if __name__ == "__main__":
    print(date.today().isoformat())
    for found in run(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS):
        print(json.dumps(found))
