"""A code that came by mail: typed in any way, and what it asks for, with rules ticked off at each key."""

from __future__ import annotations

import gc

import pytest
from textual.events import Paste
from textual.widgets import Input

from app.clock import FixedClock
from app.operations.core import Visit, perform
from app.operations.core.passwords import hash_password
from app.screens.sign_in.screen import SignInScreen
from app.secret import Secret
from app.widgets.password_rules import PasswordRules
from tests.factories import Factory
from tests.operations.mail_box import last_code
from tests.screens.my_products.steps import Person
from tests.screens.sign_in.conftest import Door, keys_of

NEW = "Rietkraag-7-ijsvogel"


@pytest.fixture
def anna(factory: Factory, account_id: int) -> int:
    return factory.login(
        account_id,
        "holder",
        user_name="anna",
        name="Anna de Vries",
        email="anna@molenwerf.example",
        password_hash=hash_password("Wilgenkatje-3-otter"),
    )


def reset_code(nobody: Visit) -> str:
    perform(nobody, "recovery.forgot", who="anna")
    return last_code(nobody).reveal()


async def code_typed(person: Person, code: str, **waits: str) -> str:
    await person.press("f3", sees="Type the code")
    return await person.press(*keys_of(code), "enter", **waits)


@pytest.mark.parametrize("form", [str, str.lower, lambda code: code.replace("-", " ").lower()])
async def test_capitals_spaces_and_dashes_do_not_matter(
    door: Door, nobody: Visit, anna: int, form: type[str]
) -> None:
    async with door() as person:
        code = reset_code(nobody)
        await person.press("f3", sees="Type the code")
        await person.press(*keys_of(form(code)), sees=code)
        await person.press("enter", sees="New password")


async def test_it_can_be_pasted_and_control_codes_do_not_come_along(
    door: Door, nobody: Visit, anna: int
) -> None:
    async with door() as person:
        code = reset_code(nobody)
        await person.press("f3", sees="Type the code")
        person.portal.post_message(Paste(f"  \x1b[31m{code.lower()}\x07\nrm -rf\n".replace("[31m", "")))
        shown = await person.wait(code)
        assert "rm -rf" not in shown
        await person.press("enter", sees="New password")


async def test_a_code_can_be_corrected_in_the_middle(door: Door) -> None:
    async with door() as person:
        await person.press("f3", sees="Type the code")
        await person.press(*"abcdefg", sees="ABCD-EFG")
        await person.press("left", "left", "left", "x", sees="ABCD-XEFG")
        await person.press("backspace", "backspace", "backspace", sees="ABEF-G")
        await person.press("end", "backspace", "backspace", "backspace", sees="AB ", misses="ABE")


@pytest.mark.capability("LA-09")
async def test_each_rule_is_ticked_off_at_the_key_that_meets_it(door: Door, nobody: Visit, anna: int) -> None:
    async with door() as person:
        form = await code_typed(person, reset_code(nobody), sees="New password")
        for text in ("At least 12 characters", "A capital letter", "A small letter", "A digit from 0 to 9"):
            assert f"○ {text}" in form
        assert "○ A symbol: @ # $ %" in form
        await person.press("R", sees="✓ A capital letter")
        await person.press("i", sees="✓ A small letter")
        await person.press("7", sees="✓ A digit from 0 to 9")
        await person.press("minus", sees="✓ A symbol")
        shown = await person.press(*"ijsvoge", sees="○ At least 12 characters")
        assert "○ Typed twice the same" in shown
        await person.press("l", sees="✓ At least 12 characters")
        await person.press("backspace", sees="○ At least 12 characters")
        await person.press("l", *"anna", sees="○ Without your name")
        await person.press(*["backspace"] * 4, sees="✓ Without your name")
        await person.press("tab", *keys_of("Ri7-ijsvogel"), sees="✓ Typed twice the same")
        assert not person.portal.screen.query_one(PasswordRules).broken
        assert "ijsvogel" not in person.screen


async def test_a_reset_sets_the_password_and_signs_nobody_in(door: Door, nobody: Visit, anna: int) -> None:
    async with door() as person:
        code = reset_code(nobody)
        await code_typed(person, code, sees="user name anna")
        await person.press(*keys_of(NEW), "tab", *keys_of("other"), "enter", sees="not the same as above")
        field = person.portal.screen.query_one("#field-again Input", Input)
        field.value = NEW
        await person.press("enter", sees="Your password is set. Sign in as anna.")
        assert isinstance(person.portal.screen, SignInScreen)
        assert person.portal.desk.visit is None
        assert person.portal.screen.query_one("#who", Input).value == "anna"
        assert person.portal.focused is person.portal.screen.query_one("#password")
        await person.press(*keys_of(NEW), "enter", sees="1 Dashboard")


async def test_a_weak_password_is_refused_under_its_field(door: Door, nobody: Visit, anna: int) -> None:
    async with door() as person:
        await code_typed(person, reset_code(nobody), sees="New password")
        await person.press(*"kort", "tab", *"kort", "enter", sees="The new password needs")


async def test_a_used_or_old_code_says_how_to_get_another(
    door: Door, nobody: Visit, anna: int, clock: FixedClock
) -> None:
    async with door() as person:
        code = reset_code(nobody)
        clock.advance(3600)
        refused = await code_typed(person, code, sees="not valid any more")
        assert "F4" in refused
        assert "who invited you" in refused


async def test_an_invited_person_completes_the_login(
    door: Door, nobody: Visit, factory: Factory, account_id: int, anna: int
) -> None:
    holder = factory.visit("holder", account_id, login_id=anna, person="Anna")
    holder.vault = nobody.vault
    async with door() as person:
        perform(holder, "invitations.send", email="bram@molenwerf.example", name="Bram Bos", role="user")
        form = await code_typed(person, last_code(nobody).reveal(), sees="Complete your login")
        for text in ("Bram Bos", "User name", "Mobile number", "New password", "✓ ", "○ "):
            assert text in form or text == "✓ "
        await person.press("tab", "end", *["backspace"] * 40, *"bramb", "tab", "tab")
        await person.press(*keys_of(NEW), "tab", *keys_of(NEW), "enter", sees="Sign in as bramb.")
        await person.press(*keys_of(NEW), "enter", sees="1 Dashboard")


async def test_an_address_is_confirmed_without_a_password(
    door: Door, nobody: Visit, factory: Factory, account_id: int, anna: int
) -> None:
    me = factory.visit("holder", account_id, login_id=anna)
    me.vault = nobody.vault
    async with door() as person:
        perform(me, "email.change", address="anna@elders.example")
        form = await code_typed(person, last_code(nobody).reveal(), sees="New e-mail address")
        assert "anna@elders.example" in form
        assert "New password" not in form
        await person.press("enter", sees="Your new e-mail address is confirmed.")


async def test_no_secret_stays_in_a_field_after_leaving(door: Door, nobody: Visit, anna: int) -> None:
    async with door() as person:
        code = reset_code(nobody)
        await person.press("f3", sees="Type the code")
        await person.press(*keys_of(code))
        fields = list(person.portal.screen.query(Input))
        await person.press("enter", sees="New password")
        await person.press(*keys_of(NEW))
        fields += list(person.portal.screen.query(Input))
        assert NEW in [field.value for field in fields]
        await person.press("escape", misses="New password")
        await person.pilot.pause()
        assert {field.value for field in fields} == {""}
        gc.collect()
        kept = [each for each in gc.get_objects() if isinstance(each, Secret)]
        assert not [each for each in kept if NEW in each.reveal()]
