"""The logins that a demonstration shows on its first screen; a real operator's home has none."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One of the demonstration's people."""

    role: str
    user_name: str
    password: str
    says: str


def demo_logins(home: Path) -> list[DemoLogin]:
    """What `demo.toml` in the home folder lists; nothing where there is no such file."""
    return [
        DemoLogin(*(str(login.get(key, "")) for key in ("role", "user_name", "password", "says")))
        for login in _read(home).get("login", [])
    ]


def demo_telephone_password(home: Path) -> str:
    """What the demonstration's customers say when they call; empty where they say nothing."""
    return str(_read(home).get("telephone_password", ""))


def _read(home: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((home / "demo.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
