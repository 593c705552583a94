"""On a real terminal of sixteen colours, or of none, a balloon is read, and seen to be one, all the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import pytest

from app.widgets.themes import contrast
from benchmarks.balloons import SHOW
from benchmarks.balloons_program import TEXT
from benchmarks.pty_driver import Terminal

TERMINALS: Final = {
    "sixteen": {"TERM": "xterm-16color", "COLORTERM": ""},
    "none": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
}
XTERM: Final = (
    *("#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"),
    *("#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"),
)
"""What xterm shows for its sixteen colours."""
LEAST: Final = 7.0
PIECE: Final = re.compile(r"\x1b\[([0-9;]+)m([^\x1b]+)\x1b\[0?m")


def colour(codes: list[int], base: int) -> str:
    """The colour that select-graphic-rendition codes set: base 30 for text, 40 for its ground; or ""."""
    if base + 8 in codes:
        red, green, blue = codes[codes.index(base + 8) + 2 :][:3]
        return f"#{red:02x}{green:02x}{blue:02x}"
    found = [code - base for code in codes if base <= code < base + 8]
    found += [code - base - 52 for code in codes if base + 60 <= code < base + 68]
    return XTERM[found[0]] if found else ""


@pytest.mark.parametrize("kind", TERMINALS)
def test_a_balloon_is_read_with_few_colours_and_with_none(kind: str, tmp_path: Path) -> None:
    variables = {"LOKET_HOME": str(tmp_path), **TERMINALS[kind]}
    with Terminal([sys.executable, "-m", "benchmarks.balloons_program"], 80, 24, variables) as terminal:
        terminal.wait_for("Password", limit=60)
        terminal.read(quiet=1.0)
        data = b""
        for _turn in range(20):
            data += terminal.press(SHOW, quiet=0.5, limit=3).data
            if TEXT.title in terminal.text():
                break
        shown = terminal.text()
    for mark in ("╭─ Find a line", "╰ F1 Next", "▼", "Type a part of the number"):
        assert mark in shown
    pieces = [
        ([int(code) for code in codes.split(";")], text)
        for codes, text in PIECE.findall(data.decode())
        if text.strip()
    ]
    words = [
        (codes, text) for codes, text in pieces if re.search("Type a part|list below|Next|Find a line", text)
    ]
    assert len(words) >= 4
    for codes, text in words:
        assert 2 not in codes[:1], f"dimmed: {text}"
        assert contrast(colour(codes, 30), colour(codes, 40)) >= LEAST, (text, codes)
    assert any(1 in codes[:1] for codes, text in words if "Find a line" in text)  # bold, where colour is none
    faded = next(codes for codes, text in pieces if "Noordkade" in text or "Nederlands" in text)
    assert faded[0] == 2
    if kind == "sixteen":
        assert not re.search(r"[34]8;[25];", data.decode())
    else:
        for codes, _text in pieces:
            for base in (30, 40):
                shade = colour(codes, base)
                assert len({shade[1:3], shade[3:5], shade[5:7]}) == 1, codes  # grey
