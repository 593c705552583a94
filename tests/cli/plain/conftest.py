"""A customer with an administrator and a line, and a conversation with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.clock import Clock, FixedClock
from app.content import Content
from app.i18n import set_language
from app.settings import Settings, read_settings
from app.store import Store
from tests.cli.plain.piped import Piped, conversation
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH


@dataclass
class Firm:
    """One customer; people have PASSWORD."""

    account: int
    line: int
    login: int


@pytest.fixture
def settings(store: Store, tmp_path: Path) -> Settings:
    """Settings of a home with this test's database."""
    return read_settings({"LOKET_HOME": str(tmp_path), "LOKET_DATABASE_URL": store.url})


@pytest.fixture
def firm(factory: Factory) -> Firm:
    """Its holder signs in as `anna`."""
    account = factory.account("Firm")
    line = factory.line(account, person="Bea")
    login = factory.login(account, "holder", user_name="anna", name="Anna", password_hash=PASSWORD_HASH)
    return Firm(account, line, login)


Talks = Callable[..., Piped]


@pytest.fixture
def talks(settings: Settings, content: Content, clock: FixedClock) -> Iterator[Talks]:
    """`talks("anna")`: her conversation, signed in; `talks()`: before the sign-in."""
    with ExitStack() as stack:

        def start(name: str = "", *, content: Content = content, clock: Clock = clock) -> Piped:
            return stack.enter_context(conversation(settings, clock, name, PASSWORD, content))

        yield start
    set_language("en")
