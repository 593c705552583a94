"""Values that would end in the database's own words are refused by name, whichever door they come by."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app.operations.core import Invalid, Visit, perform
from app.operations.export import new_file
from app.store import Store
from app.store.schema import ensure_schema
from tests.factories import Factory


@pytest.mark.parametrize(
    "name, given, field",
    [
        ("lines.get", {"line_id": 10**20}, "line_id"),
        ("lines.get", {"line_id": -(10**20)}, "line_id"),
        ("lines.page", {"text": "\udcff"}, "text"),
        ("search.everything", {"text": "x" * 10_001}, "text"),
        ("lines.page", {"after": "\udcff"}, "after"),
        ("usage.records", {"line_id": 1, "month": 202613}, "month"),
        ("usage.simulate", {"month": 202600}, "month"),
        ("audit.page", {"after": "9" * 30}, ""),
        ("export.rows", {"what": "usage.records", "arguments": ["line_id=1", "month=5"]}, "month"),
        ("export.rows", {"what": "usage.records", "arguments": ["line_id=" + "9" * 30]}, "line_id"),
        ("closing.preview", {"month": 0}, "month"),
        ("limits.set", {"line_id": 1, "limit_cents": 10**20}, "limit_cents"),
        ("barring.set", {"line_id": 1, "bars": ["\udcff"]}, "bars"),
    ],
)
def test_it_is_said_which_value_is_wrong(
    name: str, given: dict[str, Any], field: str, factory: Factory
) -> None:
    factory.line(factory.account())
    with pytest.raises(Invalid) as found:
        perform(factory.system, name, **given)
    assert found.value.field == field


def test_values_in_their_places_are_looked_at_too(admin_visit: Visit) -> None:
    from app.operations.lines import get

    with pytest.raises(Invalid):
        get(admin_visit, 10**20)


def test_of_two_who_export_at_once_each_gets_a_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _one: new_file(tmp_path, "Lines page", "csv"), range(200)))
    assert len(set(made)) == 200
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_the_database_is_nobody_elses_to_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    store = Store(f"sqlite:///{tmp_path / 'loket.db'}")
    ensure_schema(store)
    with store.transaction() as tx:
        tx.execute("UPDATE login SET failures = 0")
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    store.close()
