"""People of the account on the screen: who there is, inviting, roles, areas, lines, and what nobody may."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from app.vault import Vault
from tests.factories import Factory
from tests.in_each import AT_EACH
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import Person, at_the_keyboard
from tests.screens.sign_in.conftest import keys_of


@pytest.fixture
def holder(factory: Factory, account_id: int, tmp_path: Path) -> Visit:
    """The contract holder, who has two colleagues: Anna, an admin, and Uwe, a user."""
    login = factory.login(account_id, "holder", name="Hanna Holder")
    factory.login(account_id, "admin", name="Anna Admin")
    factory.login(account_id, "user", name="Uwe User")
    visit = factory.visit("holder", account_id, login_id=login, person="Hanna Holder")
    visit.account_name = "Molenwerf Bouw B.V."
    visit.vault = Vault(tmp_path / "keys")
    return visit


async def opened(person: Person, name: str = "") -> str:
    """The tab, with the cursor on somebody."""
    await person.press("2", sees="Telephone password")
    page = await person.press("p", sees="contract holder")
    for _turn in range(10 if name else 0):
        if any(line.startswith(" ›") and name in line for line in page.splitlines()):
            return page
        page = await person.press("down")
    return page


def roles(visit: Visit) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {each.name: (each.role, each.areas) for each in perform(visit, "members.page")}


@pytest.mark.capability("MD-29")
@pytest.mark.parametrize("size", AT_EACH)
async def test_everybody_is_listed_with_role_line_and_what_they_may(
    factory: Factory, holder: Visit, account_id: int, tmp_path: Path, size: tuple[int, int]
) -> None:
    line = factory.line(account_id, number="+31612345678")
    login = factory.login(account_id, "sub", name="Suse Sub", line_id=line, last_sign_in_at=holder.now)
    with holder.store.transaction() as tx:
        tx.execute("UPDATE membership SET areas = 'products,billing' WHERE login_id = :id", id=login)
    async with at_the_keyboard(holder, tmp_path, size) as person:
        page = await opened(person, "Suse Sub")
        for text in ("Hanna Holder", "administrator", "Uwe User", "+31 6 1234 5678", "never", "21 Nov 2026"):
            assert text in page
        assert "May: see lines and usage, see invoices." in page


@pytest.mark.capability("LA-27", "LA-31")
async def test_an_invitation_is_sent_sent_again_and_withdrawn(
    factory: Factory, holder: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, number="+31612345678", person="Bram Bos")
    factory.line(account_id, number="+31612345679", person="Bram Bos")
    async with at_the_keyboard(holder, tmp_path) as person:
        await opened(person)
        await person.press("n", *"nobody", "ctrl+s", sees="✗")
        await person.press("end", "ctrl+u", *keys_of("bram@molenwerf.example"), "down", *"Bram", "down")
        await person.press(*"zzz", "ctrl+s", sees="No line fits this.")
        await person.press("end", "ctrl+u", *keys_of("Bram Bos"), "ctrl+s", sees="Several lines fit")
        await person.press("end", "ctrl+u", *"5678", "ctrl+s", sees="invited: Bram", misses="Invite somebody")
        page = await person.press("end", sees="bram@molenwerf.example")
        assert "+31 6 1234 5678" in page
        assert "until 28 Nov 2026" in page
        (waiting,) = perform(holder, "invitations.page")
        assert (waiting.role, waiting.status) == ("user", "pending")
        await person.press("t")
        await person.press("n", *keys_of("bram@molenwerf.example"), "ctrl+s", sees="invited already")
        await person.press("escape", sees="Leave without saving?")
        await person.press("enter", sees="invited: Bram", misses="Invite somebody")
        await person.press("end", "x", sees="Withdraw the invitation of")
        await person.press("enter", misses="invited: Bram")
    (ended,) = perform(holder, "invitations.page")
    assert ended.status == "withdrawn"
    mails = holder.rows("SELECT count(*) FROM message WHERE recipient = 'bram@molenwerf.example'")
    assert mails == [(2,)]


@pytest.mark.capability("LA-30", "LA-34")
@pytest.mark.parametrize("size", AT_EACH)
async def test_the_holder_decides_what_somebody_may(
    holder: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(holder, tmp_path, size) as person:
        await opened(person, "Uwe User")
        await person.press("r", sees="What Uwe User may do")
        await person.press("right", "ctrl+s", sees="Choose at least one.")
        await person.press(*["down"] * 3, "space", sees="☑ yes")
        await person.press("ctrl+s", sees="May: see invoices.", misses="What Uwe")
        assert roles(holder)["Uwe User"] == ("sub", ("billing",))
        await person.press("r", sees="☑ yes")
        await person.press("right", sees="administrator")
        await person.press("ctrl+s", sees="Manages lines", misses="What Uwe")
    assert roles(holder)["Uwe User"] == ("admin", ())


async def test_a_line_is_linked_and_unlinked(
    factory: Factory, holder: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, number="+31612345678", person="Uwe User")
    async with at_the_keyboard(holder, tmp_path) as person:
        await opened(person, "Uwe User")
        await person.press("i", *keys_of("Uwe"), "enter", sees="+31 6 1234 5678", misses="Link a line")
        await person.press("enter", sees="Unlink the line")
        await person.press("down", "down", "enter", misses="Unlink the line")
        await person.wait(misses="+31 6 1234 5678")


async def test_removing_says_what_it_does(holder: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(holder, tmp_path) as person:
        await opened(person, "Uwe User")
        page = await person.press("x", sees="Remove Uwe User?")
        assert "cannot act for Molenwerf Bouw B.V. any more" in " ".join(page.split())
        await person.press("escape", sees="Uwe User", misses="Remove Uwe")
        await person.press("x", "enter", misses="Uwe User")
    assert "Uwe User" not in roles(holder)


@pytest.mark.capability("LA-19", "LA-21")
async def test_the_holder_stays_and_the_way_to_another_is_one_key_away(holder: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(holder, tmp_path) as person:
        await opened(person, "Hanna Holder")
        await person.wait("cannot be removed or changed")
        await person.press("x", "r")
        assert len(person.portal.screen_stack) == 1
        await person.press("enter", sees="The contract holder stays.")
        await person.press("end", "enter", sees="New holder's name")
        await person.press("escape", sees="New request")
    assert roles(holder)["Hanna Holder"][0] == "holder"


@pytest.mark.capability("LA-31")
async def test_an_admin_invites_users_only_and_is_told_why(
    factory: Factory, holder: Visit, account_id: int, tmp_path: Path
) -> None:
    login = factory.login(account_id, "admin", name="Bert Beheer")
    admin = factory.visit("admin", account_id, login_id=login, person="Bert Beheer")
    async with at_the_keyboard(admin, tmp_path) as person:
        await opened(person, "Anna Admin")
        await person.wait("Only the contract holder decides")
        await person.press("x", "r")
        assert len(person.portal.screen_stack) == 1
        await person.press("enter", sees="Only the contract holder decides")
        page = await person.press("escape", "n", sees="Only the contract holder invites")
        assert "1/1" in page


async def test_an_agent_who_helps_an_admin_sees_what_is_forbidden(
    holder: Visit, assisting_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(assisting_visit, tmp_path) as person:
        await opened(person, "Uwe User")
        page = await person.press("enter", sees="Only the customer may do this")
        assert "Remove" in page
        await person.press("enter")
        await person.press("escape", "x", sees="Remove Uwe User?")


async def test_the_search_leads_to_a_person(holder: Visit, tmp_path: Path) -> None:
    uwe = next(each for each in perform(holder, "members.page") if each.name == "Uwe User")
    async with at_the_keyboard(holder, tmp_path) as person:
        await person.press("2", sees="Telephone password")
        area = person.portal.screen.query_one("#my-data")
        await area.open_target("login", uwe.login_id)  # type: ignore[attr-defined]
        page = await person.wait("Uwe User")
        assert any(line.startswith(" ›") and "Uwe User" in line for line in page.splitlines())


async def test_no_naughty_name_acts_on_the_screen(holder: Visit, tmp_path: Path) -> None:
    with holder.store.transaction() as tx:
        tx.execute("UPDATE login SET name = :bad WHERE name = 'Uwe User'", bad="\x1b[31m[bold]\u202eUwe\x07")
    async with at_the_keyboard(holder, tmp_path, LARGE) as person:
        page = await opened(person, "Uwe")
        assert "[bold]" in page
        assert not {"\x1b", "\u202e", "\x07"} & set(page)


@pytest.mark.capability("LA-34")
async def test_a_sub_account_reads_and_is_told_who_decides(
    factory: Factory, holder: Visit, account_id: int, tmp_path: Path
) -> None:
    login = factory.login(account_id, "sub", name="Suse Sub")
    areas = {"areas": ("data", "people")}
    sub = factory.visit("sub", account_id, login_id=login, person="Suse Sub", **areas)
    with holder.store.transaction() as tx:
        tx.execute("UPDATE membership SET areas = 'data,people' WHERE login_id = :id", id=login)
    async with at_the_keyboard(sub, tmp_path) as person:
        await opened(person, "Uwe User")
        await person.wait("Only an administrator of your account can change this.")
        await person.press("n", "x", "r", "i")
        assert len(person.portal.screen_stack) == 1
        line = next(text for text in person.screen.splitlines() if "Login" in text)
        with holder.store.transaction() as tx:
            tx.execute("UPDATE membership SET areas = 'data' WHERE login_id = :id", id=login)
        assert "People" in line
        # The tab goes at the next look, without a key.
        await person.wait(misses="People")
