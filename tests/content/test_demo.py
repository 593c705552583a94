"""The fictional customers."""

from __future__ import annotations

import pytest

from app.content import Content, load_content
from app.content.demo import DemoCustomer, DemoLine
from tests.content.conftest import SHIPPED


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(SHIPPED)


@pytest.fixture(scope="module")
def main(content: Content) -> DemoCustomer:
    return content.demo.customers[0]


def lines_of(customer: DemoCustomer) -> list[DemoLine]:
    return [line for group in customer.groups for line in group.lines]


def test_main_customer_has_sixty_lines_in_groups(main: DemoCustomer) -> None:
    assert main.name == "Duinrand Logistics B.V."
    assert len(lines_of(main)) == 60
    assert len(main.groups) >= 5
    assert {group.data_bundle for group in main.groups} == {"0", "2", "6", "15", "unlimited"}


def test_customers_of_each_kind_and_language(content: Content) -> None:
    customers = content.demo.customers
    assert 6 <= len(customers) <= 8
    assert {customer.kind for customer in customers} == {"company", "person"}
    assert {customer.language for customer in customers} == {"nl", "en", "de"}


def test_logins(content: Content) -> None:
    logins = {login.user_name: login for login in content.demo.logins}
    assert logins["admin"].role == "admin"
    assert logins["employee"].line == "Youssef El Amrani"
    assert logins["agent"].customers == ()
    assert logins["reseller"].customers == ("100042", "100063")
    assert {login.role for login in logins.values()} >= {"holder", "user", "supervisor", "reseller"}


def test_numbers_count_up_and_are_not_given_out(content: Content) -> None:
    numbers = [line.number for customer in content.demo.customers for line in lines_of(customer)]
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("+3167") and len(number) == 12 for number in numbers)
    assert [line.number for line in content.demo.customers[0].groups[1].lines[:2]] == [
        "+31670042101",
        "+31670042102",
    ]


def test_own_settings_before_the_groups(main: DemoCustomer) -> None:
    lines = {line.name: line for line in lines_of(main)}
    assert lines["Youssef El Amrani"].roaming_bundles == ("A",)
    assert lines["Gerrit Zijlstra"].roaming_bundles == ("A", "B", "REST")
    assert lines["Henk Mulder"].roaming_bundles == ()
    assert lines["Gerrit Zijlstra"].bundle_cap == 3
    assert lines["Youssef El Amrani"].bundle_cap == 10
    assert lines["Jeroen Bakker"].hard_limit
    assert lines["Emma Visser"].zero_lifted
    assert lines["Sander van der Heijden"].limit_cents == 50_000
    assert lines["Marit Duinker"].limit_cents == 20_000
    assert lines["Youssef El Amrani"].usage_notice == 5 * 10**9


def test_bundles_can_be_combined(content: Content) -> None:
    for customer in content.demo.customers:
        for line in lines_of(customer):
            assert content.catalogue.may_combine(set(line.roaming_bundles))


def test_contacts_of_one_service_and_of_all(main: DemoCustomer) -> None:
    contacts = {contact.kind: contact for contact in main.contacts}
    assert contacts["internal"].services == ()
    assert contacts["external"].services == ("Drivers",)
    assert contacts["external"].company
