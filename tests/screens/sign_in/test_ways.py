"""The ways out of the sign-in: each by key and by mouse, and what they tell to whom."""

from __future__ import annotations

import pytest

from app.i18n import set_language
from app.operations.core import Visit
from app.screens.sign_in.screen import SignInScreen
from app.screens.sign_in.ways_line import WaysLine
from tests.factories import Factory
from tests.operations.mail_box import letters
from tests.screens.sign_in.conftest import Door, keys_of

WAYS = {
    "f3": ("I have a code", "Type the code"),
    "f4": ("Forgot password", "You get a mail"),
    "f5": ("No login yet?", "For customers"),
    "f6": ("Forgot user name", "these subjects"),
}
NEUTRAL = "If that login exists, a mail with a code is on its way."


async def test_all_ways_stand_on_the_first_screen_and_open_by_key(door: Door) -> None:
    async with door() as person:
        for key, (title, sees) in WAYS.items():
            assert f"{key.upper()} {title}" in person.screen
            await person.press(key, sees=sees)
            await person.press("escape", misses=sees)
            assert isinstance(person.portal.screen, SignInScreen)


async def test_and_by_mouse(door: Door) -> None:
    async with door() as person:
        line = person.portal.screen.query_one(WaysLine)
        left = 0
        for way, (title, sees) in zip(line.ways(), WAYS.values(), strict=True):
            assert way.says == title
            await person.pilot.click(WaysLine, offset=(left + 1, 0))
            await person.wait(sees)
            await person.press("escape", misses=sees)
            left += way.cells + 2


@pytest.mark.parametrize("language", ["nl", "de"])
async def test_long_words_take_another_line_and_none_is_cut(door: Door, language: str) -> None:
    async with door() as person:
        while language not in str(person.portal.screen.query_one(".language.-current").id):
            await person.press("f2")
            await person.pilot.pause()
        line = person.portal.screen.query_one(WaysLine)
        shown = person.screen
        for way in line.ways():
            assert f"{way.sign} {way.says}" in shown
    set_language("en")


async def test_a_key_of_ones_own_opens_a_way_and_is_shown(door: Door) -> None:
    async with door() as person:
        person.portal.set_keymap({"sign_in.have_code": "f9"})
        person.portal.screen.query_one(WaysLine).refresh(layout=True)
        await person.wait("F9 I have a code")
        await person.press("f9", sees="Type the code")


@pytest.mark.capability("LA-14")
async def test_a_forgotten_user_name_both_subjects_the_sender_and_the_contact_ways(
    door: Door, nobody: Visit
) -> None:
    async with door() as person:
        told = await person.press("f6", sees="these subjects")
        operator = nobody.content.operator
        for text in (
            "“User name of your admin account”",
            "“Installation of your …”",
            f"From: {operator.senders.mail_name} ({operator.senders.mail_address})",
            *(operator.contact.phone, operator.contact.email, operator.contact.website),
        ):
            assert text in told


@pytest.mark.capability("LA-10")
async def test_who_forgot_the_password_gets_one_answer_and_only_a_known_one_a_mail(
    door: Door, nobody: Visit, factory: Factory, account_id: int
) -> None:
    factory.login(account_id, "holder", user_name="anna", email="anna@molenwerf.example")
    answers = []
    async with door('"user_name"') as person:
        for who in ("nobody", "anna"):
            form = await person.press("f4", sees="You get a mail")
            assert "User name" in form
            assert "Customer number" not in form
            answers.append(await person.press(*keys_of(who), "enter", sees="mailbox"))
            assert " ".join(NEUTRAL.split()[:6]) in answers[-1]
            await person.press("escape", misses="mailbox")
    assert answers[0] == answers[1]
    assert [letter.recipient for letter in letters(nobody)] == ["anna@molenwerf.example"]


@pytest.mark.capability("LA-13")
async def test_with_customer_numbers_the_stored_address_must_match_too(
    door: Door, nobody: Visit, factory: Factory, account_id: int
) -> None:
    factory.login(account_id, "holder", email="anna@molenwerf.example")
    row = nobody.row("SELECT number FROM account WHERE id = :id", id=account_id)
    assert row is not None
    answers = []
    async with door('"customer_number"') as person:
        for number, email in (
            ("C99999", "anna@molenwerf.example"),
            (row[0], "other@molenwerf.example"),
            (row[0], "Anna@molenwerf.example"),
        ):
            assert not letters(nobody)
            await person.press("f4", sees="Customer number")
            await person.press(*keys_of(number), "tab", *keys_of(email))
            answers.append(await person.press("enter", sees="mailbox"))
            await person.press("escape", misses="mailbox")
    assert len(set(answers)) == 1
    assert len(letters(nobody)) == 1


async def test_what_the_scheme_needs_has_to_be_filled_in(door: Door) -> None:
    async with door('"customer_number"') as person:
        await person.press("f4", sees="You get a mail")
        await person.press("C", "1", "enter", sees="Fill this in")


@pytest.mark.capability("LA-32")
async def test_no_login_yet_mails_the_code_of_the_first_one_once(
    door: Door, nobody: Visit, factory: Factory
) -> None:
    account = factory.account("Zonder Login B.V.", number="C70707", email="post@zonder.example")
    answers = []
    async with door() as person:
        for turn in range(2):
            await person.press("f5", sees="no login. You get")
            await person.press(*keys_of("C70707"), "enter", sees="Fill this in")
            await person.press(*keys_of("post@zonder.example"))
            answers.append(await person.press("enter", sees="mailbox"))
            await person.press("escape", misses="mailbox")
            assert len(letters(nobody)) == 1
            if turn == 0:
                factory.login(account, "holder")
    assert answers[0] == answers[1]


async def test_from_the_answer_one_key_leads_to_the_code(door: Door) -> None:
    async with door() as person:
        await person.press("f4", sees="You get a mail")
        await person.press("x", "enter", sees="mailbox")
        await person.press("tab", "enter", sees="Type the code")
