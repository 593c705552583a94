"""`demo.toml` in the home folder: the mark of a demo, its logins, and how far its usage goes."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.content.demo import Demo, DemoLogin

FILE: Final = "demo.toml"
SHOWN: Final = ("admin", "employee", "agent", "supervisor")
"""User names that the sign-in screen offers, in this order."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Until which instant usage was imported; 0 for none yet."""

    usage_until: int


def read_sign(home: Path) -> Sign | None:
    """The mark of a demo; None where there is none."""
    try:
        found = tomllib.loads((home / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    until = found.get("usage_until", 0)
    return Sign(until if isinstance(until, int) else 0)


def write_sign(home: Path, demo: Demo, usage_until: int) -> None:
    """Write the mark whole or not at all."""
    logins = {login.user_name: login for login in demo.logins}
    lines = [
        "# This folder holds a demo: everything in it is made up, and every password is known.",
        f"usage_until = {usage_until}",
        f"telephone_password = {_text(demo.telephone_password)}",
    ]
    for name in SHOWN:
        if name in logins:
            login = logins[name]
            lines += [
                "",
                "[[login]]",
                f"role = {_text(login.role)}",
                f"user_name = {_text(login.user_name)}",
                f"password = {_text(demo.password)}",
                f"says = {_text(', '.join([login.name, *names_of(demo, login)]))}",
                f"customer_number = {_text(login.customers[0] if login.customers else '')}",
                f"language = {_text(login.language)}",
            ]
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = home / f".{FILE}.new"
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(draft, home / FILE)


def names_of(demo: Demo, login: DemoLogin) -> list[str]:
    """The names of the customers that a login acts for."""
    return [customer.name for customer in demo.customers if customer.number in login.customers]


def _text(value: str) -> str:
    # A JSON string is a TOML basic string.
    return json.dumps(value, ensure_ascii=False)
