"""An administrator looks after the customer's data: address, a contact, what mails come; by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.journeys.conftest import sign_in
from tests.screens.harness import SMALL, typed
from tests.screens.my_products.steps import Person


@pytest.mark.capability("MD-02", "MD-21", "MD-23")
async def test_address_contact_and_notices(
    demo_portal: Callable[..., AbstractAsyncContextManager[Person]], demo_home: Path
) -> None:
    async with demo_portal(SMALL) as person:
        await sign_in(person, "admin", sees="Shared data")
        await person.press("2", sees="Duinweg 400")

        await person.press(*["down"] * 4, "enter", sees="Change the data of")
        await person.press("end", "ctrl+u")
        await typed(person.pilot, "Strandpad 12")
        await person.press(*["down"] * 7)
        await typed(person.pilot, "new office")
        await person.press("ctrl+s", sees="Strandpad 12", misses="Cancel")
        await person.wait("Reason: new office")

        await person.press("c", sees="Claire Dubois")
        await person.press("n", sees="New contact")
        await typed(person.pilot, "Nel Nieuw")
        await person.press(*["down"] * 3)
        await typed(person.pilot, "+31 67 004 2903")
        await person.press("ctrl+s", sees="Nel Nieuw", misses="Cancel")
        await person.wait("+31 6 7004 2903")

        await person.press("o", sees="Usage and limits by e-mail")
        await person.press("down", "enter")
        for _turn in range(60):
            await person.pilot.pause(0.05)
            line = next(line for line in person.screen.splitlines() if "Usage and limits" in line)
            if " off " in line:
                break
        assert " off " in line

        await person.press("y", sees="What was done")
        await person.wait("Marit Duinker")
        await person.press("1", "2", sees="What was done")
        await person.press("2", sees="Strandpad 12")
