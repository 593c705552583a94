"""Somebody in front of a kiosk, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from app.clock import Clock
from app.content.operator import read_operator
from app.i18n import set_language
from app.kiosk.application import Kiosk
from app.operations.core.passwords import hash_password
from app.settings import read_settings
from app.store import Store
from tests.factories import Factory
from tests.screens.harness import SMALL, prepared, typed
from tests.screens.my_products.steps import Person

PASSWORD = "Herfststorm-2026"
ADDRESS = "192.0.2.80"


def make_kiosk(store: Store, clock: Clock, home: Path, address: str = ADDRESS) -> Kiosk:
    """A kiosk over a test's database, as `loket kiosk` starts it."""
    settings = replace(
        read_settings({"LOKET_HOME": str(home)}), database_url=store.url, channel="kiosk", address=address
    )
    return Kiosk(settings, read_operator(settings.content, []), clock)


class Visitor(Person):
    """Presses keys at the kiosk."""

    portal: Kiosk

    async def sign_in(self, name: str, sees: str = "1 Dashboard") -> str:
        """From the start page into the portal."""
        await self.press("1", sees="Password")
        await self.fill(name)
        return await self.wait(sees)

    async def fill(self, name: str) -> None:
        """Name and password into what asks for them."""
        await typed(self.pilot, name)
        await self.press("enter")
        await typed(self.pilot, PASSWORD)
        await self.press("enter")

    @property
    def screens(self) -> list[str]:
        """The names of what is open, the first screen first."""
        return [type(screen).__name__ for screen in self.portal.screen_stack]


@asynccontextmanager
async def at_the_kiosk(
    store: Store, clock: Clock, home: Path, size: tuple[int, int] = SMALL, address: str = ADDRESS
) -> AsyncIterator[Visitor]:
    """A kiosk with nobody signed in, in English."""
    kiosk = make_kiosk(store, clock, home, address)
    set_language("en")
    async with kiosk.run_test(size=size) as pilot:
        await prepared(pilot)
        yield Visitor(kiosk, pilot)
        kiosk.over = True
    set_language("en")


def login(factory: Factory, account_id: int | None, role: str, name: str, **fields: object) -> int:
    """A login with the password of these tests."""
    return factory.login(
        account_id,
        role,
        staff_role="" if account_id is not None else role,
        user_name=name,
        name=f"{name.title()} Person",
        password_hash=hash_password(PASSWORD),
        **fields,
    )
