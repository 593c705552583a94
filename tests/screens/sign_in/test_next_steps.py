"""After the password: a code of the phone, a recovery code, a mailed one, and setting the phone up."""

from __future__ import annotations

import re

import pyotp
import pytest

from app.clock import FixedClock
from app.operations.core import Visit, one_time
from app.operations.core.passwords import hash_password
from app.screens.sign_in.screen import SignInScreen
from app.secret import Secret
from tests.factories import Factory
from tests.operations.mail_box import last_code
from tests.screens.my_products.steps import Person
from tests.screens.read_qr import read_qr
from tests.screens.sign_in.conftest import Door, keys_of

PASSWORD = "Wilgenkatje-3-otter"


@pytest.fixture
def anna(door: Door, factory: Factory, account_id: int) -> int:
    return factory.login(
        account_id,
        "holder",
        user_name="anna",
        name="Anna de Vries",
        email="anna@molenwerf.example",
        password_hash=hash_password(PASSWORD),
    )


def set_up(nobody: Visit, login: int) -> tuple[str, tuple[str, ...]]:
    """One-time passwords that were confirmed; the seed, and the recovery codes."""
    with nobody.transaction():
        seed = one_time.begin(nobody, login).seed
        assert one_time.confirm(nobody, login, Secret(pyotp.TOTP(seed).at(nobody.now)))
        return seed, one_time.new_codes(nobody, login)


async def password_typed(person: Person, **waits: str) -> str:
    for selector, text in (("#who", "anna"), ("#password", PASSWORD)):
        person.portal.screen.query_one(selector).focus()
        person.portal.screen.query_one(selector).value = ""  # type: ignore[attr-defined]
        await person.press(*keys_of(text))
    return await person.press("enter", **waits)


@pytest.mark.capability("BX-38")
async def test_a_code_of_the_phone_works_once(
    door: Door, nobody: Visit, anna: int, clock: FixedClock
) -> None:
    async with door() as person:
        seed, _codes = set_up(nobody, anna)
        clock.advance(30)
        code = pyotp.TOTP(seed).at(clock.now())
        await password_typed(person, sees="One-time password")
        await person.press(*"000000", "enter", sees="This code is wrong")
        await person.press(*code, "enter", sees="1 Dashboard")
        await person.press("ctrl+l", sees="F3 I have a code")
        await password_typed(person, sees="One-time password")
        await person.press(*code, "enter", sees="This code is wrong")
        clock.advance(30)
        await person.press(*pyotp.TOTP(seed).at(clock.now()), "enter", sees="1 Dashboard")


@pytest.mark.capability("BX-38")
async def test_a_recovery_code_in_its_place_works_once(door: Door, nobody: Visit, anna: int) -> None:
    async with door() as person:
        _seed, codes = set_up(nobody, anna)
        assert "recovery codes instead" in " ".join(
            (await password_typed(person, sees="One-time password")).replace("│", " ").split()
        )
        await person.press(*keys_of(codes[3].lower()), "enter", sees="1 Dashboard")
        await person.press("ctrl+l", sees="F3 I have a code")
        await password_typed(person, sees="One-time password")
        await person.press(*keys_of(codes[3]), "enter", sees="This code is wrong")
        await person.press("escape", misses="One-time password")
        assert isinstance(person.portal.screen, SignInScreen)
        assert person.portal.desk.visit is None


async def test_after_many_wrong_passwords_a_mailed_code_is_asked_too(
    door: Door, nobody: Visit, anna: int
) -> None:
    async with door() as person:
        with nobody.transaction() as tx:
            tx.execute("UPDATE login SET failures = 100 WHERE id = :id", id=anna)
        told = await password_typed(person, sees="A code by mail")
        assert "a…@molenwerf.example" in told
        await person.press(*last_code(nobody).reveal(), "enter", sees="1 Dashboard")


async def test_a_step_that_took_too_long_begins_anew(
    door: Door, nobody: Visit, anna: int, clock: FixedClock
) -> None:
    async with door() as person:
        set_up(nobody, anna)
        await password_typed(person, sees="One-time password")
        clock.advance(601)
        await person.press(*"123456", "enter", sees="This took too long. Sign in again.")
        assert isinstance(person.portal.screen, SignInScreen)


@pytest.fixture
def demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator demands one-time passwords."""
    monkeypatch.setattr(one_time, "is_required", lambda visit, login_id: True)


@pytest.mark.capability("BX-38")
async def test_where_it_is_demanded_the_phone_is_set_up_on_the_way_in(
    door: Door, nobody: Visit, anna: int, clock: FixedClock, demanded: None
) -> None:
    async with door() as person:
        await password_typed(person, sees="Scan the picture")
        seed = pyotp.parse_uri(read_qr(person.portal)).secret
        groups = " ".join(seed[at : at + 4] for at in range(0, 32, 4))
        assert all(group in person.screen for group in groups.split())
        shown = await person.press(*pyotp.TOTP(seed).at(clock.now()), "enter", sees="write them down")
        codes = re.findall(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}", shown)
        assert len(codes) == 10
        await person.press("enter", sees="Are all ten written down?")
        await person.press("enter", sees="1 Dashboard")
        await person.press("ctrl+l", sees="F3 I have a code")
        await password_typed(person, sees="One-time password")
        await person.press(*keys_of(codes[0]), "enter", sees="1 Dashboard")


async def test_who_does_not_set_it_up_is_not_in(door: Door, nobody: Visit, anna: int, demanded: None) -> None:
    async with door() as person:
        await password_typed(person, sees="Scan the picture")
        await person.press("escape", misses="Scan the picture", sees="F3 I have a code")
        assert person.portal.desk.visit is None
