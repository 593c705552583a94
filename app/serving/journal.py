"""One line of JSON for what happens to each connection: LOKET_HOME/log/ssh.log, read by its owner only.

A name is written once somebody was let in by it: what was typed instead could be a password.
"""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from app.serving.caller import Caller
from app.text import safe

MOST_BYTES: Final = 10_000_000
"""Then the file is put aside as ssh.log.1, in place of the one before."""
LONGEST: Final = 80
"""Characters of any one text."""


class Journal:
    """Appends lines; one that cannot be written never disturbs what it tells about."""

    def __init__(self, home: Path) -> None:
        self.path = home / "log" / "ssh.log"

    def write(self, event: str, caller: Caller, **more: Any) -> None:
        """Write that something happened.

        Args:
            event: connect, refused, signed_in, session, process (of a session that began without one),
                session_end or end.
            more: numbers and short texts; never anything that a person typed.
        """
        told = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": event,
            "connection": caller.number,
            "address": caller.address,
            "port": caller.port,
            **(self.person(caller) if caller.method else {}),
            **{name: _clean(value) for name, value in more.items()},
        }
        try:
            self._append(json.dumps(told, ensure_ascii=False) + "\n")
        except OSError:
            return

    @staticmethod
    def person(caller: Caller) -> dict[str, Any]:
        """Who was let in, and how."""
        who = caller.identity.user_name if caller.identity else caller.user
        return {"user": _clean(who), "method": caller.method}

    def _append(self, line: str) -> None:
        if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(file, "a", encoding="utf-8", errors="replace") as log:
            log.write(line)


def since(start: float) -> float:
    """Seconds since a moment of the monotonic clock, to the millisecond."""
    return round(time.monotonic() - start, 3)


def _clean(value: Any) -> Any:
    return safe(value)[:LONGEST] if isinstance(value, str) else value
