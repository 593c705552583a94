"""The ways in beside the first screen, as they were last looked at and found good."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from app.content.operator import read_operator
from app.i18n import set_language
from app.operations.core import Visit, perform
from app.operations.core.one_time import Enrolment
from app.portal import Portal
from app.screens.second_factor_steps import EnrolScreen, RecoveryCodesDialog
from app.settings import read_settings
from app.vault import Vault
from tests.journeys.conftest import AFTERNOON
from tests.operations.mail_box import last_code
from tests.screens.harness import LARGE, SMALL, prepared, settled
from tests.screens.my_products.steps import Person
from tests.screens.sign_in.conftest import keys_of

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODES = tuple(f"ABCD-EFGH-JKMN-PQRS-TVWX-YZ{number:02}" for number in range(10))


async def password_half_typed(person: Person) -> None:
    """A code was used, and a password is being typed."""
    desk = person.portal.desk
    assert desk.store is not None
    assert desk.content is not None
    visitor = Visit(desk.store, AFTERNOON, desk.content, vault=Vault(desk.settings.keys), channel="terminal")
    perform(visitor, "recovery.forgot", who="admin")
    await person.press("f3", sees="Type the code")
    await person.press(*keys_of(last_code(visitor).reveal()), "enter", sees="New password")
    await person.press(*keys_of("Riet7-ij"), sees="✓ A symbol")


async def phone(person: Person) -> None:
    """The picture for the phone."""
    uri = f"otpauth://totp/Noordkade%20Telecom:anna?secret={SEED}&issuer=Noordkade%20Telecom"

    async def never(_code: object) -> None: ...

    person.portal.push_screen(EnrolScreen(Enrolment(uri, SEED), never))
    await person.wait("Scan the picture")


async def codes(person: Person) -> None:
    """The codes for a lost phone."""
    person.portal.push_screen(RecoveryCodesDialog(CODES))
    await person.wait("Each works once")


async def forgotten(person: Person) -> None:
    """Where a user name stands."""
    await person.press("f6", sees="these subjects")


WALKS: dict[str, Callable[[Person], Awaitable[None]]] = {
    "new-password": password_half_typed,
    "phone": phone,
    "recovery-codes": codes,
    "forgot-user-name": forgotten,
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", WALKS)
def test_way_in(demo_home: Path, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    settings = read_settings({"LOKET_HOME": str(demo_home)})
    set_language("en")
    portal = Portal(settings, read_operator(settings.content, []), AFTERNOON)

    async def walk(pilot: Pilot[Any]) -> None:
        person = Person(portal, pilot)
        await prepared(pilot)
        await WALKS[name](person)
        await settled(pilot)

    assert snap_compare(portal, terminal_size=size, run_before=walk)
