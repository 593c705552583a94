"""Importing: what goes in, what waits and why, what was known already."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.intake import importing
from app.intake.importing import COMPILE_FROM, COMPILED_FROM, pays_to_compile
from app.operations.core import Invalid, Visit
from app.operations.core.registry import perform
from app.operations.intake import intake_of
from tests.factories import DAY, GB, NOVEMBER, Factory
from tests.intake.desk import adds_up, cells, take_in, write

AT = NOVEMBER + 5 * DAY


@pytest.fixture
def visit(factory: Factory) -> Visit:
    """The command line on the host."""
    return factory.system


@pytest.fixture
def number(factory: Factory) -> str:
    """The number of a line with 6 GB and roaming bundle A."""
    account = factory.account()
    factory.line(account, number="+31612345678", data_bundle="6", bundles=1)
    return "+31612345678"


@pytest.mark.capability("BX-45")
def test_a_file_imported_again_counts_once(visit: Visit, number: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells(f"r{i}", number, AT + i) for i in range(10)])
    first, again = take_in(visit, path), take_in(visit, path)
    assert (first.rows, first.rated, first.duplicates) == (10, 10, 0)
    assert (again.rows, again.rated, again.duplicates) == (10, 0, 10)
    assert visit.rows("SELECT records, data_home_eu FROM counter") == [(10, 10_000_000)]


@pytest.mark.capability("BX-45")
def test_other_content_under_a_known_id_waits_as_a_conflict(
    visit: Visit, number: str, tmp_path: Path
) -> None:
    take_in(visit, write(tmp_path / "a.csv", [cells("r1", number, AT, volume=5)]))
    path = write(tmp_path / "b.csv", [cells("r1", number, AT, volume=6)])
    assert take_in(visit, path).suspended == 1
    assert take_in(visit, path).duplicates == 1
    assert visit.rows("SELECT reason, status, external_id FROM suspense") == [("CONFLICT", "waiting", "r1")]
    assert visit.rows("SELECT volume FROM usage_record") == [(5,)]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"bytes": "-1"}, "bytes", "BAD_FIELD"),
        ({"bytes": "12,5"}, "bytes", "BAD_FIELD"),
        ({"bytes": "1_0"}, "bytes", "BAD_FIELD"),
        ({"bytes": "9" * 30}, "bytes", "BAD_FIELD"),
        ({"start": "2026-02-30T10:00:00Z"}, "start", "BAD_FIELD"),
        ({"start": "yesterday"}, "start", "BAD_FIELD"),
        ({"type": "fax"}, "type", "BAD_FIELD"),
        ({"direction": ""}, "direction", "BAD_FIELD"),
        ({"number": "12345678901234567"}, "number", "BAD_FIELD"),
        ({"mcc": "999", "mnc": "99"}, "mcc", "UNKNOWN_PLACE"),
        ({"mcc": "²", "mnc": ""}, "mcc", "UNKNOWN_PLACE"),
        ({"subscriber": "+31699999999"}, "subscriber", "UNKNOWN_LINE"),
        ({"subscriber": "nobody"}, "subscriber", "BAD_FIELD"),
        ({"id": ""}, "id", "BAD_FIELD"),
        ({"start": "2026-11-21T12:05:01Z"}, "start", "CLOCK_AHEAD"),
        ({"legs": "0"}, "legs", "BAD_FIELD"),
        ({"wifi": "perhaps"}, "wifi", "BAD_FIELD"),
    ],
)
@pytest.mark.parametrize("compiled", [False, True])
def test_a_bad_row_waits_with_line_field_and_reason(
    visit: Visit, number: str, tmp_path: Path, row: dict[str, str], field: str, reason: str, compiled: bool
) -> None:
    good = [cells(f"g{i}", number, AT + i) for i in range(3)]
    bad = cells("bad", number, AT) | row
    summary = take_in(visit, write(tmp_path / "a.csv", [good[0], bad, *good[1:]]), compiled=compiled)
    assert (summary.rated, summary.suspended) == (3, 1)
    assert adds_up(summary)
    found = perform(visit, "usage.suspense").rows[0]
    assert (found.line_no, found.field, found.reason) == (3, field, reason)
    assert found.text
    assert json.loads(found.raw)["mnc"] == str(bad["mnc"])


def test_a_clock_five_minutes_ahead_is_forgiven(visit: Visit, number: str, tmp_path: Path) -> None:
    assert take_in(visit, write(tmp_path / "a.csv", [cells("r1", number, visit.now + 300)])).rated == 1


def test_a_row_cut_short_and_a_stray_quote_hurt_no_other_row(
    visit: Visit, number: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", [cells(f"r{i}", number, AT + i) for i in range(4)])
    lines = path.read_text().splitlines()
    lines[2] = lines[2].replace("data", '"data')
    lines[4] = lines[4][:30]
    path.write_text("\n".join(lines))
    summary = take_in(visit, path)
    assert (summary.rated, summary.suspended) == (2, 2)
    assert visit.rows("SELECT line_no FROM suspense ORDER BY 1") == [(3,), (5,)]


def test_bytes_that_are_no_text_are_rejected_and_counted(visit: Visit, number: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells(f"r{i}", number, AT + i) for i in range(3)])
    path.write_bytes(path.read_bytes().replace(b"r1", b"\xff\xfe"))
    summary = take_in(visit, path)
    assert (summary.rows, summary.rated, summary.rejected) == (3, 2, 1)


@pytest.mark.capability("BX-45")
def test_what_waits_is_rated_once_its_line_exists(
    visit: Visit, factory: Factory, number: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", [cells("r1", "+31687654321", AT), cells("r2", number, AT)])
    assert take_in(visit, path).suspended == 1
    assert perform(visit, "usage.replay").rated == 0
    line = factory.line(factory.account(), number="+31687654321")
    done = perform(visit, "usage.replay")
    assert (done.rows, done.rated, done.waiting) == (1, 1, 0)
    assert visit.rows("SELECT data_home_eu FROM counter WHERE line_id = :line", line=line) == [(1_000_000,)]
    assert take_in(visit, path).duplicates == 2
    assert perform(visit, "usage.suspense", status="replayed").rows[0].line_no == 2


def test_importing_again_mends_what_waited_too(visit: Visit, factory: Factory, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells("r1", "+31687654321", AT)])
    take_in(visit, path)
    factory.line(factory.account(), number="+31687654321")
    assert take_in(visit, path).rated == 1
    assert visit.rows("SELECT status FROM suspense") == [("replayed",)]


def test_a_plan_without_a_tariff_prices_nothing_at_zero(
    visit: Visit, factory: Factory, tmp_path: Path
) -> None:
    line = factory.line(factory.account(), number="+31687654321", plan="handset", activated_at=1)
    path = write(tmp_path / "a.csv", [cells("old", "+31687654321", 1_000_000_000)])
    assert take_in(visit, path).suspended == 1
    assert visit.rows("SELECT status, reason, charge_micro FROM rated_record") == [(3, 40, 0)]
    assert take_in(visit, path).duplicates == 1
    assert perform(visit, "usage.suspense").rows[0].reason == "NO_RATE"
    assert visit.rows("SELECT records FROM counter WHERE line_id = :line", line=line) == [(1,)]


def test_a_dismissed_row_stays_out(visit: Visit, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells("r1", "+31687654321", AT)])
    take_in(visit, path)
    perform(visit, "usage.dismiss", suspense_id=perform(visit, "usage.suspense").rows[0].id)
    assert take_in(visit, path).duplicates == 1
    assert perform(visit, "usage.suspense").rows == ()


def test_identifiers_match_by_the_time_of_the_record(visit: Visit, factory: Factory, tmp_path: Path) -> None:
    account = factory.account()
    first = factory.line(account, number="+31611111111")
    second = factory.line(account, number="+31622222222")
    with visit.transaction() as tx:
        tx.execute("UPDATE identifier SET valid_to = :at WHERE value = '+31611111111'", at=AT)
        tx.execute(
            "INSERT INTO identifier (line_id, kind, value, valid_from) "
            "VALUES (:l, 'msisdn', '+31611111111', :at)",
            l=second,
            at=AT,
        )
    rows = [cells("before", "+31611111111", AT - 1), cells("after", "+31611111111", AT)]
    for compiled in (False, True):
        take_in(visit, write(tmp_path / "a.csv", rows), compiled=compiled)
    assert visit.rows("SELECT external_id, line_id FROM usage_record ORDER BY start") == [
        ("before", first),
        ("after", second),
    ]


def test_an_import_is_audited_and_listed(visit: Visit, number: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells("r1", number, AT)])
    seen: list[tuple[int, int]] = []
    summary = perform(
        visit, "usage.import_file", path=str(path), progress=lambda done, total: seen.append((done, total))
    )
    size = path.stat().st_size
    assert seen[-1] == (size, size)
    run = perform(visit, "usage.runs").rows[0]
    assert (run.file, run.status, run.rows, run.rated) == ("a.csv", "done", summary.rows, 1)
    assert visit.rows("SELECT operation, outcome FROM audit") == [("usage.import_file", "done")]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b"a,b,c\n1,2,3\n", "a, b, c"),
        (b"PAR1 and no more", "Parquet"),
        (b"\x1f\x8b\x08 cut off", "breaks off"),
    ],
)
def test_a_file_that_fits_nothing_says_what_was_found(
    visit: Visit, tmp_path: Path, raw: bytes, says: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes(raw)
    with pytest.raises(Invalid, match=says):
        perform(visit, "usage.import_file", path=str(path))
    assert visit.rows("SELECT count(*) FROM import_run") == [(0,)]


def test_a_wrong_mapping_and_a_missing_file_say_the_cure(visit: Visit, number: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [cells("r1", number, AT)])
    with pytest.raises(Invalid, match="RecordID"):
        perform(visit, "usage.import_file", path=str(path), source="cross-border")
    with pytest.raises(Invalid, match="cross-border, handset-log, loket"):
        perform(visit, "usage.import_file", path=str(path), source="nothing")
    with pytest.raises(Invalid, match="cannot be read"):
        perform(visit, "usage.import_file", path=str(tmp_path / "none.csv"))
    with pytest.raises(Invalid, match="provision"):
        perform(visit, "usage.import_file", path=str(path), provision=True)


def test_a_mark_is_told_once_and_kept_once(visit: Visit, number: str, tmp_path: Path) -> None:
    rows = [cells(f"r{i}", number, AT + i, volume=10 * GB, place="US") for i in range(4)]
    for compiled in (False, True):
        take_in(visit, write(tmp_path / "a.csv", rows), compiled=compiled)
    told = visit.rows("SELECT count(*) FROM message WHERE channel = 'sms'")
    kinds = visit.rows("SELECT kind, bundle_no FROM crossing ORDER BY 1, 2")
    assert kinds == [(128, 1), (128, 2), (256, 1), (512, 1)]
    assert told == [(len({1, 2, 3}),)]


def test_rules_are_compiled_for_files_that_repay_it(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = replace(intake_of(visit), cache=tmp_path)
    sizes = (COMPILED_FROM - 1, COMPILED_FROM, COMPILE_FROM)
    assert [pays_to_compile(intake, size) for size in sizes] == [False, False, True]
    monkeypatch.setattr(importing, "is_compiled", lambda folder: True)
    assert [pays_to_compile(intake, size) for size in sizes] == [False, True, True]
