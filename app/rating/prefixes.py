"""Destinations compiled: prefixes to disjoint intervals of number keys, so a lookup is one search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.rating.numbers import FLAG_INTERNATIONAL, FLAG_PREMIUM
from app.rating.tables import Interval
from app.rating.tariff import Destination, Tariff, TariffError
from app.rating.voice import number_key

LAST_KEY = 10**15 * 16
ANY = "*"
UNKNOWN = "unknown"


def span(prefix: str) -> tuple[int, int]:
    """The keys [first, after last] of the numbers that a prefix, "=number", "*" or "unknown" means."""
    if prefix == UNKNOWN:
        return 0, 1
    if prefix == ANY:
        return 1, LAST_KEY
    if prefix.startswith("="):
        key = number_key(int(prefix[1:]))
        return key, key + 1
    following = (int(prefix) + 1) * 10 ** (15 - len(prefix)) * 16
    return number_key(int(prefix)), following


def digits(prefix: str) -> int:
    """What an explanation shows as matched; 0 for "*" and "unknown"."""
    return 0 if prefix in (ANY, UNKNOWN) else int(prefix.removeprefix("="))


def prefixes_of(
    destination: Destination, calling: Callable[[str], tuple[str, ...]], eu: frozenset[str]
) -> tuple[str, ...]:
    """All prefixes of a destination, those of its countries included, each once, in order."""
    codes = destination.countries + (tuple(sorted(eu)) if destination.eu else ())
    found = list(destination.prefixes) + [prefix for code in codes for prefix in calling(code)]
    return tuple(dict.fromkeys(found))


def check_prefix(prefix: str, key: str) -> None:
    """Digits of a number without + and without a leading 0."""
    body = prefix.removeprefix("=")
    if prefix in (ANY, UNKNOWN):
        return
    if not (body.isascii() and body.isdigit()) or body.startswith("0") or len(body) > 15:
        raise TariffError(
            key,
            f"{prefix!r} is not the beginning of an international number.",
            'Write digits with the country code, like "3197", "=31201234567", "*" or "unknown".',
        )


def intervals_of(
    rates: Mapping[str, int], premium: Iterable[str], home_numbers: Iterable[str]
) -> tuple[Interval, ...]:
    """Disjoint intervals for one table: the longest prefix decides the rate, flags have their own."""
    rated = sweep({prefix: (rate, digits(prefix)) for prefix, rate in rates.items()}, (-1, 0))
    dear = sweep(dict.fromkeys(premium, (FLAG_PREMIUM, 0)), (0, 0))
    foreign = {ANY: (FLAG_INTERNATIONAL, 0)} | dict.fromkeys(home_numbers, (0, 0))
    abroad = sweep(foreign, (0, 0))
    starts = sorted({start for layer in (rated, dear, abroad) for start, _ in layer})
    rows: list[Interval] = []
    for start in starts:
        rate, prefix = value_at(rated, start)
        flags = value_at(dear, start)[0] | value_at(abroad, start)[0]
        if not rows or rows[-1][1:] != (rate, prefix, flags):
            rows.append(Interval(start, rate, prefix, flags))
    return tuple(rows)


Value = tuple[int, int]


def sweep(values: Mapping[str, Value], outside: Value) -> list[tuple[int, Value]]:
    """Nested spans flattened to (start, value), each up to the next start; spans never overlap partly."""
    spans = sorted(((*span(prefix), value) for prefix, value in values.items()), key=lambda s: (s[0], -s[1]))
    rows: list[tuple[int, Value]] = [(0, outside)]
    open_spans: list[tuple[int, Value]] = [(LAST_KEY + 1, outside)]
    for first, after, value in spans:
        close(open_spans, rows, first)
        rows.append((first, value))
        open_spans.append((after, value))
    close(open_spans, rows, LAST_KEY)
    flat: dict[int, Value] = dict(rows)
    return sorted(flat.items())


def close(open_spans: list[tuple[int, Value]], rows: list[tuple[int, Value]], position: int) -> None:
    """End the spans that are over at a position: what lies around them holds again."""
    while open_spans[-1][0] <= position:
        after, _ = open_spans.pop()
        rows.append((after, open_spans[-1][1]))


def value_at(rows: list[tuple[int, Value]], position: int) -> Value:
    """The value that holds at a key."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if rows[middle][0] <= position:
            low = middle + 1
        else:
            high = middle
    return rows[low - 1][1]


def rates_by_prefix(
    tariff: Tariff, chosen: Iterable[tuple[int, tuple[str, ...]]], prefixes: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """The rate of each prefix in one table; two rates for one prefix are a mistake."""
    found: dict[str, int] = {}
    for rate, names in chosen:
        for name in names:
            for prefix in prefixes[name]:
                if found.setdefault(prefix, rate) != rate:
                    rates = tariff.all_rates
                    raise TariffError(
                        f"rates.{rates[rate].name}",
                        f"Numbers that begin with {prefix} also have the rate {rates[found[prefix]].name}.",
                        "Give the prefix to one destination only, or the rates other zones.",
                    )
    return found


def override(plan: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
    """A subject's own rates before the plan's, also where the plan knows a longer prefix."""
    spans = [span(prefix) for prefix in own]
    kept = {
        prefix: rate
        for prefix, rate in plan.items()
        if not any(first <= span(prefix)[0] and span(prefix)[1] <= after for first, after in spans)
    }
    return kept | dict(own)
