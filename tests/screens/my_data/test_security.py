"""Security in My Data: one's own login and what guards the account, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste

from app.clock import FixedClock
from app.operations.core import Refused, Visit, one_time, perform
from app.operations.core.passwords import hash_password
from app.secret import Secret
from app.vault import Vault
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.operations.mail_box import last_code
from tests.operations.three_customers import PUBLIC_KEY
from tests.screens.harness import LARGE, SMALL
from tests.screens.my_products.steps import Person, at_the_keyboard
from tests.screens.sign_in.conftest import keys_of

PASSWORD, NEW = "Wilgenkatje-3-otter", "Rietkraag-7-ijsvogel"
ORDER = (
    "password",
    "email",
    "mobile",
    "factor",
    "recovery",
    "sessions",
    "keys",
    "tokens",
    "addresses",
    "telephone",
)


@pytest.fixture
def me(factory: Factory, account_id: int) -> Visit:
    """An admin at a terminal in the office, whose password was just given."""
    login = factory.login(account_id, "admin", name="Anna Admin", password_hash=hash_password(PASSWORD))
    visit = factory.visit("admin", account_id, login_id=login, person="Anna Admin", address="192.0.2.7")
    visit.session_id = session(factory, visit, "1" * 32)
    return visit


def session(factory: Factory, visit: Visit, number: str, checked_at: int | None = None) -> str:
    """A session of the visitor's."""
    now = visit.now
    times = {"started_at": now, "seen_at": now, "checked_at": now if checked_at is None else checked_at}
    row = {"id": number, "login_id": visit.login_id, "channel": "terminal", "address": "192.0.2.7"}
    factory.insert("session", row | times)
    return number


async def opened(person: Person, key: str = "") -> str:
    """The tab, with the cursor on one of its settings."""
    await person.press("2", sees="Telephone password")
    page = await person.press("s", sees="One-time passwords")
    return await person.press("home", *["down"] * ORDER.index(key)) if key else page


@pytest.mark.parametrize("size", [(60, 20), (60, 16), SMALL])
async def test_the_button_of_a_long_form_stays_in_sight(
    me: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(me, tmp_path, size) as person:
        await person.press("2", sees="Customer number")
        await person.press("s", sees="E-mail address")
        page = await person.press("home", "enter", sees="Your password")
        assert "Save" in page
        assert "Cancel" in page


@pytest.mark.parametrize("size", AT_EACH)
async def test_all_of_it_shows_at_once(me: Visit, tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_keyboard(me, tmp_path, size) as person:
        page = await opened(person)
        for text in (
            "Password",
            "E-mail address",
            "none linked",
            "Recovery codes",
            "1 open",
            "0 valid",
            "from anywhere",
            "none yet",
        ):
            assert text in page


@pytest.mark.capability("MD-09", "LA-09")
async def test_the_old_password_stops_working(me: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(me, tmp_path) as person:
        await opened(person, "password")
        await person.press("enter", sees="Change your password")
        await person.press(*"wrong", "tab", *keys_of("kort1"), sees="✓ A digit")
        page = await person.press("tab", *keys_of("kort2"), "enter", sees="not the same as above")
        assert "○ At least 12 characters" in page
        await person.press("up", "end", "ctrl+u", *keys_of(NEW), sees="✓ At least 12 characters")
        await person.press("tab", "end", "ctrl+u", *keys_of(NEW), sees="✓ Typed twice the same")
        await person.press("enter", sees="The password is wrong")
        await person.press("end", "ctrl+u", *keys_of(PASSWORD), "enter", sees="set on 21 Nov 2026")
        assert NEW not in person.screen
        with pytest.raises(Refused, match="wrong"):
            perform(me, "sessions.confirm", password=Secret(PASSWORD))
        perform(me, "sessions.confirm", password=Secret(NEW))


async def test_a_password_that_was_given_long_ago_is_asked_again(
    me: Visit, clock: FixedClock, tmp_path: Path
) -> None:
    with me.store.transaction() as tx:
        tx.execute("UPDATE session SET checked_at = 0")
    async with at_the_keyboard(me, tmp_path) as person:
        await person.portal.desk.run(lambda: None)
        await opened(person, "email")
        await person.press("enter", *keys_of("new@molenwerf.example"), "enter", sees="Your password, please")
        await person.press(*keys_of(PASSWORD), "enter", sees="A mail with a code went to")


async def test_a_new_address_counts_once_its_code_was_typed(me: Visit, tmp_path: Path) -> None:
    me.vault = Vault(tmp_path / "keys")
    async with at_the_keyboard(me, tmp_path) as person:
        await opened(person, "email")
        await person.press("enter", sees="Change your e-mail")
        await person.press(*"nobody", "enter", sees="✗")
        await person.press(
            "end", "ctrl+u", *keys_of("new@molenwerf.example"), "enter", sees="A mail with a code"
        )
        page = await person.press("escape", sees="waits for its code", misses="Confirm your")
        assert "new@molenwerf.example counts once" in page
        await person.press("enter", sees="I have a code")
        await person.press("enter", sees="Type the code that was sent to new@molenwerf.example")
        await person.press(*"0000", "enter", sees="not valid any more")
        code = last_code(me).reveal()
        await person.press("end", *["backspace"] * 5, *keys_of(code), "enter", misses="Confirm your")
        page = await person.wait("new@molenwerf.example", misses="waits for")
        assert perform(me, "profile.reached").email == "new@molenwerf.example"


@pytest.mark.capability("MD-32")
@pytest.mark.parametrize("size", AT_EACH)
async def test_a_mobile_number_is_linked_by_its_code_and_unlinked(
    factory: Factory, me: Visit, account_id: int, tmp_path: Path, size: tuple[int, int]
) -> None:
    line = factory.line(account_id, number="+31612345678")
    me.vault = Vault(tmp_path / "keys")
    async with at_the_keyboard(me, tmp_path, size) as person:
        await opened(person, "mobile")
        await person.press("enter", *"06", "enter", sees="Write a mobile number like")
        await person.press("end", "ctrl+u", *"0612345678", "enter", sees="A code went to +31612345678")
        await person.press(*"12", "enter", sees="This code is wrong")
        await person.press("end", "ctrl+u", *last_code(me).reveal(), "enter", sees="+31 6 1234 5678")
        await person.wait(misses="Link a mobile")
        assert perform(me, "profile.get").line_number == "+31612345678"
        stored = me.store.row("SELECT mobile, line_id FROM login WHERE id = :id", id=me.login_id)
        assert stored == ("+31612345678", line)
        await person.press("enter", sees="Unlink the number")
        await person.press("end", "enter", sees="Your own usage does not show")
        await person.press("enter", sees="none linked")
        assert perform(me, "profile.reached").mobile == ""


@pytest.mark.capability("BX-38")
async def test_one_time_passwords_are_set_up_renewed_and_removed(
    me: Visit, tmp_path: Path, clock: FixedClock
) -> None:
    me.vault = Vault(tmp_path / "keys")
    async with at_the_keyboard(me, tmp_path, LARGE) as person:
        await opened(person, "recovery")
        await person.press("enter")
        assert len(person.portal.screen_stack) == 1
        await person.press("up", "enter", sees="Scan the picture")
        seed = person.portal.screen.enrolment.seed  # type: ignore[attr-defined]
        step = clock.now() // one_time.STEP
        await person.press(*"000000", "enter", sees="This code is wrong")
        await person.press(*one_time.code_at(seed, step), "enter", sees="Recovery codes: write them down")
        await person.press("enter", sees="Are all ten written down?")
        page = await person.press("enter", sees="10 left", misses="written down")
        assert " 10  " not in page
        await person.press("down", "enter", sees="Make new recovery codes?")
        await person.press("enter", sees="write them down")
        (code, *_more) = person.portal.screen.codes  # type: ignore[attr-defined]
        await person.press("enter", sees="Are all ten")
        await person.press("enter", sees="10 left", misses="written down")
        await person.press("up", "enter", sees="Switch one-time passwords off")
        await person.press(*"1234", "enter", sees="This code is wrong")
        await person.press("end", "ctrl+u", *keys_of(code), "enter", misses="Switch one-time")
        await person.wait("off")
        assert not perform(me, "second_factor.state").on


@pytest.mark.capability("BX-38")
async def test_one_session_is_ended_and_this_one_is_marked(
    factory: Factory, me: Visit, tmp_path: Path
) -> None:
    session(factory, me, "2" * 32)
    async with at_the_keyboard(me, tmp_path) as person:
        await opened(person, "sessions")
        page = await person.press("enter", sees="this one")
        assert page.count("192.0.2.7") == 2
        rows = [line for line in page.splitlines() if "192.0.2.7" in line]
        other = next(index for index, line in enumerate(rows) if "this one" not in line)
        await person.press("home", *["down"] * (1 - other), "x", sees="this one")
        assert len(perform(me, "sessions.page")) == 2
        await person.press("home", *["down"] * other, "x", sees="End this session?")
        await person.press("enter", misses="End this session?")
        for _turn in range(40):
            await person.pilot.pause(0.05)
            if person.screen.count("192.0.2.7") == 1:
                break
        assert [each.this for each in perform(me, "sessions.page")] == [True]


@pytest.mark.capability("MD-26", "MD-27")
@pytest.mark.parametrize("size", AT_EACH)
async def test_nobody_shuts_themselves_out_unawares(me: Visit, tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_keyboard(me, tmp_path, size) as person:
        await opened(person, "addresses")
        await person.press("enter", sees="Only fixed addresses work in this list")
        page = await person.press("n", sees="Allow an address")
        assert "Only fixed addresses work" in page
        await person.press(*"nonsense", "enter", sees="Write an address like 192.0.2.7")
        await person.press("end", "ctrl+u", *keys_of("198.51.100.9"), "enter", sees="Shut yourself out?")
        await person.press("escape", sees="You come from 192.0.2.7", misses="Shut yourself")
        assert perform(me, "allowed_addresses.page").rows == ()
        await person.press(
            "end", "ctrl+u", *keys_of("192.0.2.7"), "tab", *"Office", "enter", sees="you are here"
        )
        await person.press("n", *keys_of("198.51.100.9"), "enter", sees="198.51.100.9/32", misses="Allow an")
        await person.press("home", "x", sees="Remove 192.0.2.7/32?")
        await person.press("enter", sees="Shut yourself out?")
        await person.press("enter", misses="Shut yourself")
        await person.wait(misses="you are here")
        await person.press("x", sees="The list is empty then")
        await person.press("enter", sees="People may sign in from anywhere.")


async def test_a_token_is_shown_once_and_revoked(me: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(me, tmp_path) as person:
        await opened(person, "tokens")
        await person.press("enter", sees="No tokens yet")
        await person.press("n", *"nightly", "ctrl+s", sees="Choose at least one.")
        await person.press("space", sees="☑ yes")
        page = await person.press("ctrl+s", sees="Copy the token now")
        assert "loket_" in page
        page = await person.press("enter", sees="nightly", misses="Copy the token")
        assert "loket_" not in page
        (made,) = perform(me, "tokens.page")
        assert set(made.rights) == {"VIEW_LINES", "VIEW_USAGE", "VIEW_MESSAGES"}
        await person.press("x", sees="Revoke nightly?")
        await person.press("enter", sees="revoked")


async def test_a_key_is_pasted_compared_and_removed(me: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(me, tmp_path) as person:
        await opened(person, "keys")
        await person.press("enter", sees="No keys yet")
        await person.press("n", sees="Paste the line of your public key")
        paste(person, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n")
        await person.press("enter", sees="make a new pair with ssh-keygen")
        await person.press("ctrl+u")
        paste(person, PUBLIC_KEY + "\n")
        page = await person.press("enter", sees="anna@laptop", misses="Paste the line")
        (key,) = perform(me, "ssh_keys.page")
        assert "SHA256:" in page
        await person.press("x", sees="Remove anna@laptop?")
        assert key.fingerprint[-20:] in person.screen
        await person.press("enter", sees="No keys yet")
        await person.press("escape", misses="No keys yet")
        await person.wait("none yet")
        assert perform(me, "ssh_keys.page") == []


def paste(person: Person, text: str) -> None:
    """What a terminal sends for pasted text."""
    person.portal.post_message(Paste(text))


async def test_an_employee_guards_the_own_login_only(user_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(user_visit, tmp_path) as person:
        await person.press("2", sees="User name")
        page = await person.press("s", sees="Allowed addresses")
        assert "from anywhere" not in page
        await person.press("end", "up", "enter", sees="Only an administrator of your account")
        assert len(person.portal.screen_stack) == 1


async def test_an_agent_who_helps_changes_nothing_here(assisting_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path) as person:
        await opened(person, "password")
        await person.press("enter", sees="not the customer's")
        await person.press("end", "enter", sees="It cannot be done on a call")
        assert len(person.portal.screen_stack) == 1


@pytest.mark.parametrize("size", AT_EACH)
async def test_a_change_that_waits_is_shown_and_can_be_cancelled(
    me: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    me.vault = Vault(tmp_path / "keys")
    perform(me, "email.change", address="new@molenwerf.example")
    perform(me, "mobile.link", number="+31612345678")
    async with at_the_keyboard(me, tmp_path, size) as person:
        for key in ("email", "mobile"):
            page = await opened(person, key)
            assert "waits for its code" in page
            assert "or to cancel the change" in page
            await person.press("enter", sees="Cancel the change")
            await person.press("down", "down", "enter", misses="or to cancel the change")
        await person.wait("none linked", misses="waits for its code")
        found = perform(me, "profile.reached")
        assert (found.asked_email, found.asked_mobile) == ("", "")


async def test_what_cannot_be_changed_on_a_call_says_why_and_not_how(
    assisting_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path, LARGE) as person:
        for key in ORDER:
            page = await opened(person, key)
            assert "your own login" in page or "Only the customer may do this" in page, key
            assert "Press Enter" not in page, key
