"""Somebody at the first screen, who cannot get in yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Visit
from app.store import Store
from app.vault import Vault
from tests.screens.harness import prepared
from tests.screens.my_products.steps import Person
from tests.screens.test_sign_in import at_the_door

Door = Callable[..., AbstractAsyncContextManager[Person]]


@pytest.fixture
def door(store: Store, clock: FixedClock, tmp_path: Path) -> Door:
    """`async with door(schemes, size)`: the first screen of an operator, all of it loaded."""

    @asynccontextmanager
    async def start(schemes: str = '"user_name"') -> AsyncIterator[Person]:
        async with at_the_door(store, tmp_path, clock, schemes) as person:
            await prepared(person.pilot)
            yield person

    return start


@pytest.fixture
def nobody(store: Store, clock: FixedClock, content: Content, tmp_path: Path) -> Visit:
    """A visitor with the keys of that portal, to read what it mailed."""
    return Visit(store, clock, content, vault=Vault(tmp_path / "home" / "keys"), channel="terminal")


def keys_of(text: str) -> list[str]:
    """The keys that type a text."""
    signs = {" ": "space", "-": "minus", "@": "at", ".": "full_stop", "+": "plus", "_": "underscore"}
    return [signs.get(letter, letter) for letter in text]
