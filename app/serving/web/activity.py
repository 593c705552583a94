"""What of a browser's messages is a person: keys, clicks and the wheel, not a pointer that passes over."""

from __future__ import annotations

import re
from typing import Any, Final

PASSES: Final = re.compile(r"(\x1b\[<(3[2-9]|[45]\d|6[0-3]);\d+;\d+M|\x1b\[[IO]|\x1b\[\?[\d;]+\$y)+")
"""A moving pointer, with a button held or not; the window in front or behind; the terminal's own answers."""


def typed(message: object) -> str:
    """The keys in a message of the page; empty if it holds none."""
    if (
        isinstance(message, list)
        and len(message) == 2
        and message[0] == "stdin"
        and isinstance(message[1], str)
    ):
        return message[1]
    return ""


def is_person(keys: str) -> bool:
    """Whether somebody did something."""
    return bool(keys) and PASSES.fullmatch(keys) is None


def size_in(message: object) -> tuple[int, int] | None:
    """The size that a message says the page has now; None: it says none, or nonsense."""
    told: Any = message[1] if isinstance(message, list) and len(message) == 2 else None
    if not isinstance(told, dict) or message[0] != "resize":  # type: ignore[index]
        return None
    width, height = told.get("width"), told.get("height")
    if isinstance(width, int) and isinstance(height, int):
        return max(width, 1), max(height, 1)
    return None
