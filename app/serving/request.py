"""What a child is asked to do, as it travels over the control socket. No library is loaded."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from app.identity import Identity

Kind = Literal["portal", "kiosk", "command", "files", "web"]
"""What the child runs; `child.KINDS` says which function that is."""

MOST_COLUMNS: Final = 500
MOST_ROWS: Final = 200
DEFAULT_TERM: Final = "xterm-256color"
_TERM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,31}", re.ASCII)
_LOCALE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,31}", re.ASCII)
_COLOUR: Final = ("truecolor", "24bit")


@dataclass(frozen=True, slots=True)
class Window:
    """A client's terminal. Make it with `window`: whatever a client says is cut to what is sane."""

    term: str = DEFAULT_TERM
    colorterm: str = ""
    locale: str = ""
    """As in LANG; the first two letters choose the language of who is not signed in yet."""
    columns: int = 80
    rows: int = 24

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a client may set, and no other."""
        said = {"TERM": self.term, "COLORTERM": self.colorterm, "LANG": self.locale}
        return {name: value for name, value in said.items() if value}


def clamped(columns: int, rows: int) -> tuple[int, int]:
    """A size that a screen can be laid out for: the client's word is a number of 32 bits."""
    return min(columns or 80, MOST_COLUMNS), min(rows or 24, MOST_ROWS)


def window(term: str, variables: dict[str, str], columns: int, rows: int) -> Window:
    """A client's terminal from its name, the variables it sent, and its size."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := variables.get(name))), "")
    colour = variables.get("COLORTERM", "")
    columns, rows = clamped(columns, rows)
    return Window(
        term if _TERM.fullmatch(term) else DEFAULT_TERM,
        colour if colour in _COLOUR else "",
        locale if _LOCALE.fullmatch(locale) else "",
        columns,
        rows,
    )


@dataclass(frozen=True, slots=True)
class Request:
    """One child: what it runs, for whom, from where, on which terminal."""

    kind: Kind
    channel: str
    """The door, as in `Settings.channel`: ssh, web, kiosk, command."""
    address: str
    """The peer's real address; empty for a screen that was painted before anybody came."""
    identity: Identity | None = None
    """Who the door let in; None: the portal's own sign-in asks."""
    window: Window = field(default_factory=Window)
    command: str = ""
    """For a command: the line as the client wrote it."""
    waits: bool = False
    """Paint the first screen and wait for `attach` before a key is read."""

    def encoded(self) -> bytes:
        """For the control socket."""
        told: dict[str, Any] = asdict(self)
        told["identity"] = None if self.identity is None else self.identity.told()
        return json.dumps(told).encode()

    @classmethod
    def decoded(cls, data: bytes) -> Request:
        """From what `encoded` made."""
        told = json.loads(data)
        identity = told.pop("identity")
        return cls(
            **{
                **told,
                "window": Window(**told["window"]),
                "identity": None if identity is None else Identity.heard(identity),
            }
        )
