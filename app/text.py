"""Text from data made safe to show: nothing in it can act on a terminal or hide from the reader.

What is stored stays as it was typed; this cleans on output. Source of the rules: CWE-150, Unicode UTS #39
and #55 (look-alikes), Trojan Source CVE-2021-42574.
"""

from __future__ import annotations

import unicodedata
from typing import Final

INVISIBLE: Final = "␣"
BIDI: Final = "⇄"
UNREADABLE: Final = "�"
LINE_BREAK: Final = "␤"
ELLIPSIS: Final = "…"

_KEPT = {0x200C, 0x200D}  # ZWNJ and ZWJ: spelling and emoji need them
_BIDI_CONTROLS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_INVISIBLES = [
    0x00AD,
    *range(0x0600, 0x0606),
    *(0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E),
    *range(0x200B, 0x200E),
    *range(0x2060, 0x2066),
    *range(0x206A, 0x2070),
    *(0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC)),
    *(0x110BD, 0x110CD, *range(0x13430, 0x13456), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
    0xE0001,
    *range(0xE0020, 0xE0080),
    *range(0xE0100, 0xE01F0),
]


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "␡"
    table.update(dict.fromkeys(range(0x80, 0xA0), UNREADABLE))
    table.update(dict.fromkeys(range(0xD800, 0xE000), UNREADABLE))
    table.update(dict.fromkeys(_INVISIBLES, INVISIBLE))
    table.update(dict.fromkeys(_BIDI_CONTROLS, BIDI))
    table.update({0x2028: LINE_BREAK, 0x2029: LINE_BREAK})
    for code in _KEPT:
        del table[code]
    return table


MARKS: Final = _table()
"""Code point to the visible mark that is shown in its place, one for one."""
MARKS_BUT_NEWLINE: Final = {code: mark for code, mark in MARKS.items() if code != 0x0A}


def safe(s: str, lines: bool = False, cells: int | None = None) -> str:
    """Return `s` in NFC with every control, bidi control and invisible as a visible mark.

    Args:
        s: text from data, of any length.
        lines: keep newlines (CR LF and CR become one newline).
        cells: cut to this many terminal cells, the last of which is then an ellipsis.
    """
    if not (s.isascii() and s.isprintable()):
        if lines:
            s = s.replace("\r\n", "\n").replace("\r", "\n").translate(MARKS_BUT_NEWLINE)
        else:
            s = s.translate(MARKS)
        s = unicodedata.normalize("NFC", s)
    if cells is None or len(s) * 2 <= cells:
        return s
    return cut(s, cells)


def cut(s: str, cells: int) -> str:
    """Return the longest start of `s` that fits in `cells`, with an ellipsis when something was left off."""
    if s.isascii():
        return s if len(s) <= cells else s[: max(cells - 1, 0)] + ELLIPSIS[: max(cells, 0)]
    if width(s[: cells * 4]) <= cells and len(s) <= cells * 4:
        return s
    taken, used = 0, 0
    for taken, character in enumerate(s):  # noqa: B007
        used += _character_width(character)
        if used > cells - 1:
            break
    return s[:taken] + ELLIPSIS[: max(cells, 0)]


def width(s: str) -> int:
    """Return the number of terminal cells that `s` takes."""
    return len(s) if s.isascii() else sum(map(_character_width, s))


def _character_width(character: str) -> int:
    if character < "\u0300":
        return 1
    if character == "\ufe0f":
        return 1  # asks for the picture form of a sign: one cell wider
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
