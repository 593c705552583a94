"""What a line may not do."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import language
from app.operations.core import Visit, operation
from app.operations.core.line_detail import line_values
from app.operations.core.line_edit import change_line
from app.operations.core.names import BARS, bar_name, bits_of, names_of
from app.operations.core.scope import line_in_scope


@dataclass(frozen=True, slots=True)
class BarRow:
    """One thing that can be forbidden: word, name in the reader's language, and whether it is."""

    code: str
    name: str
    barred: bool


@dataclass(frozen=True, slots=True)
class BarState:
    """What is barred now, the operator's note on what a bar cannot prevent, the line's new version."""

    bars: tuple[str, ...]
    note: str
    version: int


@operation("barring.get", right="VIEW_LINES", changes=False)
def get(visit: Visit, line_id: int) -> list[BarRow]:
    """What can be forbidden on a line, and what is.

    Args:
        line_id: the line.
    """
    bits = line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES"))["bars"]
    return [BarRow(code, bar_name(code), bool(bits & bit)) for code, bit in BARS.items()]


@operation("barring.note", right="VIEW_TARIFFS", changes=False)
def note(visit: Visit) -> str:
    """What a bar or block cannot prevent; shown before it is confirmed."""
    return visit.content.operator.policies.block_note.in_language(language())


@operation("barring.set", right="MANAGE_LINES")
def set(
    visit: Visit, line_id: int, bars: list[str], version: int | None = None, was: list[str] | None = None
) -> BarState:
    """Forbid these things on a line, and allow the others.

    Args:
        line_id: the line.
        bars: any of premium, international, data_outside_eu, data_eu, roaming.
        version: the line's version when the form was filled.
        was: what was barred when the form was filled.
    """
    line_id = line_in_scope(visit, line_id, "MANAGE_LINES")
    bits = bits_of(bars, BARS, "bars")
    read = None if was is None else {"bars": bits_of(was, BARS, "was")}
    changed = change_line(visit, line_id, {"bars": bits}, version=version, was=read)
    return BarState(
        names_of(bits, BARS), visit.content.operator.policies.block_note.in_language(language()), changed
    )
