"""Lines of text out, lines of text in: nothing moves the cursor, nothing is told by colour or place.

The terminal itself edits the line that is typed, so screen readers, braille lines, slow serial lines and dumb
terminals work as with every other program that asks. A pipe can answer too.
"""

from __future__ import annotations

import codecs
import io
import os
import select
import shutil
import signal
import sys
import termios
import textwrap
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

from app.text import safe

LONGEST: Final = 10_000
"""Characters of one line; what is beyond is left out."""
SPELT: Final = {
    "€": "EUR",
    "…": "...",
    "–": "-",
    "·": "-",
    "“": '"',
    "„": '"',
    "”": '"',
    "✓": "*",
    "∞": "unlimited",
}
"""What a terminal of few characters gets in place of these."""


def without_marks(text: str) -> str:
    """Letters without their accents, as a terminal of few characters shows and types them."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _spell(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    text = ""
    for sign in error.object[error.start : error.end]:
        text += SPELT.get(sign, without_marks(sign) or "?")
    # €5 is EUR 5, and € 5 is too.
    joined = text.endswith("EUR") and error.object[error.end : error.end + 1].isdigit()
    return text + " " * joined, error.end


codecs.register_error("loket_spell", _spell)


class EndOfInput(Exception):
    """Nobody types any more: Ctrl+D, a closed pipe, a line that was cut."""


class Waited(Exception):
    """The time for an answer is over."""


class Terminal:
    """A person's terminal, or a pipe.

    Args:
        source: the file descriptor that lines are read from.
        sink: where text is written to.
        ascii: it has no signs but those of ASCII.
    """

    def __init__(self, source: int = 0, sink: TextIO | None = None, *, ascii: bool = False) -> None:
        self.source = source
        self.sink = sink or sys.stdout
        self.tty = os.isatty(source)
        self._read = b""
        if isinstance(self.sink, io.TextIOWrapper):
            self.sink.reconfigure(encoding="ascii" if ascii else None, errors="loket_spell")

    def say(self, text: str = "") -> None:
        """Write text made safe, broken between words where the terminal has an end of line."""
        shown = safe(text, lines=True).replace("\u00a0", " ").replace("\u202f", " ")
        width = shutil.get_terminal_size().columns if self.tty else 0
        for line in shown.split("\n"):
            folded = line
            if 0 < width < len(line):
                folded = "\n".join(
                    textwrap.wrap(line, width - 1, break_long_words=False, break_on_hyphens=False)
                )
            self._write(folded + "\n")

    def ask(self, prompt: str, *, hidden: bool = False, seconds: float | None = None) -> str:
        """The next line that is typed, without its end.

        Args:
            hidden: what is typed is not shown.
            seconds: how long to wait at most.

        Raises:
            EndOfInput, Waited
        """
        with self._unseen() if hidden and self.tty else _as_it_is():
            self._write(safe(prompt).replace("\u00a0", " "))
            line = self._line(seconds)
        if hidden or not self.tty:
            self._write("\n")
        return line

    def _write(self, text: str) -> None:
        try:
            self.sink.write(text)
            self.sink.flush()
        except OSError as error:  # nobody is there to read it
            raise EndOfInput from error

    def _line(self, seconds: float | None) -> str:
        while b"\n" not in self._read:
            with _woken_by_signals() as woken:
                ready = select.select([self.source, *woken], [], [], seconds)[0]
            if not ready:
                raise Waited
            if self.source not in ready:
                continue
            try:
                piece = os.read(self.source, 65_536)
            except OSError as error:  # the line was cut
                raise EndOfInput from error
            if not piece:
                raise EndOfInput
            self._read = (self._read + piece)[-65_536:]
        line, _end, self._read = self._read.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")[:LONGEST]

    def forget(self) -> None:
        """What was typed ahead does not answer the next question."""
        self._read = b""

    @contextmanager
    def _unseen(self) -> Iterator[None]:
        """While a secret is typed the terminal echoes nothing."""
        before = termios.tcgetattr(self.source)
        quiet = list(before)
        quiet[3] &= ~termios.ECHO
        try:
            termios.tcsetattr(self.source, termios.TCSADRAIN, quiet)
            yield
        finally:
            with suppress(termios.error):
                termios.tcsetattr(self.source, termios.TCSADRAIN, before)


@contextmanager
def _woken_by_signals() -> Iterator[list[int]]:
    """Descriptors that a signal makes readable: one that comes just before a wait begins would not end it."""
    if threading.current_thread() is not threading.main_thread():
        yield []
        return
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield [reader]
    finally:
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield
