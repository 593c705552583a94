"""Pictures of the tabs of My Data that guard logins, show people and invoices, at both sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.screens.harness import LARGE, SMALL
from tests.snapshots.test_screens import picture

Steps = tuple[tuple[list[str], Callable[[], str]], ...]
OPENED: Steps = ((["admin"], lambda: "Shared data"), (["2"], lambda: "Telephone password"))
WALKS: dict[str, Steps] = {
    "security": (*OPENED, (["s"], lambda: "Tokens for scripts")),
    "people": (*OPENED, (["p"], lambda: "Youssef El Amrani")),
    "invoices": (*OPENED, (["i"], lambda: "to pay on 1")),
    "invoice": (*OPENED, (["i"], lambda: "to pay on 1"), (["enter"], lambda: "Unlimited")),
    "pay": (*OPENED, (["i"], lambda: "to pay on 1"), (["w"], lambda: "Scan the picture")),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", WALKS)
def test_my_data(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    picture(demo_home, snap_compare, WALKS[name], "en", size)
