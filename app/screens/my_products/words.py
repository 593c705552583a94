"""What lines and their settings are called on the screen."""

from __future__ import annotations

from app.i18n import _
from app.units import VOLUMES, volume

MICRO_PER_CENT = 10_000


def state_word(state: str) -> str:
    """How a line stands, in a word or two."""
    words = {
        "ok": _("Active"),
        "blocked": _("Blocked"),
        "barred": _("Barred"),
        "zero": _("Data off"),
        "ended": _("Ended"),
        "ordered": _("Ordered"),
    }
    return words.get(state, state)


def cents(micro: int) -> int:
    """Millionths of a euro as cents, half up."""
    return (micro * 2 + MICRO_PER_CENT) // (MICRO_PER_CENT * 2)


def used_of(used: int, whole: int, unlimited: bool = False) -> str:
    """Volume used of a whole, with the unit once: `4.2 / 15 GB`."""
    if unlimited:
        return f"{volume(used, decimals=1)} / ∞"
    if not whole:
        return volume(used, decimals=1)
    unit = next((size for _name, size in VOLUMES if whole >= size), 1)
    left = (used * 20 + unit) // (unit * 2)
    return f"{_tenths(left)} / {volume(whole, decimals=1)}"


def _tenths(number: int) -> str:
    """Tenths of a unit, with the decimal sign of the language and no trailing zero."""
    return volume(number * 10**8, decimals=1).split("\u00a0")[0] if number >= 10 else _small(number)


def _small(number: int) -> str:
    sample = volume(1_500_000_000, decimals=1)
    return f"0{sample[1]}{number}" if number else "0"


def months(count: int) -> str:
    """A contract's term."""
    from app.i18n import ngettext

    return ngettext("{count} month", "{count} months", count).format(count=count)
