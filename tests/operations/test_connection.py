"""Connection data of a line: what is set up on a device; secrets to who asks, which is written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.content import InvalidContent, load_content
from app.operations.core import NotFound, OperationError, Visit, perform
from app.secret import Secret
from tests.content.conftest import SHIPPED
from tests.factories import Factory


@pytest.fixture
def line(factory: Factory, admin_visit: Visit) -> int:
    return factory.line(admin_visit.account_id, number="+31670009999")


def rows(visit: Visit, line: int) -> dict[str, Any]:
    return {row.id: row for row in perform(visit, "connection.get", line_id=line)}


def test_host_user_name_and_port_show_and_the_password_does_not(admin_visit: Visit, line: int) -> None:
    found = rows(admin_visit, line)
    assert found["number"].value == "+31670009999"
    assert found["apn"].value == "internet.noordkade.example"
    assert (found["apn_user"].value, found["mms_port"].value) == ("mobiel", "8080")
    assert (found["apn_password"].value, found["apn_password"].secret) == ("", True)
    secret = perform(admin_visit, "connection.reveal", line_id=line, item="apn_password")
    assert secret.value == "kade-4G-133"
    assert secret.value not in repr(secret)
    written = admin_visit.rows(
        "SELECT operation, object, outcome, text FROM audit LEFT JOIN audit_personal USING (seq)"
    )
    assert written[-1][:3] == ("connection.reveal", f"line:{line}", "done")
    assert "kade-4G-133" not in str(written)


def test_a_line_without_calls_has_no_voicemail(factory: Factory, admin_visit: Visit) -> None:
    line = factory.line(admin_visit.account_id, kind="data_only")
    assert {"apn", "sms_centre"} <= rows(admin_visit, line).keys()
    assert not {"voicemail", "mms_port"} & rows(admin_visit, line).keys()


def test_a_fixed_address_is_connection_data(factory: Factory, admin_visit: Visit) -> None:
    line = factory.line(admin_visit.account_id, fixed_ip="198.51.100.7")
    assert rows(admin_visit, line)["fixed_ip"].value == "198.51.100.7"


@pytest.mark.parametrize("item", ["apn", "none", ""])
def test_only_what_is_hidden_can_be_asked_for(admin_visit: Visit, line: int, item: str) -> None:
    with pytest.raises(NotFound):
        perform(admin_visit, "connection.reveal", line_id=line, item=item)


def test_mistakes_of_the_operator_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in SHIPPED.iterdir():
        if path.name != "catalogue.toml":
            (folder / path.name).symlink_to(path)
    text = (SHIPPED / "catalogue.toml").read_text(encoding="utf-8")
    twice = text.replace('id = "apn_user"', 'id = "apn"')
    (folder / "catalogue.toml").write_text(twice, encoding="utf-8")
    with pytest.raises(InvalidContent, match="two of 'apn'"):
        load_content(folder)


# The sites that administer a line.


def arrival(factory: Factory, code: str) -> Any:
    return perform(replace(factory.system, touched=[]), "handover.redeem", code=Secret(code))


@pytest.mark.capability("MP-03")
def test_a_line_has_a_link_to_its_own_administration(factory: Factory, admin_visit: Visit, line: int) -> None:
    assert [site.id for site in perform(admin_visit, "handover.sites_of_line", line_id=line)] == ["devices"]
    ticket = perform(admin_visit, "handover.make_for_line", line_id=line, site="devices")
    found = arrival(factory, ticket.code)
    assert (found.site, found.product, found.role) == ("devices", "line:+31670009999", "admin")
    with pytest.raises(OperationError):
        arrival(factory, ticket.code)
    assert ("handover.make_for_line", f"login:{admin_visit.login_id},line:{line}") in admin_visit.rows(
        "SELECT operation, object FROM audit"
    )


def test_a_line_of_somebody_else_has_none(factory: Factory, admin_visit: Visit) -> None:
    other = factory.line(factory.account())
    for name, words in (
        ("handover.sites_of_line", {}),
        ("handover.make_for_line", {"site": "devices"}),
        ("connection.get", {}),
        ("connection.reveal", {"item": "apn_password"}),
    ):
        with pytest.raises(NotFound):
            perform(admin_visit, name, line_id=other, **words)


def test_sites_with_and_without_a_product_are_kept_apart(admin_visit: Visit, line: int) -> None:
    assert "devices" not in [site.id for site in perform(admin_visit, "handover.sites")]
    with pytest.raises(NotFound):
        perform(admin_visit, "handover.make", site="devices")
    with pytest.raises(NotFound):
        perform(admin_visit, "handover.make_for_line", line_id=line, site="webshop")


def test_a_line_that_went_to_another_customer_is_not_reached(
    factory: Factory, admin_visit: Visit, line: int
) -> None:
    ticket = perform(admin_visit, "handover.make_for_line", line_id=line, site="devices")
    other = factory.account()
    with factory.system.store.transaction() as tx:
        tx.execute("UPDATE line SET account_id = :other WHERE id = :id", other=other, id=line)
    with pytest.raises(OperationError, match="not valid"):
        arrival(factory, ticket.code)
