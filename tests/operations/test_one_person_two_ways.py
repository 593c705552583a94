"""What somebody could still do by a second login of theirs, or by what was begun before a right was taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.operations.core import HelpEnded, Refused, Visit, perform
from tests.factories import Factory


@pytest.fixture
def holder(factory: Factory, account_id: int) -> Visit:
    """Who holds the contract."""
    login = factory.login(account_id, "holder", name="Hanna Holder", mobile="+31612345678")
    return factory.visit("holder", account_id, login_id=login, person="Hanna Holder")


def passed_on(holder: Visit) -> int:
    """A change of ownership that the holder asks for; the case's id."""
    asked = {"new_email": "nina@nieuw.example", "new_name": "Nina Nieuw", "reason": "sold"}
    return int(perform(holder, "cases.ask_ownership", **asked).id)


@pytest.mark.parametrize(
    "known", [{"name": "hanna  HOLDER"}, {"name": "H.", "mobile": "+31612345678"}], ids=["name", "mobile"]
)
@pytest.mark.capability("BX-37")
def test_nobody_releases_their_own_case_with_a_second_login(
    factory: Factory, holder: Visit, known: dict[str, str]
) -> None:
    case = passed_on(holder)
    login = factory.login(None, staff_role="supervisor", **known)
    second = factory.visit("supervisor", None, login_id=login)
    for name, given in (("cases.release", {}), ("cases.reject", {"answer": "No."})):
        with pytest.raises(Refused):
            perform(second, name, case_id=case, **given)
    assert perform(second, "cases.get", case_id=case).why_not
    other = factory.visit("supervisor", None, login_id=factory.login(None, staff_role="supervisor"))
    assert perform(other, "cases.release", case_id=case).status == "released"


@pytest.mark.parametrize("how", ["members.remove", "members.set_role"])
def test_help_for_an_administrator_ends_with_the_role(
    factory: Factory, holder: Visit, agent_visit: Visit, how: str
) -> None:
    login = factory.login(holder.account_id, "admin", name="Anna Admin")
    helping = factory.assisting(agent_visit, holder.account_id or 0, "admin")
    assert helping.assistance is not None
    with factory.system.transaction() as tx:
        tx.execute(
            "UPDATE assistance SET caller_id = :login WHERE id = :id", login=login, id=helping.assistance.id
        )
    assert perform(helping, "account.get")
    (member,) = (row.id for row in perform(holder, "members.page") if row.login_id == login)
    perform(holder, how, member_id=member, **({"role": "user"} if how == "members.set_role" else {}))
    with pytest.raises(HelpEnded):
        perform(helping, "account.get")


def test_what_the_old_holder_began_does_not_outlive_the_contract(
    factory: Factory, holder: Visit, agent_visit: Visit
) -> None:
    helping = factory.assisting(agent_visit, holder.account_id or 0, "holder")
    assert helping.assistance is not None
    with factory.system.transaction() as tx:
        tx.execute(
            "UPDATE assistance SET caller_id = :login WHERE id = :id",
            login=holder.login_id,
            id=helping.assistance.id,
        )
    perform(holder, "invitations.send", email="second@holder.example", role="admin")
    erasure = perform(holder, "privacy.ask_erasure", reason="I am leaving")
    case = passed_on(holder)
    other = factory.visit("supervisor", None, login_id=factory.login(None, staff_role="supervisor"))
    perform(other, "cases.release", case_id=case)
    with pytest.raises(HelpEnded):
        perform(helping, "account.get")
    (new,) = factory.system.rows(
        "SELECT login_id FROM membership WHERE account_id = :id AND role = 'holder'", id=holder.account_id
    )
    now_holds = replace(holder, login_id=new[0])
    with factory.system.transaction() as tx:
        tx.execute("UPDATE login SET status = 'active' WHERE id = :id", id=new[0])
    assert [row.status for row in perform(now_holds, "invitations.page")] == ["withdrawn"]
    assert perform(other, "cases.get", case_id=erasure).status == "withdrawn"


def test_a_token_that_may_see_the_dashboard_sees_no_line_with_it(user_visit: Visit, factory: Factory) -> None:
    assert perform(user_visit, "dashboard.overview").own_line is not None
    script = replace(user_visit, rights=("VIEW_DASHBOARD",))
    assert perform(script, "dashboard.overview").own_line is None
