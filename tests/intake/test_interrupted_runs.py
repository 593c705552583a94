"""An import that was killed is told apart from one that runs."""

from __future__ import annotations

from pathlib import Path

from app.operations.core import Visit, perform
from app.operations.intake import SIGN
from tests.factories import NOVEMBER, Factory
from tests.intake.desk import cells, write


def killed_run(factory: Factory) -> None:
    source = factory.insert("source", {"name": "loket"})
    run = {"source_id": source, "file_name": "a.csv", "digest": "d", "started_at": 1, "status": "running"}
    counts = dict.fromkeys(("rows", "rated", "suspended", "duplicates", "rejected"), 0)
    factory.insert("import_run", run | counts | {"error": ""})


def status(visit: Visit) -> list[tuple[str, bool]]:
    return [(run.status, "again" in run.error) for run in perform(visit, "usage.runs").rows]


def test_a_run_without_a_process_is_interrupted_and_says_what_to_do(factory: Factory) -> None:
    killed_run(factory)
    with factory.system.store.hold_sign(SIGN) as alone:
        assert alone
        assert status(factory.system) == [("running", False)]
        with factory.system.store.hold_sign(SIGN) as second:
            assert not second
    assert status(factory.system) == [("interrupted", True)]


def test_the_next_import_writes_down_what_was_interrupted(factory: Factory, tmp_path: Path) -> None:
    killed_run(factory)
    line = factory.line(factory.account())
    number = factory.system.rows("SELECT number FROM line WHERE id = :id", id=line)[0][0]
    path = write(tmp_path / "b.csv", [cells("r1", number, NOVEMBER)])
    perform(factory.system, "usage.import_file", path=str(path))
    assert status(factory.system) == [("done", False), ("interrupted", True)]
    rows = factory.system.rows("SELECT status, error FROM import_run ORDER BY id")
    assert rows == [("failed", "interrupted"), ("done", "")]
