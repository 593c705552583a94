"""Everything that a keyboard and a mouse can send to a terminal."""

from __future__ import annotations

import random
from itertools import product
from typing import Final

PRINTABLE: Final = [bytes([code]) for code in range(0x20, 0x7F)]
CONTROL: Final = [bytes([code]) for code in range(0x20)]
ALT: Final = [b"\x1b" + each for each in (*PRINTABLE, *CONTROL[1:27])]
LETTERS: Final = [b"\x1b[%s" % letter for letter in (b"A", b"B", b"C", b"D", b"H", b"F", b"Z", b"E")]
NUMBERED: Final = (1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29)
"""Home, insert, delete, end, the pages and F1 to F16, as xterm numbers them."""
FUNCTION: Final = [b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS", *(b"\x1b[%d~" % number for number in NUMBERED)]
MODIFIED: Final = [b"\x1b[%d;%d~" % pair for pair in product(NUMBERED, range(2, 9))]
MODIFIED_LETTERS: Final = [b"\x1b[1;%d%c" % pair for pair in product(range(2, 9), b"ABCDHFPQRS")]
KITTY: Final = [
    b"\x1b[%d;%du" % pair for pair in product((*range(97, 123), 27, 9, 13, 32, 127), range(2, 17))
]
"""Keys as kitty's protocol says them: with ctrl, shift, alt and super together too."""
OTHERS: Final = [
    *(
        b"\x1b",
        b"\x7f",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[200~/etc/passwd\x1b[201~",
        b"\x1b[200~:q!\r!sh\r\x1b[201~",
    ),
    *(
        b"\x1b]0;x\x07",
        b"\x1b[?1;2c",
        b"\x1bP1$r0m\x1b\\",
        b"\xc2\x9b",
        b"\xff",
        b"\xe2\x82\xac",
        b"\x1b[8;200;500t",
    ),
]
EVERY: Final = [
    *(PRINTABLE + CONTROL + ALT + LETTERS + FUNCTION + MODIFIED + MODIFIED_LETTERS + KITTY + OTHERS)
]


def mouse(draw: random.Random, columns: int, rows: int) -> bytes:
    """A click with any button anywhere, or the wheel, with any modifiers."""
    button = draw.choice((0, 1, 2, 64, 65)) + draw.choice((0, 4, 8, 16, 28))
    where = (button, draw.randint(1, columns), draw.randint(1, rows))
    return b"\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm" % (*where, *where)


def pressed(draw: random.Random, count: int, columns: int, rows: int) -> list[bytes]:
    """Random keys, every tenth a click."""
    return [
        mouse(draw, columns, rows) if draw.random() < 0.1 else draw.choice(EVERY) for _each in range(count)
    ]
