"""A fault of the program: the person gets a number, the log the details without values."""

from __future__ import annotations

import os
import secrets
import traceback
from pathlib import Path
from typing import Final

from app.text import safe

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8


def note(error: Exception, home: Path) -> str:
    """Append the stack of an error to `log/errors.log` in the home folder; its number."""
    number = "".join(secrets.choice(ALPHABET) for _index in range(LENGTH))
    lines = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    folder = home / "log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(folder / "errors.log", flags, 0o600), "a", encoding="utf-8") as log:
            log.write(f"error {number}\n{safe(lines, lines=True)}\n")
    except OSError:
        pass  # a full disk must not hide the number from the person
    return number
