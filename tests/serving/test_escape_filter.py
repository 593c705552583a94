"""The last net before a terminal: only what the portal itself sends goes out, however it is cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serving.escape_filter import EscapeFilter

FRAME = (
    "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
    "\x1b[>25u\x1b[?2026$p\x1b[?2004h\x1b[?7l"
    "\x1b[?2026h\x1b[1;1H\x1b[38;2;1;2;3;48;5;17;1mNoordkade ─ é € 漢 🙂\x1b[0m\r\n"
    "\x1b[H\x1b]22;pointer\x1b\\\x1b]22;\x07"
    "\x1b[<u\x1b[?2026l\x07"
).encode()
EVIL = (
    b"\x1b]0;title\x07",
    b"\x1b]52;c;ZXZpbA==\x07",
    b"\x1b]8;;http://evil/\x1b\\",
    b"\x1b[2J",
    b"\x1b[6n",
    b"\x1b[c",
    b"\x1b[?1005h",
    b"\x1b[21t",
    b"\x1bP+q544e\x1b\\",
    b"\x1bc",
    b"\x1b_Gf=100;AAAA\x1b\\",
    b"\xc2\x9b31m",
    b"\x9b2J",
    b"\x0e",
    b"\x7f",
    b"\xed\xa0\x80",
    b"\xc0\x9b",
    b"\xff",
    b"\x1b[38;5;" + b"1;" * 100 + b"m",
)
ALLOWED = re.compile(
    rb"\x1b\[[0-9;:]*[mH]|\x1b\[\?\d+(?:[hl]|\$p)|\x1b\[>\d+u|\x1b\[<u|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
)


def acts(data: bytes) -> bytes:
    """What is left that a terminal could obey, once the known kinds are taken away."""
    text = ALLOWED.sub(b"", data).decode()
    return "".join(
        each for each in text if (ord(each) < 32 and each not in "\a\b\t\n\r") or 127 <= ord(each) < 160
    ).encode()


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_frame_goes_through_as_it_is_wherever_it_is_cut(cut: int) -> None:
    out = EscapeFilter()
    pieces = [FRAME[start : start + cut] for start in range(0, len(FRAME), cut)]
    assert b"".join(map(out.passed, pieces)) == FRAME
    assert out.stopped == 0


@pytest.mark.parametrize("evil", EVIL, ids=repr)
@pytest.mark.parametrize("cut", [1, 2, 3, 1000])
def test_anything_else_becomes_visible(evil: bytes, cut: int) -> None:
    out = EscapeFilter()
    data = b"before" + evil + b"after"
    passed = (
        b"".join(out.passed(data[start : start + cut]) for start in range(0, len(data), cut)) + out.rest()
    )
    assert acts(passed) == b""
    assert passed.startswith(b"before")
    assert passed.endswith(b"after")
    assert out.stopped


@given(
    st.lists(
        st.sampled_from([*EVIL, b"\x1b", b"[", b"?", b"2026", b"h", b"m", b";", b"\xc2", b"a", FRAME]),
        max_size=12,
    ),
    st.integers(1, 9),
)
def test_nothing_that_acts_is_ever_let_out(parts: list[bytes], cut: int) -> None:
    data = b"".join(parts)
    out = EscapeFilter()
    passed = (
        b"".join(out.passed(data[start : start + cut]) for start in range(0, len(data), cut)) + out.rest()
    )
    assert acts(passed) == b""


def test_what_textual_can_write_is_known(request: pytest.FixtureRequest) -> None:
    """A new version of Textual that sets another mode needs another look at the list."""
    import textual.drivers.linux_driver as driver

    text = Path(str(driver.__file__)).read_text()
    sequences = re.findall(r"\\x1b(\[[?<>][0-9]*(?:\$p|[hlu]))", text)
    out = EscapeFilter()
    for each in {f"\x1b{sequence}" for sequence in sequences} - {"\x1b[?1007h", "\x1b[?1007l"}:
        assert out.passed(each.encode()) == each.encode()
