"""Tasks for whom, what cannot be done now and why, what is learnt, and where people give up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import Content, load_content
from app.i18n import use_language
from app.operations.core import Visit, perform
from app.operations.core.tours import runs
from app.operations.tours import TaskRow, visitor_tasks
from tests.factories import Factory

HEAD = """
schema = 1
id = "{id}"
area = "{area}"
title = {{ en = "{id}", nl = "{id} nl", de = "{id} de" }}
{more}
[[step]]
id = "one"
screen = "{area}"
target = "#one"
done = {{ read = true }}
text = {{ en = "One.", nl = "Een.", de = "Eins." }}
"""


@pytest.fixture
def own(tmp_path: Path, content: Content) -> Content:
    """Content with tours for everybody."""
    folder = tmp_path / "operator"
    folder.mkdir()
    for path in content.folder.iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "tours").unlink()
    (folder / "tours").mkdir()
    for id, area, more in (
        ("t-visitor", "sign_in", 'audience = "visitor"'),
        ("t-agent", "helpdesk", 'audience = "staff"\nneeds = ["right:HELP_CALLERS", "has:assistance"]'),
        ("t-release", "helpdesk", 'audience = "staff"\nneeds = ["right:CLOSE_MONTH"]'),
        ("t-roles", "my_data", 'needs = ["right:SET_ROLES", "has:member"]'),
        ("t-zero", "my_products", 'service = "mobile"\nneeds = ["has:zero_blocked"]'),
        ("t-guess", "info", 'needs = ["has:unheard_of"]'),
        ("t-start", "dashboard", "introduces = true"),
    ):
        (folder / "tours" / f"{id}.toml").write_text(HEAD.format(id=id, area=area, more=more))
    found = load_content(folder)
    assert found.tours.problems == ()
    return found


def mine(visit: Visit, **asked: str) -> dict[str, TaskRow]:
    return {task.id: task for task in perform(visit, "tours.tasks", **asked)}


def test_everybody_has_the_tours_that_are_for_them(
    own: Content, admin_visit: Visit, agent_visit: Visit, factory: Factory
) -> None:
    admin, agent = replace(admin_visit, content=own), replace(agent_visit, content=own)
    visitor = replace(factory.visit("visitor"), content=own)
    assert "t-visitor" in mine(visitor)
    assert not {"t-agent", "t-roles", "limit-lower"} & set(mine(visitor))
    assert {"t-roles", "t-zero", "t-start", "limit-lower"} <= set(mine(admin))
    assert not {"t-visitor", "t-agent"} & set(mine(admin))
    assert {"t-agent", "t-zero"} <= set(mine(agent))
    assert mine(admin)["t-start"].introduces
    assert not mine(agent)["t-start"].introduces, "staff are no customers"


def test_who_has_not_signed_in_needs_no_database(own: Content) -> None:
    with use_language("nl"):
        [task] = [task for task in visitor_tasks(own) if task.id.startswith("t-")]
    assert (task.id, task.title, task.possible, task.steps) == ("t-visitor", "t-visitor nl", True, 1)


@pytest.mark.capability("HB-02")
def test_tasks_are_listed_by_area_and_by_service(own: Content, admin_visit: Visit) -> None:
    admin = replace(admin_visit, content=own)
    assert {task.service for task in mine(admin, service="mobile").values()} == {"mobile"}
    assert {"t-zero", "limit-lower"} <= set(mine(admin, service="mobile"))
    assert {task.area for task in mine(admin, area="my_data").values()} == {"my_data"}
    order = [task.area for task in perform(admin, "tours.tasks")]
    assert order.index("dashboard") < order.index("my_products") < order.index("my_data")
    german = perform(replace(admin, language="de"), "tours.tasks", area="my_data")
    assert "t-roles de" in [task.title for task in german]


def test_what_cannot_be_done_now_says_why_and_who_can_help(
    own: Content, admin_visit: Visit, user_visit: Visit, agent_visit: Visit, factory: Factory
) -> None:
    admin, agent = replace(admin_visit, content=own), replace(agent_visit, content=own)
    found = mine(admin)
    assert (found["t-roles"].possible, found["t-roles"].who) == (False, "The contract holder can.")
    assert found["t-zero"].reason == "No line of 0 GB is blocked."
    assert own.operator.contact.phone in found["t-zero"].who
    assert found["t-guess"].reason == "This cannot be done now."
    factory.line(admin.account_id or 0, data_bundle="0")
    assert (mine(admin)["t-zero"].possible, mine(admin)["t-zero"].reason) == (True, "")
    user = mine(replace(user_visit, content=own))
    assert user["limit-lower"].who == "An administrator of your account can."
    helping = mine(agent)
    assert helping["t-agent"].reason == "You are helping nobody now."
    assert helping["t-release"].who == "A supervisor can."
    assert helping["limit-lower"].reason == "Verify a caller of this customer first."
    caller = factory.assisting(agent, admin.account_id or 0)
    assert mine(caller)["t-agent"].possible
    assert mine(caller)["limit-lower"].possible


def test_the_list_says_what_is_begun_and_done(admin_visit: Visit, factory: Factory) -> None:
    admin = replace(admin_visit, login_id=factory.login(admin_visit.account_id, "admin"))
    run = runs.begin(admin, "mailings", "tab")
    runs.reach(admin, run, "topic")
    assert (mine(admin)["mailings"].state, mine(admin)["mailings"].step) == ("begun", "topic")
    runs.finish(admin, run)
    assert (mine(admin)["mailings"].state, mine(admin)["mailings"].step) == ("done", "")
    assert mine(admin)["limit-lower"].state == "new"


def test_the_checklist_has_what_one_may_do(
    admin_visit: Visit, user_visit: Visit, factory: Factory, clock: FixedClock
) -> None:
    admin = replace(admin_visit, login_id=factory.login(admin_visit.account_id, "admin"))
    runs.finish(admin, runs.begin(admin, "mailings", "tab"))
    rows = {row.id: row for row in perform(admin, "tours.learnt")}
    assert (rows["mailings"].state, rows["mailings"].done_at) == ("done", clock.now())
    assert (rows["limit-lower"].state, rows["limit-lower"].done_at) == ("new", None)
    assert "limit-lower" not in [row.id for row in perform(user_visit, "tours.learnt")]


def test_facts_are_answered_by_name(admin_visit: Visit) -> None:
    told = perform(admin_visit, "tours.facts")
    assert told["customer"] is True
    assert told["assistance"] is False


def test_the_worst_steps_are_those_where_people_gave_up(
    factory: Factory, account_id: int, clock: FixedClock, store: object
) -> None:
    """Who did the task within ten minutes of leaving did not give up: the log says so."""

    def leave_at(step: str, seconds: int, later: int | None, wrongs: int = 0) -> None:
        person = factory.visit("admin", account_id, login_id=factory.login(account_id, "admin"))
        run = runs.begin(person, "mailings", "tab")
        if step != "tab":
            runs.reach(person, run, step, seconds=1)
        runs.leave(person, run, "escape", seconds=seconds, wrongs=wrongs)
        if later is not None:
            clock.advance(later)
            perform(person, "mailings.set", topic="news", wanted=True)

    leave_at("tab", 10, None)
    leave_at("tab", 20, later=599)
    leave_at("tab", 30, later=601)
    leave_at("topic", 8, later=0, wrongs=2)
    tab, topic = perform(factory.system, "tours.worst")
    assert (tab.tour, tab.step, tab.runs, tab.left, tab.done_soon) == ("mailings", "tab", 4, 3, 1)
    assert tab.seconds == (10 + 20 + 30 + 1) // 4
    assert (topic.step, topic.left, topic.done_soon, topic.wrongs) == ("topic", 1, 1, 2)
    clock.advance(40 * 86_400)
    assert perform(factory.system, "tours.worst") == []
    assert len(perform(factory.system, "tours.worst", days=60, limit=1)) == 1


def test_what_somebody_else_did_proves_nothing(factory: Factory, account_id: int) -> None:
    person = factory.visit("admin", account_id, login_id=factory.login(account_id, "admin"))
    colleague = factory.visit("admin", account_id, login_id=factory.login(account_id, "admin"))
    runs.leave(person, runs.begin(person, "mailings", "tab"), "escape")
    perform(colleague, "mailings.set", topic="news", wanted=True)
    [row] = perform(factory.system, "tours.worst")
    assert (row.left, row.done_soon) == (1, 0)
