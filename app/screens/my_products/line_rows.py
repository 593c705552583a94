"""Lines and groups as rows of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app import units
from app.i18n import _
from app.screens.my_products.words import cents, state_word, used_of
from app.text import width
from app.widgets.columns import Column, Tone
from app.widgets.rows import Key, Row

if TYPE_CHECKING:
    from app.content.catalogue import Catalogue
    from app.operations.core.line_rows import LineRow
    from app.operations.lines import GroupRow

STATE_TONES: dict[str, Tone] = {"blocked": "error", "zero": "warning", "barred": "warning", "ended": "muted"}
BAR_CELLS = 7
THOUSAND = 100_000
"""Cents."""


def line_columns() -> list[Column]:
    """Number, person, group, bundle, use, cost outside the EU, limit, state (and the state's tone)."""
    return [
        Column(_("Number"), 15),
        Column(_("Person"), 13, flex=2),
        Column(_("Group"), 12, flex=1, shown_from=92),
        Column(_("Bundle"), 9, shown_from=100),
        Column(_("Data used"), 12, align="right"),
        Column(_("Roaming"), 8, align="right"),
        Column(_("Limit"), 7, align="right"),
        Column(_("State"), 9, tone=lambda row: STATE_TONES.get(str(row[8]), "")),
    ]


def line_cells(line: LineRow, catalogue: Catalogue, language: str) -> Row:
    """One line; the last cell is the state's code, for its tone."""
    bundle = catalogue.data_bundles.get(line.data_bundle)
    return (
        units.phone(line.number),
        line.person or "–",
        line.group or line.department,
        bundle.name.in_language(language) if bundle else line.data_bundle,
        used_of(line.used_bytes, line.allowance_bytes, line.unlimited),
        short_money(cents(line.roaming_micro)) if line.roaming_micro else "–",
        whole_money(line.limit_cents),
        state_word(line.state),
        line.state,
    )


NO_CENTS = re.compile(r"[.,]00(?!\d)")
"""The cents of a whole amount: in `1.000,00` the last two digits, not those of the thousands."""


def whole_money(amount: int) -> str:
    """Money without cents where there are none: limits are whole."""
    text = units.money(amount)
    return NO_CENTS.sub("", text) if amount % 100 == 0 else text


def short_money(amount: int) -> str:
    """Money for a narrow column: from a thousand on without cents."""
    return whole_money((amount + 50) // 100 * 100 if amount >= THOUSAND else amount)


def group_columns() -> list[Column]:
    """A row for each pool of a group."""
    return [
        Column(_("Group"), 11, flex=2),
        Column(_("Pool"), 10),
        Column(_("Lines"), max(width(_("Lines")), 6), align="right"),
        Column(_("Data used"), 14, align="right"),
        Column("", BAR_CELLS, shown_from=90, tone=lambda row: share_tone(row[7], row[8])),
        Column("", 5, align="right", tone=lambda row: share_tone(row[7], row[8])),
        Column(_("Ends"), 11, align="right", shown_from=72),
    ]


def group_cells(groups: list[GroupRow], zone: str) -> tuple[list[Row], list[Key]]:
    """A row for each pool; the keys are (group, bundle)."""
    rows: list[Row] = []
    keys: list[Key] = []
    for group in groups:
        for index, pool in enumerate(group.pools):
            bounded = pool.allowance_bytes and not pool.unlimited
            rows.append(
                (
                    group.name if not index else "",
                    pool.name,
                    str(pool.lines),
                    used_of(pool.used_bytes, pool.allowance_bytes, pool.unlimited),
                    bar(pool.used_bytes, pool.allowance_bytes) if bounded else "",
                    units.percent(pool.used_bytes, pool.allowance_bytes) if bounded else "",
                    (units.date(group.ends_at, zone) if group.ends_at else "–") if not index else "",
                    pool.used_bytes,
                    pool.allowance_bytes if bounded else 0,
                )
            )
            keys.append((group.id, pool.data_bundle))
        if not group.pools:
            ends = units.date(group.ends_at, zone) if group.ends_at else "–"
            rows.append((group.name, "", str(group.lines), "", "", "", ends, 0, 0))
            keys.append((group.id, ""))
    return rows, keys


def bar(used: int, whole: int) -> str:
    """A meter of a few cells; anything used shows."""
    filled = min(-(-used * BAR_CELLS // whole) if whole else 0, BAR_CELLS)
    return "━" * filled + "─" * (BAR_CELLS - filled)


def share_tone(used: object, whole: object) -> Tone:
    """Warns from 80 % on."""
    if not isinstance(used, int) or not isinstance(whole, int) or not whole:
        return "muted"
    if used >= whole:
        return "error"
    return "warning" if used * 100 >= whole * 80 else "success"
