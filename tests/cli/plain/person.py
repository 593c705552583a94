"""A person at a real terminal who talks with `loket plain`; the clock of the demonstration stands still."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pexpect

from tests.journeys.conftest import AFTERNOON, PASSWORD

PROGRAM = (
    "import sys; from app.cli import main; from app.clock import FixedClock; "
    f"sys.exit(main(['plain', *sys.argv[1:]], FixedClock({AFTERNOON.now()})))"
)
PROMPT = r": $"
KEPT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")


class Person:
    """Types lines and hears what is said until the next question.

    Args:
        home: LOKET_HOME of the program.
        language: of the machine.
        arguments: what follows `loket plain`.
    """

    def __init__(self, home: Path, language: str = "C", *arguments: str) -> None:
        environment: dict[str, Any] = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"LOKET_HOME": str(home), "LANG": f"{language}.UTF-8", "TERM": "dumb"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", PROGRAM, *arguments],
            env=environment,
            encoding="utf-8",
            use_poll=True,
            timeout=60,
            dimensions=(24, 400),
        )
        self.child.delaybeforesend = None
        self.heard = ""

    def hears(self) -> str:
        """All that is said up to the next question."""
        self.child.expect(PROMPT)
        said = (self.child.before or "") + ": "
        self.heard += said
        return said.replace("\r\n", "\n")

    def types(self, *lines: str) -> str:
        """Answer one question after another; what is said after the last answer."""
        said = ""
        for line in lines:
            self.child.sendline(line)
            said = self.hears()
        return said

    def signs_in(self, name: str, password: str = PASSWORD) -> str:
        """From the first question to the main menu."""
        self.hears()
        self.types("1")
        self.types(name)
        return self.types(password)

    def ends(self, *lines: str, key: str = "") -> str:
        """A last answer, or a control key, after which the program is over; what was said at the end."""
        if key:
            self.child.sendcontrol(key)
        for line in lines:
            self.child.sendline(line)
        self.child.expect(pexpect.EOF)
        said = self.child.before or ""
        self.heard += said
        self.child.close()
        assert self.child.exitstatus == 0, said
        return said.replace("\r\n", "\n")


def moves_nothing(heard: str) -> bool:
    """Whether nothing that was said moves a cursor, colours, or rings."""
    return re.search(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]", heard) is None
