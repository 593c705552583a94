"""People of a customer on the command line: invited, given areas, listed; and what is refused."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Loket
from tests.factories import Factory


@pytest.fixture
def duinrand(factory: Factory) -> int:
    """A customer with a holder, an admin and an employee."""
    account = factory.account("Duinrand", number="C70042")
    for role in ("holder", "admin", "user"):
        factory.login(account, role, user_name=role, name=role.title())
    return account


def test_the_holder_makes_a_sub_account_and_an_admin_cannot(filled: Loket, duinrand: int) -> None:
    listed = filled("members", "page", "--as", "admin", "--json").json
    number = str(next(row["id"] for row in listed if row["role"] == "user"))
    give = ("members", "set-role", "--member-id", number, "--role", "sub", "--areas", "products", "people")
    assert filled(*give, "--as", "admin").code == 3
    assert filled(*give, "--as", "holder").code == 0
    (row,) = (row for row in filled("members", "page", "--as", "user", "--json").json if row["role"] == "sub")
    assert row["areas"] == ["products", "people"]
    assert filled("invitations", "page", "--as", "user").code == 0
    assert filled("account", "get", "--as", "user").code == 3


def test_an_invitation_is_sent_listed_and_withdrawn(filled: Loket, duinrand: int) -> None:
    sent = filled("invitations", "send", "--email", "esther@duinrand.example", "--as", "admin", "--json").json
    assert (sent["role"], sent["status"]) == ("user", "pending")
    assert filled("invitations", "withdraw", str(sent["id"]), "--as", "admin").code == 0
    (row,) = filled("invitations", "page", "--as", "admin", "--json").json
    assert row["status"] == "withdrawn"
    refused = filled(
        "invitations", "send", "--email", "x@duinrand.example", "--role", "holder", "--as", "holder"
    )
    assert refused.code == 3
    assert "change of ownership" in refused.err


def test_a_customer_is_made_and_the_order_delivered(filled: Loket) -> None:
    new = ("--name", "Molenwerf", "--email", "sanne@molenwerf.example", "--product", "Mobile")
    made = filled("customers", "create", *new, "--json").json
    row = filled("customers", "provision", str(made["order_id"]), "--json").json
    assert (row["number"], row["status"]) == (made["number"], "provisioned")
    assert filled("customers", "provision", str(made["order_id"])).code == 3
