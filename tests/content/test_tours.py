"""A tour file says all that is wrong with it, is left out alone, and is read again when it is written."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import load_content
from app.content.check import check_content
from app.content.errors import ContentError
from app.content.tour_list import Tours
from app.content.tour_texts import key_references, words
from app.content.tours import Tour
from app.content.tours_file import read_tour
from app.i18n import LANGUAGES
from tests.content.conftest import SHIPPED

WHOLE = """
schema = 1
id = "example"
area = "my_data"
outcome = "account.edit"
needs = ["right:EDIT_ACCOUNT", "has:customer"]
title = { en = "Move house", nl = "Verhuizen", de = "Umziehen" }
sample = { street = "Kade 5" }

[[step]]
id = "street"
screen = "form:account.edit"
target = "#street"
done = { valid = "#street" }
do = { type = "$street" }
text = { en = "Type the street. Then {key:enter}.", nl = "Typ de straat.", de = "Geben Sie die Straße ein." }
wrong = { Kade = { en = "No number?", nl = "Geen nummer?", de = "Keine Hausnummer?" } }

[[step]]
id = "save"
screen = "form:account.edit"
target = "#save"
done = { action = "account.edit" }
do = { keys = ["tab", "tab", "command:line.back", "enter"] }
commit = true
text = { en = "Press Save.", nl = "Kies Opslaan.", de = "Wählen Sie Speichern." }
"""


def read(folder: Path, text: str, name: str = "example.toml") -> tuple[Tour | None, list[ContentError]]:
    errors: list[ContentError] = []
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_tour(path, f"tours/{name}", errors), errors


def test_a_whole_tour_is_read(tmp_path: Path) -> None:
    tour, errors = read(tmp_path, WHOLE)
    assert errors == []
    assert tour is not None
    assert [step.id for step in tour.steps] == ["street", "save"]
    assert tour.step("save").do.keys == ("tab", "tab", "command:line.back", "enter")
    assert tour.steps[0].wrong["Kade"].nl == "Geen nummer?"
    assert tour.sample == {"street": "Kade 5"}


LONG = " ".join(["word"] * 26)


@pytest.mark.parametrize(
    "old, new, key, part",
    [
        ("schema = 1", "schema = 2", "schema", "from 1 to 1"),
        ('id = "example"', 'id = "other"', "id", "example"),
        ('id = "example"', "", "id", "missing"),
        ('area = "my_data"', 'area = "my_dta"', "area", "Did you mean my_data?"),
        ('area = "my_data"', 'area = "my_data"\nfoo = 1', "foo", "no setting"),
        ('outcome = "account.edit"', 'outcome = "accountedit"', "outcome", "limits.set"),
        ('"right:EDIT_ACCOUNT"', '"right:EDIT_ACOUNT"', "needs", "Did you mean EDIT_ACCOUNT?"),
        ('"has:customer"', '"customer"', "needs", 'Write "has:"'),
        (', de = "Umziehen" }', " }", "title.de", "missing"),
        ('en = "Move house"', f'en = "{"x" * 61}"', "title.en", "at most 60"),
        ('en = "Move house"', 'en = "Move {key:enter}"', "title.en", "names no keys"),
        ('nl = "Typ de straat."', f'nl = "{LONG}"', "step[street].text.nl", "26 words"),
        ('nl = "Typ de straat."', 'nl = "Typ {enter}."', "step[street].text.nl", "{key:enter}"),
        ('nl = "Typ de straat."', 'nl = "Typ {key:}."', "step[street].text.nl", "{key:enter}"),
        ('nl = "Typ de straat."', 'nl = "Typ {key:a"', "step[street].text.nl", "{key:enter}"),
        ('nl = "Geen nummer?"', "nl = 5", "step[street].wrong.Kade.nl", "text in quotes"),
        ('do = { type = "$street" }', "", "step[street].do", "Nobody can prove"),
        ('do = { type = "$street" }', "do = {}", "step[street].do", "nothing is typed"),
        ('"$street"', '"$stret"', "step[street].do.type", "Did you mean street?"),
        ('type = "$street"', 'type = "x", choose = "y"', "step[street].do.choose", "two steps"),
        ('{ keys = ["tab"', '{ key = "tab", keys = ["tab"', "step[save].do.key", "Keep one"),
        ('"command:line.back"', '"command:back"', "step[save].do.keys", "no key"),
        ('done = { valid = "#street" }', "", "step[street].done", "missing"),
        ('done = { valid = "#street" }', "done = {}", "step[street].done", "Nothing says"),
        ('"#street" }\ndo', '"#street", read = true }\ndo', "step[street].done.read", "only read"),
        ('{ valid = "#street" }', "{ read = false }", "step[street].done", "Nothing says"),
        ('{ valid = "#street" }', '{ vaild = "#street" }', "step[street].done.vaild", "Did you mean valid?"),
        ('id = "save"', 'id = "street"', "step[street].id", "another step"),
        ('id = "save"', 'id = "Save!"', "step[2].id", "small letters"),
        ('id = "save"', "", "step[2].id", "missing"),
        ('screen = "form:account.edit"', 'screen = "form:account"', "step[street].screen", "no place"),
        ('screen = "form:account.edit"', 'screen = "my_dat/x"', "step[street].screen", "my_data?"),
        ("commit = true", 'side = "left of"', "step[save].side", "not one of"),
        ("commit = true", 'when = ["right:NONE"]', "step[save].when", "no right"),
        ("wrong = ", "secret = true\nwrong = ", "step[street].wrong", "secret"),
        ("street = ", '"The street" = "x"\n', "", "TOML"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_step_and_cure(
    tmp_path: Path, old: str, new: str, key: str, part: str
) -> None:
    assert old in WHOLE
    tour, errors = read(tmp_path, WHOLE.replace(old, new, 1))
    assert tour is None
    found = {error.key: f"{error.problem} {error.cure}" for error in errors}
    assert key in found, found
    assert part in found[key]
    assert all(error.file == "tours/example.toml" and error.cure for error in errors)


def test_all_mistakes_of_a_file_are_found_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace('area = "my_data"', 'area = "x"').replace("#save", "").replace("Kies Opslaan.", "")
    _tour, errors = read(tmp_path, text)
    assert {error.key for error in errors} == {"area", "step[save].target", "step[save].text.nl"}


def test_a_tour_has_steps_and_at_most_twelve(tmp_path: Path) -> None:
    head, street, save = WHOLE.partition("[[step]]")[0], *WHOLE.split("[[step]]")[1:]
    many = head + "".join("[[step]]" + save.replace('"save"', f'"save-{n}"') for n in range(13))
    for text, part in ((many, "13 steps"), (head + "step = []", "no steps"), (head, "missing")):
        tour, errors = read(tmp_path, text)
        assert tour is None
        assert [error.key for error in errors] == ["step"]
        assert part in str(errors[0])
    twelve = head + "[[step]]" + street + "".join(
        "[[step]]" + save.replace('"save"', f'"save-{n}"') for n in range(11)
    )  # fmt: skip
    assert read(tmp_path, twelve)[1] == []


def test_a_step_that_is_read_needs_no_keys(tmp_path: Path) -> None:
    text = WHOLE.replace('done = { valid = "#street" }', "done = { read = true }").replace(
        'do = { type = "$street" }\n', ""
    )
    tour, errors = read(tmp_path, text)
    assert errors == []
    assert tour is not None
    assert tour.steps[0].done.read


def test_a_step_that_ends_on_a_row_needs_no_keys(tmp_path: Path) -> None:
    text = WHOLE.replace('done = { valid = "#street" }', 'row = "hard"\ndone = { row = "hard" }').replace(
        'do = { type = "$street" }\n', ""
    )
    tour, errors = read(tmp_path, text)
    assert errors == []
    assert tour is not None
    assert tour.steps[0].row == tour.steps[0].done.row
    _tour, errors = read(tmp_path, text.replace('row = "hard"\n', 'row = "first"\n'))
    assert [error.key for error in errors] == ["step[street].do"], "the arrow keys alone do not end it"


def test_what_is_secret_in_practice_stands_in_no_file(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE.replace('"$street"', '"$practice_password"'))[1] == []


def test_a_broken_tour_is_left_out_and_the_others_stay(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = set(load_content(folder).tours.tours)
    assert {"limit-lower", "mailings"} <= whole
    path = folder / "tours" / "mailings.toml"
    text = (SHIPPED / "tours" / "mailings.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("#my-data-tabs", ""), encoding="utf-8")
    (folder / "tours" / "garbage.toml").write_bytes(b"\xff\x00[[[")
    with caplog.at_level(logging.WARNING, "loket.tours"):
        tours = load_content(folder).tours
    assert set(tours.tours) == whole - {"mailings"}
    said = [str(error) for error in tours.problems]
    assert said == [str(error) for error in check_content(folder)]
    assert said[0].startswith("tours/garbage.toml: The file is not UTF-8.")
    assert said[1].startswith("tours/mailings.toml: step[tab].target: The text is empty.")
    assert all(line in caplog.text for line in said)


def test_files_that_are_written_while_they_are_shown_are_read_again(folder: Path) -> None:
    tours = Tours(folder)
    assert not tours.changed()
    assert not tours.reload()
    path = folder / "tours" / "example.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert tours.changed()
    assert tours.reload()
    assert tours.tours["example"].title.nl == "Verhuizen"
    path.write_text(WHOLE.replace("Verhuizen", "Verhuisd!"), encoding="utf-8")
    os.utime(path, ns=(1, 1))  # the same length, and a clock of rough steps
    assert tours.reload()
    assert tours.tours["example"].title.nl == "Verhuisd!"
    path.unlink()
    assert tours.reload()
    assert "example" not in tours.tours


def test_an_operator_without_tours_has_the_shipped_ones_and_may_write_their_own(tmp_path: Path) -> None:
    shipped = Tours(SHIPPED)
    assert Tours(tmp_path).tours == shipped.tours
    (tmp_path / "tours").mkdir()
    own = (SHIPPED / "tours" / "mailings.toml").read_text(encoding="utf-8").replace("newsletters", "letters")
    (tmp_path / "tours" / "mailings.toml").write_text(own, encoding="utf-8")
    mine = Tours(tmp_path)
    assert mine.tours["mailings"].title.en == "Switch letters and notices on or off"
    assert mine.tours["limit-lower"] == shipped.tours["limit-lower"]


def test_shipped_tours_are_sound() -> None:
    tours = Tours(SHIPPED)
    assert [str(error) for error in tours.problems] == []
    assert tours.tours


def test_keys_in_texts_are_found_and_count_as_a_word() -> None:
    text = "Press {key:ctrl+k}, or {key:line.limits}."
    assert key_references(text) == ["ctrl+k", "line.limits"]
    assert words(text) == 4


@given(st.text(max_size=300))
def test_no_text_of_a_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, junk: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    for text in (junk, WHOLE + junk, WHOLE.replace("Kade 5", junk)):
        tour, errors = read(folder, text.replace("\ud800", ""))
        assert (tour is None) == bool(errors)


def test_every_text_of_the_shipped_tours_is_there_in_every_language() -> None:
    for tour in Tours(SHIPPED).tours.values():
        for step in tour.steps:
            assert all(step.text.in_language(language) for language in LANGUAGES)
