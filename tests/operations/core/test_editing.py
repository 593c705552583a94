"""Two people, one form: the second sees what the first changed, and nothing else."""

from __future__ import annotations

import pytest

from app.operations.core import Conflict, NotFound, Visit, perform
from app.operations.core.editing import edit
from app.operations.core.errors import Difference
from tests.factories import Factory

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("behind", [1, 2])
def test_an_outdated_form_shows_only_what_differs(factory: Factory, admin_visit: Visit, behind: int) -> None:
    line = factory.line(admin_visit.account_id or 0)
    for limit in (20_000, 10_000 * 5)[:behind]:
        perform(admin_visit, "limits.set", line_id=line, limit_cents=limit)
    theirs = (20_000, 50_000)[behind - 1]
    with pytest.raises(Conflict) as found:
        perform(admin_visit, "limits.set", line_id=line, limit_cents=500_000, version=1, was_cents=5_000)
    assert found.value.version == 1 + behind
    assert found.value.differences == (Difference("limit_cents", 5_000, theirs, 500_000),)
    assert perform(admin_visit, "lines.get", line_id=line).limit_cents == theirs


def test_what_is_gone_is_said(admin_visit: Visit) -> None:
    from app.models import Line

    with admin_visit.transaction(), pytest.raises(NotFound):
        edit(admin_visit, Line, 404, {"person": "Nobody"})
