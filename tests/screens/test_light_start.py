"""What a session loads until its Dashboard stands: every library more costs each person memory and time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.operations.core.passwords import hash_password
from app.store import Store
from tests.factories import Factory

PASSWORD = "Herfststorm-2026"
HEAVY = (
    *("sqlmodel", "sqlalchemy", "pydantic", "alembic", "numpy", "numba", "pyarrow", "babel", "holidays"),
    *("cryptography", "email_validator", "segno", "phonenumbers", "email", "http", "smtplib", "psycopg"),
    *("app.models", "app.intake", "app.gateways", "app.demo", "app.worker", "app.rating.batch"),
    *("app.screens.my_data", "app.screens.my_products", "app.screens.info", "app.screens.services"),
    *("app.tours", "app.tours.guide", "app.tours.spotlight", "app.widgets.balloon"),
    *("app.screens.support", "app.screens.finder", "app.screens.service", "app.widgets.dialog"),
)
SIGN_IN = f"""
import asyncio, sys
from app.content.operator import read_operator
from app.portal import Portal
from app.settings import read_settings

async def sign_in():
    settings = read_settings()
    portal = Portal(settings, read_operator(settings.content, []))
    async with portal.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"anna", "enter", *(key.replace("-", "minus") for key in {PASSWORD!r}), "enter")
        for _turn in range(400):
            await pilot.pause(0.05)
            if getattr(portal.screen, "current", "") == "dashboard":
                break
        await pilot.pause(0.2)
        print("AT", getattr(portal.screen, "current", "the door"), *sys.modules)

asyncio.run(sign_in())
"""


def run(code: str, **variables: str) -> list[str]:
    """The words of the last line that a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | variables, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


def heavy(modules: list[str], names: tuple[str, ...]) -> list[str]:
    """Those of `names` that are loaded."""
    return sorted(set(names) & set(modules))


def test_signing_in_and_the_dashboard_load_nothing_heavy(
    store: Store, factory: Factory, account_id: int, tmp_path: Path
) -> None:
    factory.login(
        account_id, "holder", user_name="anna", name="Anna Admin", password_hash=hash_password(PASSWORD)
    )
    at, place, *modules = run(SIGN_IN, LOKET_HOME=str(tmp_path), LOKET_DATABASE_URL=store.url)
    assert (at, place) == ("AT", "dashboard")
    assert heavy(modules, HEAVY) == []


def test_the_first_screen_needs_no_database() -> None:
    modules = run("import sys, app.portal, app.widgets.driver; print(*sys.modules)")
    assert heavy(modules, (*HEAVY, "sqlite3", "hashlib", "argon2", "app.store", "app.operations")) == []


def test_the_portal_loads_no_tls_and_leaves_it_to_who_needs_it() -> None:
    code = (
        "import sys; from app.__main__ import load_loop; load_loop();"
        "print('_ssl' in sys.modules, end=' '); import ssl; print(ssl.SSLContext.__name__)"
    )
    assert run(code) == ["False", "SSLContext"]
