"""Whether what comes from a terminal is a person: a terminal also answers questions by itself."""

from __future__ import annotations

import re
from typing import Final

_BY_ITSELF: Final = re.compile(
    rb"\x1b\[(?:"
    rb"[IO]"  # the window got or lost the focus
    rb"|\?[0-9;]*\$y"  # whether a mode is known
    rb"|\?[0-9;]*[uc]"  # which keys are told in full, what kind of terminal it is
    rb"|>[0-9;]*c"
    rb"|48;[0-9;:]*t"  # its size
    rb"|[0-9]+;[0-9]+R"  # where the cursor is
    rb"|<(?:35|39|43|47|51|55|59|63);[0-9-]+;[0-9-]+[Mm]"  # the mouse moved, no button held
    rb")"
)


def from_person(data: bytes) -> bool:
    """Whether somebody pressed a key or a button, or pasted."""
    if b"\x1b[" not in data:
        return bool(data)
    return bool(_BY_ITSELF.sub(b"", data))
