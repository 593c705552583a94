"""Pseudo-terminals as the server holds them: raw, of a sane size, not blocking."""

from __future__ import annotations

import fcntl
import os
import struct
import termios

from app.serving.request import Window

NOT_LOCAL = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
NOT_INPUT = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR


def open_pair(window: Window) -> tuple[int, int]:
    """A new terminal: the server's end, not blocking, and the child's.

    It echoes nothing and has no signal keys from the first moment: what is typed early waits for the child.
    """
    master, slave = os.openpty()
    attributes = termios.tcgetattr(slave)
    attributes[0] &= ~NOT_INPUT
    attributes[3] &= ~NOT_LOCAL
    termios.tcsetattr(slave, termios.TCSANOW, attributes)
    resize(master, window.columns, window.rows)
    os.set_blocking(master, False)
    return master, slave


def resize(master: int, columns: int, rows: int) -> None:
    """Set the size; the child hears of it."""
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


RESET = (
    b"\x1b[<u\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[?2026l"
    b"\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Makes a terminal whole whose program could not: keyboard, mouse, pasting, colours, wrapping, cursor."""
