"""To another site with a ticket: once, within a minute, as who one is there and then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import NotFound, OperationError, Refused, Visit, perform
from app.secret import Secret
from tests.factories import Factory


def redeemed(factory: Factory, code: str, later: int = 0) -> object:
    host = replace(factory.system, clock=FixedClock(factory.system.now + later), touched=[])
    return perform(host, "handover.redeem", code=Secret(code))


@pytest.mark.capability("LA-18")
def test_the_other_site_hears_who_has_come_without_a_new_sign_in(
    factory: Factory, admin_visit: Visit
) -> None:
    assert [site.id for site in perform(admin_visit, "handover.sites")] == ["webshop"]
    ticket = perform(admin_visit, "handover.make", site="webshop")
    assert ticket.url.startswith("https://")
    assert ticket.code not in repr(ticket)
    found = redeemed(factory, ticket.code, ticket.seconds - 1)
    told = (found.site, found.name, found.account_name, found.role)  # type: ignore[attr-defined]
    assert told == ("webshop", "Anna Admin", "Molenwerf Bouw B.V.", "admin")
    logged = admin_visit.rows("SELECT operation, outcome FROM audit ORDER BY seq")
    assert logged == [("handover.make", "done"), ("handover.redeem", "done")]


def test_a_ticket_is_good_once(factory: Factory, admin_visit: Visit) -> None:
    code = perform(admin_visit, "handover.make", site="webshop").code

    def one(_number: int) -> bool:
        try:
            return redeemed(factory, code) is not None
        except OperationError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(20))).count(True) == 1


def test_after_a_minute_it_is_nothing(factory: Factory, admin_visit: Visit) -> None:
    ticket = perform(admin_visit, "handover.make", site="webshop")
    with pytest.raises(Refused):
        redeemed(factory, ticket.code, ticket.seconds)
    assert admin_visit.row("SELECT outcome FROM audit ORDER BY seq DESC LIMIT 1") == ("failed",)


def test_who_is_removed_meanwhile_does_not_arrive(factory: Factory, admin_visit: Visit) -> None:
    code = perform(admin_visit, "handover.make", site="webshop").code
    with factory.system.store.transaction() as tx:
        tx.execute("DELETE FROM membership WHERE login_id = :id", id=admin_visit.login_id)
    with pytest.raises(Refused):
        redeemed(factory, code)


def test_there_are_only_the_operators_sites(admin_visit: Visit, assisting_visit: Visit) -> None:
    with pytest.raises(NotFound):
        perform(admin_visit, "handover.make", site="https://evil.example")
    with pytest.raises(Refused):
        perform(assisting_visit, "handover.make", site="webshop")


def test_who_works_for_the_operator_comes_as_that(factory: Factory, admin_visit: Visit) -> None:
    code = perform(admin_visit, "handover.make", site="webshop").code
    with factory.system.store.transaction() as tx:
        tx.execute("UPDATE login SET staff_role = 'agent' WHERE id = :id", id=admin_visit.login_id)
    found = redeemed(factory, code)
    assert (found.role, found.account_number, found.account_name) == ("agent", "", "")  # type: ignore[attr-defined]
