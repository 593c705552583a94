"""eSIM: the code of a profile is sealed, shown to who may become that line, and stands in no log."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from app.secret import Secret
from app.store import Store
from tests.databases.stored import stored_bytes
from tests.factories import Factory

CODE = "LPA:1$smdp.example.org$04386-AGYFT-A74Y8-3F815"


@pytest.fixture
def line(factory: Factory, account_id: int) -> int:
    line = factory.line(account_id)
    card = {"line_id": line, "kind": "esim", "role": "main", "status": "active", "label": ""}
    factory.insert("sim", card | {"iccid": "8931670000000001"})
    return line


def ready(factory: Factory, code: str = CODE) -> None:
    perform(factory.system, "esim.provide", iccid="8931670000000001", activation_code=Secret(code))


@pytest.mark.capability("MP-36", "KI-06")
def test_a_code_is_shown_and_stands_nowhere_else(
    factory: Factory, admin_visit: Visit, line: int, store: Store
) -> None:
    with pytest.raises(Invalid, match="not ready"):
        perform(admin_visit, "esim.show", line_id=line)
    ready(factory)
    (row,) = perform(admin_visit, "esim.page", line_id=line)
    assert row.ready
    shown = perform(admin_visit, "esim.show", line_id=line, sim_id=row.id)
    assert shown.code == CODE
    assert CODE not in repr(shown)
    assert b"04386-AGYFT" not in stored_bytes(store), "neither in clear nor in the log"
    done = store.rows(
        "SELECT operation, object FROM audit WHERE operation = 'esim.show' AND outcome = 'done'"
    )
    assert done == [("esim.show", f"line:{line}")]


def test_the_prefix_may_be_left_out_and_what_is_no_code_is_refused(
    factory: Factory, admin_visit: Visit, line: int
) -> None:
    ready(factory, CODE.removeprefix("LPA:"))
    assert perform(admin_visit, "esim.show", line_id=line).code == CODE
    for wrong in ("", "0438", "LPA:2$a$b", "LPA:1$smdp.example.org$a b", "LPA:1$smdp.example.org$a\x1b[2J"):
        with pytest.raises(Invalid) as refused:
            ready(factory, wrong)
        assert refused.value.field == "activation_code"


def test_only_who_may_become_the_line_sees_it(
    factory: Factory, admin_visit: Visit, assisting_visit: Visit, user_visit: Visit, line: int
) -> None:
    ready(factory)
    with pytest.raises(Refused):
        perform(assisting_visit, "esim.show", line_id=line)
    with pytest.raises(NotFound):
        perform(user_visit, "esim.show", line_id=line)
    with pytest.raises(NotFound):
        perform(factory.visit("admin", factory.account()), "esim.show", line_id=line)
    with pytest.raises(NotFound):
        perform(admin_visit, "esim.show", line_id=factory.line(admin_visit.account_id or 0))
