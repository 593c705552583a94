"""Reading TOML with checks: nothing that stands in a file stops the check."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.catalogue_file import read_catalogue
from app.content.errors import ContentError
from app.content.operator import read_operator
from app.content.reading import Section, read_toml
from app.content.rights import read_matrix
from tests.content.conftest import SHIPPED

READERS: dict[str, Callable[[Path, list[ContentError]], Any]] = {
    "operator.toml": read_operator,
    "catalogue.toml": read_catalogue,
    "rights.toml": read_matrix,
}
ODD = (
    "5",
    "-1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "[[]]",
    "{}",
    "{ a = 1 }",
    "2026-01-01",
    "08:00:00",
    "9" * 30,
)


@given(file=st.sampled_from(sorted(READERS)), odd=st.sampled_from(ODD), data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_reported_not_crashed_on(
    tmp_path: Path, file: str, odd: str, data: st.DataObject
) -> None:
    lines = (SHIPPED / file).read_text(encoding="utf-8").splitlines()
    settable = [number for number, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    number = data.draw(st.sampled_from(settable))
    lines[number] = re.sub(r" = .*", f" = {odd}", lines[number])
    (tmp_path / file).write_text("\n".join(lines), encoding="utf-8")
    READERS[file](tmp_path, [])


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_make_a_section(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    errors: list[ContentError] = []
    read_toml(path, "x.toml", errors).finish()


def test_deeply_nested_file(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("a = " + "[" * 5000, encoding="utf-8")
    errors: list[ContentError] = []
    read_toml(path, "x.toml", errors)
    assert len(errors) == 1


def section(values: dict[str, Any]) -> tuple[Section, list[ContentError]]:
    errors: list[ContentError] = []
    return Section("x.toml", values, errors), errors


def test_good_values_come_back() -> None:
    root, errors = section(
        {
            "text": "a",
            "number": 5,
            "cents": 1250,
            "yes": True,
            "day": date(2026, 1, 31),
            "time": time(8, 30),
            "words": ["a", "b"],
            "numbers": [1, 12],
            "said": {"en": "yes", "nl": "ja", "de": "ja"},
        }
    )
    assert root.text("text") == "a"
    assert root.integer("number", low=0, high=9) == 5
    assert root.cents("cents") == 1250
    assert root.boolean("yes") is True
    assert root.day("day") == date(2026, 1, 31)
    assert root.clock_time("time") == time(8, 30)
    assert root.words("words") == ("a", "b")
    assert root.integers("numbers", low=1, high=24) == (1, 12)
    assert root.texts("said").in_language("nl") == "ja"
    root.finish()
    assert errors == []


def test_defaults_stand_in_for_what_is_absent() -> None:
    root, errors = section({})
    assert root.text("a", default="x") == "x"
    assert root.integer("b", low=1, high=9, default=3) == 3
    assert root.cents("c", default=0) == 0
    assert root.boolean("d", default=True) is True
    assert root.day("e", default=None) is None
    assert root.words("f", default=("x",)) == ("x",)
    assert root.sections("g", optional=True) == []
    assert root.section("h", optional=True).names() == []
    assert errors == []


@pytest.mark.parametrize("value", [4.5, "4.50", float("nan")])
def test_prices_are_never_floats_or_texts(value: object) -> None:
    root, errors = section({"price": value})
    assert root.cents("price") == 0
    assert [error.key for error in errors] == ["price"]
    assert "12.50 euro is 1250" in errors[0].cure


def test_a_missing_table_is_one_mistake() -> None:
    root, errors = section({})
    child = root.section("brand")
    child.text("primary")
    child.section("deeper").integer("n", low=0, high=1)
    assert [error.key for error in errors] == ["brand"]


def test_unknown_keys_are_named_with_their_path() -> None:
    root, errors = section({"a": {"b": [{"colour": 1}]}})
    child = root.section("a").sections("b")[0]
    child.text("color", default="")
    child.finish()
    assert [(error.key, error.cure) for error in errors] == [("a.b[1].colour", "Did you mean color?")]
