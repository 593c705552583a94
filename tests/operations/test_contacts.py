"""Contacts: internal or external, for everything or some services; and what an agent may do for them."""

from __future__ import annotations

import pytest

from app.operations.core import Conflict, HelpEnded, Invalid, NotFound, Refused, Visit, perform
from app.operations.core.passwords import hash_password
from app.secret import Secret
from tests.factories import Factory

SAID = "Zilvermeeuw"


@pytest.mark.capability("MD-21")
@pytest.mark.parametrize("kind", ["internal", "external"])
def test_a_contact_is_internal_or_external(admin_visit: Visit, kind: str) -> None:
    perform(
        admin_visit, "contacts.add", name=" Bas  Bouw ", kind=kind, company="Web B.V.", phone="0612345678"
    )
    (found,) = perform(admin_visit, "contacts.page")
    assert (found.kind, found.name, found.company, found.phone) == (
        kind,
        "Bas Bouw",
        "Web B.V.",
        "+31612345678",
    )
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "contacts.add", name="Bas", kind="friend")
    assert caught.value.field == "kind"


@pytest.mark.capability("MD-22")
def test_a_contact_of_one_service_is_refused_another(
    factory: Factory, admin_visit: Visit, agent_visit: Visit, account_id: int
) -> None:
    with admin_visit.store.transaction() as tx:
        tx.execute("UPDATE account SET telephone_hash = :hash", hash=hash_password(SAID.lower()))
    here, elsewhere = (factory.group(account_id, name) for name in ("Package A", "Package B"))
    mine, other = (factory.line(account_id, group_id=group) for group in (here, elsewhere))
    contact = perform(admin_visit, "contacts.add", name="Bas", services=[str(here)])

    def verify(group: int) -> Visit:
        answer = perform(
            agent_visit,
            "callers.verify",
            account_id=account_id,
            caller_kind="contact",
            caller_id=contact,
            reason="asks",
            telephone_password=Secret(SAID),
            group_id=group,
        )
        return agent_visit.as_assisting(answer.assistance, "", answer.service_name)

    with pytest.raises(Invalid, match="Package A"):
        verify(elsewhere)
    helping = verify(here)
    assert perform(helping, "lines.get", line_id=mine)
    with pytest.raises(NotFound):
        perform(helping, "lines.get", line_id=other)
    with pytest.raises(Refused):
        perform(helping, "contacts.edit", contact_id=contact, everything=True)
    perform(admin_visit, "contacts.edit", contact_id=contact, services=[str(elsewhere)])
    with pytest.raises(HelpEnded):
        perform(helping, "lines.get", line_id=mine)


def test_a_contact_is_changed_and_removed(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    group = factory.group(account_id, "Office")
    contact = perform(admin_visit, "contacts.add", name="Bas", everything=True)
    version = perform(
        admin_visit, "contacts.edit", contact_id=contact, everything=False, services=[str(group)], version=1
    )
    (found,) = perform(admin_visit, "contacts.page")
    assert (found.everything, [each.name for each in found.services]) == (False, ["Office"])
    assert found.version == version
    with pytest.raises(Conflict):
        perform(admin_visit, "contacts.edit", contact_id=contact, name="Bob", version=1)
    with pytest.raises(Conflict) as caught:
        perform(admin_visit, "contacts.edit", contact_id=contact, everything=True, version=1)
    assert [(each.field, each.theirs, each.mine) for each in caught.value.differences] == [
        ("scope", "Office", "all services")
    ]
    perform(admin_visit, "contacts.edit", contact_id=contact, name="Bob", version=version)
    perform(admin_visit, "contacts.remove", contact_id=contact)
    assert perform(admin_visit, "contacts.page") == []
    with pytest.raises(NotFound):
        perform(admin_visit, "contacts.remove", contact_id=contact)


@pytest.mark.parametrize(
    "said",
    [{"name": " "}, {"name": "x" * 201}, {"email": "nobody"}, {"phone": "1"}, {"company": "a\u202eb"}],
    ids=str,
)
def test_what_is_wrong_names_its_field(admin_visit: Visit, said: dict[str, str]) -> None:
    with pytest.raises(Invalid) as caught:
        perform(admin_visit, "contacts.add", **{"name": "Bas", **said})
    assert caught.value.field in said
    assert perform(admin_visit, "contacts.page") == []


def test_services_of_others_are_not_there(factory: Factory, admin_visit: Visit) -> None:
    foreign = factory.group(factory.account("Other"), "Theirs")
    for service in (str(foreign), "x", "999"):
        with pytest.raises(NotFound):
            perform(admin_visit, "contacts.add", name="Bas", services=[service])


def test_the_customer_is_told_who_may_call(admin_visit: Visit) -> None:
    perform(admin_visit, "account.edit", email="post@molenwerf.example")
    perform(admin_visit, "contacts.add", name="Bas Bouw", everything=True)
    row = admin_visit.store.row("SELECT recipient, body FROM message")
    assert row is not None
    assert row[0] == "post@molenwerf.example"
    assert "Bas Bouw" in row[1]
