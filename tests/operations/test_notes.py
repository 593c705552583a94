"""Notes about a customer: for staff who help a verified caller."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, Refused, Visit, perform


def test_a_note_is_read_by_the_next_colleague_only_while_helping(
    assisting_visit: Visit, agent_visit: Visit, admin_visit: Visit
) -> None:
    perform(assisting_visit, "notes.add", text="  Calls back on Monday.\nHas a new router. ")
    perform(assisting_visit, "notes.add", text="Called back.")
    found = perform(assisting_visit, "notes.page").rows
    assert [note.text for note in found] == ["Called back.", "Calls back on Monday.\nHas a new router."]
    assert found[0].person == "Arie Agent"
    for visit in (agent_visit, admin_visit):
        with pytest.raises(Refused):
            perform(visit, "notes.page")
        with pytest.raises(Refused):
            perform(visit, "notes.add", text="x")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_nothing_and_too_much_are_refused(assisting_visit: Visit, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        perform(assisting_visit, "notes.add", text=text)
    assert caught.value.field == "text"
