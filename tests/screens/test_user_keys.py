"""What a user may not do is not reachable by any key of any area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from app.operations.core import Visit
from app.operations.core.registry import get
from app.screens.desk import Desk
from tests.factories import DAY, NOVEMBER, Factory
from tests.operations.test_roles import MANAGING
from tests.screens.harness import LARGE, settled
from tests.screens.my_products.steps import PLAN, Person, at_the_keyboard

LEAVES = {"quit", "quit_portal", "sign_out", "area", "home", "help", "find", "jump", "copy_text"}
"""Actions that only lead elsewhere."""
MOST_OPEN = 3
"""Dialogs that one key may open on top of each other."""


async def press_all(person: Person, area: str) -> set[str]:
    """Press each key that does something here, and leave what it opened; the keys."""
    await person.pilot.press(f"alt+{area}")
    await settled(person.pilot)
    bindings = person.portal.screen.active_bindings
    keys = {key for key, each in bindings.items() if each.binding.action.split("(")[0] not in LEAVES}
    shell = person.portal.screen
    for key in sorted(keys):
        await person.pilot.press(key)
        await settled(person.pilot)
        for _open in range(MOST_OPEN):
            if person.portal.screen is not shell or isinstance(shell.focused, Input):
                await person.pilot.press("escape")
                await settled(person.pilot)
        assert person.portal.screen is shell, key
    return keys


async def tried(visit: Visit, home: Path, monkeypatch: pytest.MonkeyPatch, areas: str) -> set[str]:
    """The operations that all keys of some areas lead to."""
    done: set[str] = set()
    real = Desk._do

    def noted(desk: Desk, name: str, arguments: dict[str, Any]) -> Any:
        done.add(name)
        return real(desk, name, arguments)

    monkeypatch.setattr(Desk, "_do", noted)
    async with at_the_keyboard(visit, home, LARGE) as person:
        await person.wait("Latest messages")
        pressed = [await press_all(person, area) for area in areas]
    assert all(pressed)
    return done


def managing(names: set[str]) -> set[str]:
    """Those that manage services or people."""
    return {name for name in names if get(name).right in MANAGING}


@pytest.mark.capability("LA-25")
async def test_no_key_of_a_user_leads_to_managing(
    factory: Factory, user_visit: Visit, account_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.line(account_id, person="Colleague", plan=PLAN)
    factory.usage(user_visit.own_line_id or 0, start=NOVEMBER + DAY)
    done = await tried(user_visit, tmp_path, monkeypatch, "123456")
    assert {"lines.get", "messages.page"} <= done
    assert managing(done) == set()
    assert user_visit.rows("SELECT operation FROM audit WHERE outcome = 'refused'") == []


async def test_the_keys_of_an_admin_do(
    admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert managing(await tried(admin_visit, tmp_path, monkeypatch, "2"))
