"""Members: roles, areas, own lines and removal; the holder stays, whoever asks."""

from __future__ import annotations

import pytest

from app import i18n
from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from app.operations.core.registry import every
from app.store import IntegrityError, Store
from tests.factories import Factory
from tests.marked_words import Marked
from tests.operations.mail_box import letters
from tests.operations.three_customers import World, arguments


@pytest.fixture
def holder_visit(factory: Factory, account_id: int) -> Visit:
    """The contract holder."""
    login = factory.login(account_id, "holder", name="Hanna Holder")
    return factory.visit("holder", account_id, login_id=login, person="Hanna Holder")


def member(visit: Visit, name: str) -> int:
    """Id of a member by name."""
    return next(int(row.id) for row in perform(visit, "members.page") if row.name == name)


def test_members_are_those_of_the_account(
    holder_visit: Visit, admin_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    factory.login(factory.account("Another"), "holder", name="Somebody Else")
    rows = perform(admin_visit, "members.page")
    assert [row.name for row in rows] == ["Hanna Holder", "Anna Admin", "Emma Employee"]
    assert [row.changeable for row in rows] == [False, False, True]
    assert [row.changeable for row in perform(holder_visit, "members.page")] == [False, True, True]
    assert rows[2].line_id == user_visit.own_line_id


@pytest.mark.capability("LA-19", "LA-21")
def test_the_holder_is_neither_removed_nor_changed(
    holder_visit: Visit, admin_visit: Visit, agent_visit: Visit, factory: Factory, store: Store
) -> None:
    account = admin_visit.account_id or 0
    system = factory.visit("system", account)
    agent = factory.assisting(agent_visit, account, "holder")
    holder = member(admin_visit, "Hanna Holder")
    other = member(admin_visit, "Anna Admin")
    for visit in (holder_visit, admin_visit, agent, system):
        with pytest.raises(Refused):
            perform(visit, "members.remove", member_id=holder)
        for role in ("admin", "user"):
            with pytest.raises(Refused):
                perform(visit, "members.set_role", member_id=holder, role=role)
        with pytest.raises(Refused):
            perform(visit, "members.set_role", member_id=other, role="holder")
    assert store.rows("SELECT id FROM membership WHERE role = 'holder'") == [(holder,)]


@pytest.mark.capability("LA-19", "LA-21")
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM membership WHERE id = :holder",
        "UPDATE membership SET role = 'admin' WHERE id = :holder",
        "UPDATE membership SET account_id = :other WHERE id = :holder",
        "UPDATE membership SET role = 'holder' WHERE id = :admin",
        "INSERT INTO membership (login_id, account_id, role) VALUES (:stranger, :account, 'holder')",
        "DELETE FROM login WHERE id = :login",
        "DELETE FROM account WHERE id = :account",
    ],
    ids=["removed", "demoted", "moved", "second", "another", "login-gone", "account-gone"],
)
def test_the_database_keeps_exactly_one_holder(
    sql: str, holder_visit: Visit, admin_visit: Visit, factory: Factory, store: Store
) -> None:
    other = factory.account("Another")
    values = {
        "holder": member(admin_visit, "Hanna Holder"),
        "admin": member(admin_visit, "Anna Admin"),
        "login": holder_visit.login_id,
        "account": holder_visit.account_id,
        "other": other,
        "stranger": factory.login(other, "admin"),
    }
    used = {name: value for name, value in values.items() if f":{name}" in sql}
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.execute(sql, **used)
    assert store.rows("SELECT login_id FROM membership WHERE role = 'holder'") == [(holder_visit.login_id,)]


OPERATIONS = {each.name: each for each in every()}


@pytest.mark.capability("LA-20")
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_holder_can_do_all_that_an_admin_can(name: str, world: World) -> None:
    right = OPERATIONS[name].right
    admin, holder = world.visit("admin", 0), world.visit("holder", 0)
    assert admin.reach(right) in (None, holder.reach(right), "own")
    if admin.reach(right) == "account":
        perform(holder, name, **arguments(OPERATIONS[name], world, 0))


@pytest.mark.capability("LA-30")
def test_a_role_counts_at_the_next_action(holder_visit: Visit, admin_visit: Visit, user_visit: Visit) -> None:
    line = user_visit.own_line_id
    perform(user_visit, "lines.get", line_id=line)
    with pytest.raises(Refused):
        perform(user_visit, "limits.set", line_id=line, limit_cents=10_000)
    emma = member(holder_visit, "Emma Employee")
    perform(holder_visit, "members.set_role", member_id=emma, role="admin")
    perform(user_visit, "limits.set", line_id=line, limit_cents=10_000)
    assert user_visit.role == "admin"
    perform(holder_visit, "members.set_role", member_id=emma, role="user")
    with pytest.raises(Refused):
        perform(user_visit, "limits.set", line_id=line, limit_cents=15_000)
    perform(user_visit, "lines.get", line_id=line)
    anna = member(holder_visit, "Anna Admin")
    perform(holder_visit, "members.set_role", member_id=anna, role="user")
    with pytest.raises(Refused):
        perform(admin_visit, "members.page")
    with pytest.raises(NotFound):
        perform(admin_visit, "lines.get", line_id=line)


def test_only_the_holder_decides_about_roles(admin_visit: Visit, user_visit: Visit, store: Store) -> None:
    emma = member(admin_visit, "Emma Employee")
    for visit in (admin_visit, user_visit):
        with pytest.raises(Refused):
            perform(visit, "members.set_role", member_id=emma, role="admin")
    assert store.rows("SELECT operation, outcome, role FROM audit ORDER BY seq") == [
        ("members.set_role", "refused", "admin"),
        ("members.set_role", "refused", "user"),
    ]


@pytest.mark.capability("LA-34")
def test_of_a_sub_account_only_the_given_areas_work(
    holder_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    account = holder_visit.account_id or 0
    line = factory.line(account)
    login = factory.login(account, "sub", name="Sven Sub")
    sub = factory.visit("sub", account, login_id=login)
    sven = member(holder_visit, "Sven Sub")
    tries = {
        "products": ("lines.get", {"line_id": line}),
        "settings": ("limits.set", {"line_id": line, "limit_cents": 10_000}),
        "orders": ("orders.quote", {"kind": "data_only", "data_bundle": "6"}),
        "data": ("account.get", {}),
        "people": ("members.page", {}),
    }
    for given in ([], ["products"], ["products", "settings"], ["products", "orders"], ["people", "data"]):
        if given:
            perform(holder_visit, "members.set_role", member_id=sven, role="sub", areas=given)
        for area, (name, values) in tries.items():
            if area in given:
                perform(sub, name, **values)
            else:
                with pytest.raises(Refused):
                    perform(sub, name, **values)
        with pytest.raises(Refused):
            perform(sub, "invitations.send", email="x@example.org")


@pytest.mark.parametrize("areas, role", [(["cellar"], "sub"), ([], "sub"), (["products"], "admin")])
def test_areas_must_fit_the_role(holder_visit: Visit, user_visit: Visit, areas: list[str], role: str) -> None:
    emma = member(holder_visit, "Emma Employee")
    with pytest.raises(Invalid) as error:
        perform(holder_visit, "members.set_role", member_id=emma, role=role, areas=areas)
    assert error.value.field == "areas"


def test_who_is_removed_is_out_at_once_and_elsewhere_goes_on(
    admin_visit: Visit, user_visit: Visit, factory: Factory, store: Store
) -> None:
    other = factory.account("Another")
    values = {"login_id": user_visit.login_id, "account_id": other, "role": "admin"}
    factory.insert("membership", values)
    perform(admin_visit, "members.remove", member_id=member(admin_visit, "Emma Employee"))
    with pytest.raises(Refused):
        perform(user_visit, "lines.get", line_id=user_visit.own_line_id)
    assert store.row("SELECT line_id FROM login WHERE id = :id", id=user_visit.login_id) == (None,)
    there = factory.visit("admin", other, login_id=user_visit.login_id)
    assert len(perform(there, "members.page")) == 1


def test_an_admin_removes_users_only(admin_visit: Visit, holder_visit: Visit, factory: Factory) -> None:
    factory.login(admin_visit.account_id, "admin", name="Bert")
    bert = member(admin_visit, "Bert")
    with pytest.raises(Refused, match="contract holder decides"):
        perform(admin_visit, "members.remove", member_id=bert)
    perform(holder_visit, "members.remove", member_id=bert)
    assert [row.name for row in perform(admin_visit, "members.page")] == ["Hanna Holder", "Anna Admin"]


def test_scripts_of_who_is_removed_stop(
    admin_visit: Visit, user_visit: Visit, factory: Factory, store: Store
) -> None:
    token = {"login_id": user_visit.login_id, "account_id": user_visit.account_id, "name": "sync"}
    token |= {"digest": "0" * 64, "rights": "VIEW_LINES", "created_at": 1, "expires_at": 2**31}
    factory.insert("api_token", {**token, "max_idle_seconds": 86_400})
    perform(admin_visit, "members.remove", member_id=member(admin_visit, "Emma Employee"))
    assert store.row("SELECT revoked_at FROM api_token") == (admin_visit.now,)


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_who_is_decided_about_gets_a_mail_in_their_language(
    language: str, holder_visit: Visit, user_visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("en", "nl", "de"):
        monkeypatch.setitem(i18n._catalogues, each, Marked(each))
    with store.transaction() as tx:
        tx.execute("UPDATE login SET language = :it WHERE id = :id", it=language, id=user_visit.login_id)
    emma = member(holder_visit, "Emma Employee")
    change = {"member_id": emma, "role": "sub", "areas": ["orders"]}
    for _time in range(2):
        perform(holder_visit, "members.set_role", **change)
    perform(holder_visit, "members.set_role", **{**change, "areas": ["orders", "data"]})
    perform(holder_visit, "members.remove", member_id=emma)
    told = letters(holder_visit)
    (address,) = store.rows("SELECT email FROM login WHERE id = :id", id=user_visit.login_id)
    assert {letter.recipient for letter in told} == set(address)
    assert [letter.subject.partition(" ")[0] for letter in told] == [f"{language}|Your"] * 3
    assert f"you are {language}|sub-account from now on" in told[0].body
    assert f"{language}|order, {language}|customer data" in told[1].body
    assert "does not open Molenwerf Bouw B.V. any more" in told[2].body
    assert not any(f"{other}|" in letter.body for letter in told for other in {"en", "nl", "de"} - {language})


def test_a_linked_line_is_their_own_at_once(admin_visit: Visit, factory: Factory) -> None:
    account = admin_visit.account_id or 0
    login = factory.login(account, "user", name="Ulla")
    ulla = factory.visit("user", account, login_id=login)
    line = factory.line(account)
    with pytest.raises(NotFound):
        perform(ulla, "lines.get", line_id=line)
    number = member(admin_visit, "Ulla")
    perform(admin_visit, "members.link_line", member_id=number, line_id=line)
    assert perform(ulla, "lines.get", line_id=line).id == line
    perform(admin_visit, "members.unlink_line", member_id=number)
    with pytest.raises(NotFound):
        perform(ulla, "lines.get", line_id=line)


def test_who_decides_about_a_role_decides_about_its_line(
    holder_visit: Visit, admin_visit: Visit, user_visit: Visit, agent_visit: Visit, factory: Factory
) -> None:
    account = admin_visit.account_id or 0
    lines = [factory.line(account) for _each in range(4)]
    factory.login(account, "admin", name="Bert", line_id=lines[0])
    factory.login(account, "sub", name="Sven", line_id=lines[1])
    agent = factory.assisting(agent_visit, account, "holder")
    for visit, own in ((admin_visit, "Anna Admin"), (agent, "")):
        for name in {"Hanna Holder", "Anna Admin", "Bert", "Sven"} - {own}:
            for operation, more in (("link_line", {"line_id": lines[2]}), ("unlink_line", {})):
                with pytest.raises(Refused, match="contract holder links"):
                    perform(visit, f"members.{operation}", member_id=member(visit, name), **more)
        emma = member(visit, "Emma Employee")
        perform(visit, "members.unlink_line", member_id=emma)
        perform(visit, "members.link_line", member_id=emma, line_id=user_visit.own_line_id)
        linkable = {row.name for row in perform(visit, "members.page") if row.linkable}
        assert linkable == {"Emma Employee"} | ({own} - {""})
    perform(admin_visit, "members.link_line", member_id=member(admin_visit, "Anna Admin"), line_id=lines[3])
    perform(holder_visit, "members.unlink_line", member_id=member(holder_visit, "Bert"))
    hanna = member(holder_visit, "Hanna Holder")
    perform(holder_visit, "members.link_line", member_id=hanna, line_id=lines[0])


def test_a_line_has_one_person_of_its_customer(
    admin_visit: Visit, user_visit: Visit, factory: Factory
) -> None:
    account = admin_visit.account_id or 0
    anna = member(admin_visit, "Anna Admin")
    with pytest.raises(Invalid, match="linked to Emma Employee"):
        perform(admin_visit, "members.link_line", member_id=anna, line_id=user_visit.own_line_id)
    ended = factory.line(account, status="ended")
    with pytest.raises(Invalid, match="ended"):
        perform(admin_visit, "members.link_line", member_id=anna, line_id=ended)
    other = factory.account("Another")
    with pytest.raises(NotFound):
        perform(admin_visit, "members.link_line", member_id=anna, line_id=factory.line(other))


def test_the_line_that_another_customer_gave_is_not_taken(
    admin_visit: Visit, user_visit: Visit, factory: Factory, store: Store
) -> None:
    other = factory.account("Another")
    theirs = factory.line(other)
    login = factory.login(other, "user", name="Wim", line_id=theirs)
    account = admin_visit.account_id or 0
    factory.insert("membership", {"login_id": login, "account_id": account, "role": "user"})
    wim = member(admin_visit, "Wim")
    with pytest.raises(Refused):
        perform(admin_visit, "members.link_line", member_id=wim, line_id=factory.line(account))
    perform(admin_visit, "members.unlink_line", member_id=wim)
    perform(admin_visit, "members.remove", member_id=wim)
    assert store.row("SELECT line_id FROM login WHERE id = :id", id=login) == (theirs,)
