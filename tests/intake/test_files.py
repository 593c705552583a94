"""Compressed, cut off, Parquet, decimal commas, other time zones: what files are like."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.content.errors import ContentError
from app.content.sources import SourceMapping
from app.content.sources_file import read_source
from app.intake.files import block_of
from app.intake.importing import import_file
from app.operations.core import Visit
from app.operations.intake import intake_of
from tests.factories import DAY, NOVEMBER, Factory
from tests.intake.desk import adds_up, cells, take_in, write

AT = NOVEMBER + 5 * DAY
NUMBER = "+31612345678"
FOREIGN = """
columns = ["Nr", "Tijd", "Soort", "MB", "Duur", "Gebeld", "Netwerk"]
delimiter = ";"
decimal = ","
encoding = "cp1252"
skip = [{ column = "Soort", words = ["totaal"] }]
[id]
identity = "row"
[subscriber]
column = "Nr"
kind = "msisdn"
[time]
column = "Tijd"
format = "%d-%m-%Y %H:%M:%S"
zone = "Europe/Amsterdam"
[kind]
column = "Soort"
words = { voice = ["gesprek"], data = ["gegevens"] }
[direction]
constant = "out"
[volume]
voice = { column = "Duur", unit = "clock" }
data = { column = "MB", unit = "megabyte" }
[place]
network = "Netwerk"
[number]
outgoing = "Gebeld"
form = "dialled"
home = "31"
"""


@pytest.fixture
def visit(factory: Factory) -> Visit:
    """The command line on the host, with one line."""
    factory.line(factory.account(), number=NUMBER)
    return factory.system


@pytest.fixture
def foreign(tmp_path: Path) -> SourceMapping:
    """A mapping of a Dutch export: semicolons, decimal commas, local time, dialled numbers."""
    path = tmp_path / "dutch.toml"
    path.write_text(FOREIGN)
    errors: list[ContentError] = []
    mapping = read_source(path, "sources/dutch.toml", errors)
    assert errors == []
    return mapping


def test_a_compressed_file_is_read_as_it_is(visit: Visit, tmp_path: Path) -> None:
    plain = write(tmp_path / "a.csv", [cells(f"r{i}", NUMBER, AT + i) for i in range(5)])
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert take_in(visit, packed).rated == 5
    assert take_in(visit, plain).duplicates == 5


@pytest.mark.parametrize("compiled", [False, True])
def test_a_truncated_file_keeps_what_came_before_and_says_where(
    visit: Visit, tmp_path: Path, compiled: bool
) -> None:
    plain = write(tmp_path / "a.csv", [cells(f"r{i:05}", NUMBER, AT + i) for i in range(20_000)])
    packed = gzip.compress(plain.read_bytes())
    broken = tmp_path / "a.csv.gz"
    broken.write_bytes(packed[: len(packed) // 2])
    first = take_in(visit, broken, compiled=compiled)
    assert not first.sound
    assert 0 < first.rated < 20_000
    assert f"line {first.rows + 2}" in first.broken
    assert visit.rows("SELECT status, rows FROM import_run") == [("failed", first.rows)]
    broken.write_bytes(packed)
    whole = take_in(visit, broken, compiled=compiled)
    assert (whole.rated + first.rated, whole.duplicates) == (20_000, first.rated)


def test_parquet_is_read_by_the_same_mapping(visit: Visit, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [cells(f"r{i}", NUMBER, AT + i, volume=1000 + i, legs=1) for i in range(5)]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["start"] = [datetime.fromtimestamp(AT + i, UTC) for i in range(5)]
    for name in ("seconds", "messages"):
        columns[name] = [None] * 5
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table(columns), path)
    assert take_in(visit, path).rated == 5
    assert take_in(visit, write(tmp_path / "a.csv", rows)).duplicates == 5
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Exception, match="no whole Parquet file"):
        take_in(visit, path)


def test_commas_zones_and_dialled_numbers(visit: Visit, tmp_path: Path, foreign: SourceMapping) -> None:
    lines = [
        "Nr;Tijd;Soort;MB;Duur;Gebeld;Netwerk",
        "0612345678;05-11-2026 10:00:00;gegevens;1,5;;;204-04",
        "0612345678;05-11-2026 10:00:00;gegevens;1,5;;;204-04",
        "0612345678;05-11-2026 11:00:00;gesprek;;0:01:30;0900-1234;20404",
        "0612345678;05-11-2026 12:00:00;gesprek;;0:00:01;+49 30 123;20404",
        "0612345678;05-11-2026 13:00:00;gegevens;1.5;;;20404",
        "0612345678;;totaal;3,0;;;",
    ]
    path = tmp_path / "u.csv"
    path.write_text("\n".join(lines), encoding="cp1252")
    intake = replace(intake_of(visit), mappings={"dutch": foreign})
    summary = import_file(intake, path)
    assert (summary.rated, summary.suspended, summary.duplicates, summary.skipped) == (4, 1, 0, 1)
    assert adds_up(summary)
    at = int(datetime(2026, 11, 5, 10, tzinfo=ZoneInfo("Europe/Amsterdam")).timestamp())
    assert visit.rows("SELECT start - :at, volume, number FROM usage_record ORDER BY 1, 2", at=at) == [
        (0, 1_500_000, 0),
        (0, 1_500_000, 0),
        (3600, 90, 319001234),
        (7200, 1, 4930123),
    ]
    assert import_file(intake, path).duplicates == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25-10-2026 01:59:59", 1792886399),
        ("25-10-2026 02:30:00", 1792888200),  # twice: the first, in summer time
        ("25-10-2026 03:00:00", 1792893600),
        ("29-03-2026 02:30:00", None),  # skipped
        ("29-03-2026 03:00:00", 1774746000),
    ],
)
def test_local_times_around_a_change_of_the_clock(
    visit: Visit, tmp_path: Path, foreign: SourceMapping, text: str, expected: int | None
) -> None:
    path = tmp_path / "u.csv"
    path.write_text(f"Nr;Tijd;Soort;MB;Duur;Gebeld;Netwerk\n0612345678;{text};gegevens;1;;;20404\n")
    summary = import_file(replace(intake_of(visit), mappings={"dutch": foreign}), path)
    found = visit.rows("SELECT start FROM usage_record")
    assert found == ([(expected,)] if expected else [])
    assert summary.suspended == (expected is None)


def test_a_stray_quote_takes_only_its_own_line() -> None:
    lines = ["a,b\n", 'c,"d\n', "e,f\n", '"g",h\n']
    assert block_of(1, lines, ",").rows == [["a", "b"], ['c,"d'], ["e", "f"], ["g", "h"]]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('kind = "msisdn"', 'kind = "phone"', "subscriber.kind"),
        ('"Nr", "Tijd"', '"Tijd"', "columns"),
        ('unit = "megabyte"', 'unit = "meter"', "volume.data.unit"),
        ("Europe/Amsterdam", "Europe/Nowhere", "time.zone"),
        ('constant = "out"', 'constant = "up"', "direction.constant"),
        ('home = "31"', "", "number.home"),
        ('delimiter = ";"', 'delimiter = ";;"', "delimiter"),
        ('network = "Netwerk"', 'mcc = "Netwerk"', "place"),
        ('data = ["gegevens"]', 'data = ["gesprek"]', "kind.words.data"),
        ('identity = "row"', 'identity = "column"', "id.identity"),
        ("cp1252", "cp0", "encoding"),
    ],
)
def test_a_mistake_in_a_mapping_names_file_key_and_cure(tmp_path: Path, old: str, new: str, key: str) -> None:
    path = tmp_path / "dutch.toml"
    assert old in FOREIGN
    path.write_text(FOREIGN.replace(old, new))
    errors: list[ContentError] = []
    read_source(path, "sources/dutch.toml", errors)
    assert key in {error.key for error in errors}
    assert all(error.file == "sources/dutch.toml" and error.cure for error in errors)
