"""The door of a connection is the portal's own: the same counts, texts, cost, lists and rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.content import Content
from app.identity import Identity
from app.operations.core import Refused, SignedOut, Visit, perform
from app.operations.core.next_step import NextStep
from app.operations.signin import continue_sign_in, sign_in
from app.screens.door_names import door_name
from app.secret import Secret
from app.serving.identity import Door, Question
from app.settings import Settings
from tests.factories import Factory
from tests.operations.three_customers import PASSWORD, PASSWORD_HASH, PUBLIC_KEY
from tests.serving.identity.people import (
    ELSEWHERE,
    FAR,
    KEY,
    OFFICE,
    OTHER_KEY,
    Doors,
    code,
    factor_on,
    refused,
    taken,
)


def test_a_password_opens_a_session_that_the_child_goes_on_in(
    door: Doors, anna: int, checked: list[bool]
) -> None:
    here = door()
    found = here.password("anna", PASSWORD)
    assert isinstance(found, Identity)
    assert (found.login_id, found.user_name, found.method, found.complete) == (anna, "Anna", "password", True)
    visit = taken(here, found)
    assert (visit.person, visit.role, visit.session_id) == ("Anna Berg", "holder", found.session_id)
    (row,) = perform(visit, "sessions.page")
    assert (row.channel, row.address, row.this) == ("ssh", OFFICE, True)
    assert door_name(row.channel) == "SSH"
    here.leave()
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")
    with pytest.raises(SignedOut):
        taken(here, found)
    assert visit.row("SELECT ended_by FROM session") == ("hung_up",)
    assert visit.row("SELECT count(*) FROM audit WHERE operation = 'signin.sign_out'") == (1,)


def test_who_signed_out_is_not_signed_out_again_by_hanging_up(
    door: Doors, anna: int, checked: list[bool]
) -> None:
    from app.operations.signin import sign_out

    here = door()
    found = here.password("anna", PASSWORD)
    assert isinstance(found, Identity)
    visit = taken(here, found)
    sign_out(visit)
    here.leave()
    assert visit.row("SELECT ended_by FROM session") == ("sign_out",)
    assert visit.row("SELECT count(*) FROM audit WHERE operation = 'signin.sign_out'") == (1,)


def test_a_code_is_asked_in_a_line_or_on_the_portals_own_screen(
    door: Doors, factory: Factory, anna: int, clock: FixedClock, checked: list[bool]
) -> None:
    factor_on(factory, anna)
    here = door()
    asked = here.password("anna", PASSWORD, may_ask=True)
    assert isinstance(asked, Question)
    assert [echo for _text, echo in asked.prompts] == [False]
    assert "wrong" in refused(lambda: here.answer(["000000"]))
    found = here.answer([code(clock)])
    assert isinstance(found, Identity)
    assert (found.method, found.complete) == ("code", True)
    assert taken(here, found).login_id == anna

    there = door()
    unfinished = there.password("anna", PASSWORD)
    assert isinstance(unfinished, Identity)
    assert (unfinished.complete, unfinished.steps) == (False, ("one_time_code",))
    with pytest.raises(NextStep) as step:
        taken(there, unfinished)
    with pytest.raises(Refused):
        continue_sign_in(step.value.pending, Secret(code(clock)))  # it was used at the other door
    visit = continue_sign_in(step.value.pending, Secret(code(clock, 1)))
    assert visit.channel == "ssh"


def test_nothing_is_answered_before_a_password_was_right(door: Doors, anna: int, checked: list[bool]) -> None:
    here = door()
    refused(lambda: here.answer(["000000"]))
    refused(lambda: here.password("anna", "wrong", may_ask=True))
    refused(lambda: here.answer(["000000"]))


@pytest.mark.parametrize("later", [600, 601])
def test_what_is_still_asked_is_asked_for_ten_minutes(
    later: int, door: Doors, factory: Factory, anna: int, clock: FixedClock, checked: list[bool]
) -> None:
    factor_on(factory, anna)
    here = door()
    unfinished = here.password("anna", PASSWORD)
    assert isinstance(unfinished, Identity)
    clock.advance(later)
    with pytest.raises(SignedOut, match="too long"):
        taken(here, unfinished)


def test_what_is_still_asked_dies_with_the_password(
    door: Doors, factory: Factory, anna: int, clock: FixedClock, checked: list[bool]
) -> None:
    factor_on(factory, anna)
    here = door()
    unfinished = here.password("anna", PASSWORD)
    assert isinstance(unfinished, Identity)
    clock.advance(5)
    with here.store.transaction() as tx:
        tx.execute("UPDATE login SET password_set_at = :now", now=clock.now())
    with pytest.raises(SignedOut, match="changed meanwhile"):
        taken(here, unfinished)


# Keys


def test_a_key_is_known_by_every_name_of_its_login_and_by_no_other(door: Doors, anna: int) -> None:
    here = door()
    for who in ("anna", "ANNA", "c70001", "anna@molenwerf.example", " anna "):
        assert here.key_listed(who, KEY), who
    for who in ("nobody", "", "anna\udcff", "C70002"):
        assert not here.key_listed(who, KEY), who
    assert not here.key_listed("anna", OTHER_KEY)
    assert not here.key_listed("anna", b"")


def test_a_key_opens_the_door_and_the_first_sensitive_change_asks_for_the_password(
    door: Doors, anna: int, checked: list[bool]
) -> None:
    from app.operations.core import PasswordNeeded

    here = door()
    found = here.by_key("anna", KEY)
    assert (found.method, found.complete, checked) == ("key", True, [])
    visit = taken(here, found)
    (key,) = perform(visit, "ssh_keys.page")
    assert (found.key_id, key.last_used_at) == (key.id, visit.now)
    with pytest.raises(PasswordNeeded):
        perform(visit, "email.change", address="new@example.org")
    assert visit.row("SELECT object FROM audit ORDER BY seq DESC LIMIT 1") == (
        f"login:{anna},ssh_key:{key.id}",
    )
    perform(visit, "ssh_keys.remove", key_id=key.id)
    assert "Sign-in failed" in refused(lambda: here.by_key("anna", KEY))


def test_after_a_key_the_code_is_asked_where_policy_says_so(
    door: Doors, factory: Factory, anna: int, clock: FixedClock
) -> None:
    assert door().by_key("anna", KEY).complete
    assert door(second_factor=("holder",)).by_key("anna", KEY).steps == ("enrol",)
    factor_on(factory, anna)
    here = door()
    unfinished = here.by_key("anna", KEY)
    assert unfinished.steps == ("one_time_code",)
    assert door(code_after_key=False).by_key("anna", KEY).complete
    assert door(code_after_key=False, second_factor=("holder",)).by_key("anna", KEY).steps
    with pytest.raises(NextStep) as step:
        taken(here, unfinished)
    visit = continue_sign_in(step.value.pending, Secret(code(clock)))
    assert visit.row("SELECT ssh_key_id, checked_at FROM session WHERE id = :id", id=visit.session_id) == (
        unfinished.key_id,
        0,
    )


def test_a_key_that_is_removed_meanwhile_is_worth_nothing(
    door: Doors, factory: Factory, anna: int, clock: FixedClock
) -> None:
    factor_on(factory, anna)
    here = door()
    unfinished = here.by_key("anna", KEY)
    with pytest.raises(NextStep) as step:
        taken(here, unfinished)
    with here.store.transaction() as tx:
        tx.execute("DELETE FROM ssh_key")
    with pytest.raises(SignedOut):
        continue_sign_in(step.value.pending, Secret(code(clock)))
    with pytest.raises(SignedOut):
        taken(here, unfinished)


def test_a_key_comes_in_while_strangers_guess_and_forgives_them_nothing(
    door: Doors, anna: int, checked: list[bool]
) -> None:
    for _try in range(7):
        refused(lambda: door(ELSEWHERE).password("anna", "wrong"))
    refused(lambda: door(FAR).password("anna", PASSWORD))
    assert door(FAR).by_key("anna", KEY).complete
    row = door().store.row("SELECT failures, locked_until FROM login WHERE user_name = 'Anna'")
    assert row is not None
    assert row[0] >= 5
    assert row[1] > 0


# One count, one text, one cost


def test_one_count_of_guesses_for_all_doors(
    door: Doors, anna: int, clock: FixedClock, content: Content, settings: Settings, checked: list[bool]
) -> None:
    here = door(ELSEWHERE)

    def portal(password: str) -> Visit:
        own = replace(settings, address=FAR)
        return sign_in(here.store, clock, content, own, "anna", password, address=FAR)

    for turn in range(5):
        if turn % 2:
            refused(lambda: here.password("anna", "wrong"))
        else:
            refused(lambda: portal("wrong"))
    asked_for_real = checked.count(True)
    said = {refused(lambda: portal(PASSWORD)), refused(lambda: here.password("anna", PASSWORD, may_ask=True))}
    assert len(said) == 1
    assert checked.count(True) == asked_for_real
    assert len(checked) == 7  # a hash each time, for show too
    clock.advance(30)
    assert isinstance(here.password("anna", PASSWORD), Identity)


@pytest.mark.capability("LA-35")
def test_every_failure_says_and_costs_the_same(
    door: Doors, factory: Factory, anna: int, account: int, clock: FixedClock, checked: list[bool]
) -> None:
    listed = factory.account("Listed", number="C70002")
    kept_out = factory.login(listed, "admin", user_name="bert", password_hash=PASSWORD_HASH)
    factory.insert("allowed_address", {"account_id": listed, "network": "192.0.2.0/24", "created_at": 1})
    perform(factory.visit("admin", listed, login_id=kept_out), "ssh_keys.add", key=PUBLIC_KEY)
    closed = factory.login(account, "admin", user_name="carl", password_hash=PASSWORD_HASH, status="disabled")
    key = {"login_id": closed, "name": "x", "algorithm": "ssh-ed25519", "created_at": 1}
    row = door().store.row("SELECT fingerprint, public_key FROM ssh_key")
    assert row is not None
    factory.insert("ssh_key", key | {"fingerprint": row[0], "public_key": row[1]})
    here = door(ELSEWHERE)
    said = set()
    for who, password in (
        ("nobody", "wrong"),
        ("anna", "wrong"),
        ("bert", "wrong"),
        ("bert", PASSWORD),
        ("carl", PASSWORD),
        ("anna\udcff", "\udcff"),
    ):
        before, written = len(checked), count(here)
        said.add(refused(lambda who=who, password=password: here.password(who, password)))
        assert len(checked) == before + 1, who
        assert count(here) == written + 1, who
    for who in ("bert", "carl"):
        assert here.key_listed(who, KEY)
        said.add(refused(lambda who=who: here.by_key(who, KEY)))
    said.add(here.refusal().message)
    (text,) = said
    assert "password" not in text
    contact = here.content.operator.contact
    assert contact.phone in text
    assert contact.email in text


def count(door: Door) -> int:
    """How much was written down."""
    row = door.store.row("SELECT count(*) FROM audit")
    assert row is not None
    return int(row[0])


@pytest.mark.capability("MD-26")
@pytest.mark.parametrize("way", ["password", "code", "key"])
def test_the_peers_own_address_meets_the_list(
    way: str, door: Doors, factory: Factory, anna: int, account: int, checked: list[bool]
) -> None:
    def enter(here: Door) -> object:
        if way == "key":
            return here.by_key("anna", KEY)
        return here.password("anna", PASSWORD, may_ask=way == "code")

    assert isinstance(enter(door(ELSEWHERE)), Identity)  # an empty list: from anywhere
    factory.insert("allowed_address", {"account_id": account, "network": "192.0.2.0/24", "created_at": 1})
    assert isinstance(enter(door(OFFICE)), Identity)
    assert isinstance(enter(door(f"::ffff:{OFFICE}")), Identity)
    for address in (ELSEWHERE, "2001:db8::7", "", "nonsense"):
        refused(lambda address=address: enter(door(address)))


def test_no_known_address_is_not_the_machine_itself(
    door: Doors, factory: Factory, anna: int, account: int, checked: list[bool]
) -> None:
    factory.insert("allowed_address", {"account_id": account, "network": "127.0.0.0/8", "created_at": 1})
    refused(lambda: door("").password("anna", PASSWORD))
    assert isinstance(door("127.0.0.1").password("anna", PASSWORD), Identity)


def test_a_session_that_the_list_shuts_out_cannot_be_taken_over(
    door: Doors, factory: Factory, anna: int, account: int, checked: list[bool]
) -> None:
    here = door(ELSEWHERE)
    found = here.by_key("anna", KEY)
    factory.insert("allowed_address", {"account_id": account, "network": "192.0.2.0/24", "created_at": 1})
    with pytest.raises(SignedOut):
        taken(here, found)


def test_a_source_that_tries_more_than_a_person_is_not_heard_for_a_minute(
    door: Doors, anna: int, clock: FixedClock, checked: list[bool]
) -> None:
    here = door(ELSEWHERE)
    for number in range(30):
        refused(lambda number=number: here.password(f"guess{number}", "wrong"))
    assert here.may_connect()
    refused(lambda: here.password("guess", "wrong"))
    assert not here.may_connect()
    assert door(OFFICE).may_connect()
    clock.advance(60)
    assert here.may_connect()


def test_a_role_that_is_taken_away_counts_at_the_next_action(
    door: Doors, factory: Factory, anna: int, account: int, checked: list[bool]
) -> None:
    login = factory.login(account, "admin", user_name="dora", password_hash=PASSWORD_HASH)
    here = door()
    found = here.password("dora", PASSWORD)
    assert isinstance(found, Identity)
    visit = taken(here, found)
    perform(visit, "allowed_addresses.page")
    with here.store.transaction() as tx:
        tx.execute("UPDATE membership SET role = 'user' WHERE login_id = :login", login=login)
    with pytest.raises(Refused):
        perform(visit, "allowed_addresses.page")
    perform(factory.visit("admin", account, login_id=login), "sessions.end", session=found.session_id)
    with pytest.raises(SignedOut):
        perform(visit, "sessions.page")
