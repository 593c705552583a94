"""Anna with a password and a key, and doors from where a test wants them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core import perform
from app.serving.identity import Door
from app.settings import Settings, read_settings
from app.store import Store
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH, PUBLIC_KEY
from tests.serving.identity.people import OFFICE, Doors


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LOKET_HOME": str(tmp_path), "LANG": "en_GB.UTF-8"})


@pytest.fixture
def account(factory: Factory) -> int:
    return factory.account("Molenwerf", number="C70001")


@pytest.fixture
def anna(factory: Factory, account: int) -> int:
    """The holder of customer C70001, with a key."""
    named = {"user_name": "Anna", "name": "Anna Berg", "email": "anna@molenwerf.example"}
    login = factory.login(account, "holder", password_hash=PASSWORD_HASH, **named)
    perform(factory.visit("holder", account, login_id=login), "ssh_keys.add", key=PUBLIC_KEY)
    return login


@pytest.fixture
def checked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Passwords are compared without hashing them; says for each check whether it was a real one."""
    checks: list[bool] = []
    if store.dialect == "sqlite":
        store._writer().execute("PRAGMA synchronous=OFF")

    def check(stored: str, password: str) -> bool:
        checks.append(bool(stored))
        return bool(stored) and password == PASSWORD

    monkeypatch.setattr("app.operations.signin.verify", check)
    return checks


@pytest.fixture
def door(store: Store, clock: FixedClock, content: Content, settings: Settings) -> Doors:
    """A door for a peer, where the operator decided otherwise about access if that is given."""

    def at(address: str = OFFICE, **access: object) -> Door:
        decided = replace(content, access=replace(content.access, **access)) if access else content
        return Door(store, clock, decided, settings, address)

    return at
