"""A month at once: the rulebook compiled by Numba over NumPy record arrays.

Import this module only where a whole month is rated; it needs the extra "batch". Column names and their
order are those of `app.rating.records`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

import numba
import numpy as np
from numba.extending import register_jitable

from app.rating import numbers, rulebook
from app.rating.records import (
    CLASSES,
    COUNTERS,
    PER_CLASS,
    RATING_COLUMNS,
    SETTINGS,
    TERMS_COLUMNS,
    USAGE_COLUMNS,
    LineTerms,
    State,
)
from app.rating.rule_cache import RULES, cache_folder
from app.rating.tables import NUMBERS, ROWS, TariffTables

Records = np.ndarray[Any, np.dtype[np.void]]

USAGE = np.dtype([(name, np.int64) for name in USAGE_COLUMNS])
TERMS = np.dtype([(name, np.int64) for name in TERMS_COLUMNS])
STATE = np.dtype(
    [(name, np.int64) for name in (*SETTINGS, *COUNTERS, "last_start", "last_tie")]
    + [(name, np.int64, (len(CLASSES),)) for name in PER_CLASS]
)
NARROW: dict[str, Any] = {
    "status": np.int8,
    "reason": np.int8,
    "zone": np.int8,
    "leaked": np.int8,
    "bundle_class": np.int8,
}
NARROW |= {"rate": np.int32, "crossings": np.int32, "bundle_first": np.int32, "bundle_count": np.int32}
RATING = np.dtype([(name, NARROW.get(name, np.int64)) for name in RATING_COLUMNS])
"""Small codes take small integers: writing ratings is a good part of the time."""

CONFIG: Any = numba.config

CAPACITY = {"place_zone": 512, "zones": 8, "classes": 4, "tables": 256, "intervals": 8192, "rates": 256}
CAPACITY |= {"bands": 512, "steps": 1024, "days": 4096, "segments": 8192, "special_days": 64, "offsets": 16}
"""Space for rows. The compiled code is made for one layout; a tariff that needs more doubles its space
and costs one more compilation."""


def arrays(tables: TariffTables) -> Any:
    """A compiled tariff as one NumPy record that holds all rows.

    Compiled functions pass a record as one pointer. Passed as a tuple of arrays, every call would copy
    a hundred words: that was fifteen times slower.
    """
    fields: list[Any] = [(name, np.int64) for name in NUMBERS]
    for name, space in CAPACITY.items():
        needed = len(getattr(tables, name))
        while space < needed:
            space *= 2
        row = [(column, np.int64) for column in ROWS[name]._fields] if name in ROWS else np.int64
        fields.append((name, row, (space,)))
    record = np.zeros(1, np.dtype(fields))
    for name in NUMBERS:
        record[name] = getattr(tables, name)
    for name in CAPACITY:
        rows = [tuple(row) if name in ROWS else row for row in getattr(tables, name)]
        record[name][0][: len(rows)] = np.array(rows, record[name].dtype)
    return record


def rate_batch(
    usage: Records, lines: Records, states: Records, tables: Any, out: Records, pools: Any = None
) -> None:
    """Rate a month: `usage` (USAGE) in the order of `ordered`, `usage.line` an index into both others.

    lines: TERMS, states: STATE and moved on; tables: from `arrays`; out: RATING, filled; pools: bytes
    drawn per pool (int64), added to. Raises IndexError if a line is not in `lines`.
    """
    if len(usage) and not (usage["line"].min() >= 0 and usage["line"].max() < len(lines)):
        raise IndexError("usage of a line that is not in lines")
    if len(states) != len(lines) or len(out) != len(usage):
        raise ValueError("lines and states, usage and out must have the same length")
    most = int(lines["pool"].max(initial=-1)) + 1
    if pools is None:
        pools = np.zeros(most, np.int64)
    if len(pools) < most:
        raise IndexError("a line in a pool that is not in pools")
    compiled()(usage, lines, states, tables, out, pools)


def ordered(usage: Records) -> Records:
    """Usage by line, start and tie, each record once, as the rulebook wants it."""
    order = np.lexsort((usage["tie"], usage["start"], usage["line"]))
    rows = usage[order]
    again = np.ones(len(rows), np.bool_)
    if len(rows):
        again[0] = False
        for name in ("line", "start", "tie"):
            again[1:] &= rows[name][1:] == rows[name][:-1]
        again[:1] = False
    return rows[~again] if again.any() else rows


def line_array(lines: list[LineTerms]) -> Records:
    """Terms of lines as an array."""
    return np.array([tuple(getattr(line, name) for name in TERMS_COLUMNS) for line in lines], TERMS)


def state_array(states: list[State]) -> Records:
    """States as an array; lists become sub-arrays."""
    names = STATE.names or ()
    return np.array([tuple(getattr(state, name) for name in names) for state in states], STATE)


def use_cache(folder: Path) -> None:
    """Keep compiled code in a folder. Call before the first `rate_batch`."""
    CONFIG.CACHE_DIR = str(cache_folder(folder))


@cache
def compiled() -> Callable[..., None]:
    """The loop over a month; compiled on first use, for the one set of types there is.

    `register_jitable` tells Numba to compile a plain function when compiled code calls it. So the rules
    stay plain functions, and no rule exists twice. They are small and call each other a lot: drawn into
    one loop, and without tests for divisors of 0 (the tariff's are at least 1), they are a tenth faster.
    """
    for module in RULES:
        for rule in vars(module).values():
            if callable(rule) and getattr(rule, "__module__", "") == module.__name__:
                register_jitable(forceinline=True, error_model="numpy")(rule)
    loop: Any = numba.njit(error_model="numpy", cache=bool(CONFIG.CACHE_DIR))(_rate_month)
    return cast(Callable[..., None], loop)


def _rate_month(usage: Any, lines: Any, states: Any, tables: Any, out: Any, pools: Any) -> None:
    tariff = tables[0]
    for index in range(len(usage)):
        line = usage[index].line
        rulebook_rate(usage[index], lines[line], states[line], tariff, out[index])
        pool = lines[line].pool
        if pool >= 0 and lines[line].unlimited == 0 and out[index].reason == ALLOWANCE:
            pools[pool] += out[index].included


rulebook_rate = rulebook.rate
ALLOWANCE = numbers.ALLOWANCE
