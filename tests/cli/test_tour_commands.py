"""Tasks in plain lines for everybody, and a check of tours for who writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.plain_tour import place_name, twin
from app.cli.tour_lint import findings
from app.content import Content, load_content
from tests.cli.conftest import Loket
from tests.content.conftest import SHIPPED
from tests.factories import Factory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An operator's folder, all of it the shipped one but for the tours."""
    folder = tmp_path / "operator"
    folder.mkdir()
    for path in SHIPPED.iterdir():
        if path.name != "tours":
            (folder / path.name).symlink_to(path)
    (folder / "tours").mkdir()
    return folder


def test_without_a_name_all_tasks_are_listed_and_no_database_is_needed(loket: Loket, home: Path) -> None:
    told = loket("help")
    assert told.code == 0
    assert "My Products\n" in told.out
    assert "limit-lower" in told.out
    assert "Change the cost limit of a line" in told.out
    assert not (home / "loket.db").exists()
    assert {"id", "title", "area", "possible"} <= set(loket("help", "--json").json[0])


def test_a_task_is_told_in_plain_numbered_lines(loket: Loket) -> None:
    lines = loket("help", "limit-lower").out.splitlines()
    assert lines[0] == "Change the cost limit of a line (about 1 minute)"
    steps = [line for line in lines if line[:1].isdigit()]
    assert [line.split(".")[0] for line in steps] == ["1", "2", "3", "4"]
    assert steps[0].startswith("1. My Products: Go to the line")
    assert "Press Enter" in steps[0]
    assert "Press l " in steps[1]
    assert steps[2].startswith("3. My Products, Limits & bars: ")
    assert steps[3].startswith("4. In the window that has opened: ")
    assert lines[-1].endswith("loket limits set --line NUMBER --limit-cents LIMIT-CENTS")
    assert "{" not in "".join(lines)


def test_the_keys_are_the_persons_own(loket: Loket, home: Path) -> None:
    home.mkdir()
    (home / "keys.toml").write_text('[keys]\n"line.limits" = "ctrl+t"\n')
    assert "Press ^T for Limits & bars" in loket("help", "limit-lower").out


@pytest.mark.parametrize(
    ("argv", "lang", "title"),
    [
        ((), "nl_NL.UTF-8", "Nieuwsbrieven en meldingen aan- of uitzetten"),
        ((), "de_DE.UTF-8", "Newsletter und Hinweise ein- oder ausschalten"),
        (("--language", "de"), "nl_NL.UTF-8", "Newsletter und Hinweise ein- oder ausschalten"),
    ],
)
def test_it_is_read_in_the_language_of_the_machine_or_another(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], lang: str, title: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    assert loket("help", "mailings", *argv).out.startswith(title)
    assert title in loket("help", *argv).out


def test_a_person_sees_what_is_not_possible_now_and_why(filled: Loket, factory: Factory) -> None:
    account = factory.account()
    factory.login(account, role="admin", user_name="marit", language="nl")
    told = filled("help", "--as", "marit", "--language", "en").out
    assert "There is no active line." in told
    assert "Nieuwsbrieven en meldingen" in filled("help", "--as", "marit").out
    factory.line(account)
    assert "There is no active line." not in filled("help", "--as", "marit", "--language", "en").out
    assert filled("help", "--as", "nobody").code == 4


def test_a_word_that_is_no_task_is_a_subject_or_gets_a_hint(loket: Loket) -> None:
    assert "loket limits set" in loket("help", "limits").out
    told = loket("help", "mailing")
    assert told.code == 2
    assert "Did you mean 'loket help mailings'?" in told.err
    assert loket("help", "limit-lower@tab").code == 0
    assert loket("help", "../../etc/passwd").code == 2


def test_the_twin_of_an_operation_names_what_must_be_given() -> None:
    assert twin("mailings.set") == "loket mailings set --topic TOPIC --[no-]wanted"
    assert twin("quotes.accept") == "loket quotes accept QUOTE"
    assert twin("password.change") == "loket password change"
    assert twin("") == twin("nothing.there") == twin("limits.nothing") == ""


def test_every_part_of_the_portal_has_its_name() -> None:
    assert place_name("my_data/security") == "My Data, Security"
    assert place_name("my_products/line/records") == "My Products, Usage"
    assert place_name("sign_in") == "On the first screen"
    assert place_name("form:limits.set") == "In the window that has opened"


def test_the_shipped_tours_have_no_mistakes(loket: Loket, content: Content) -> None:
    assert [str(each.mistake) for each in findings(content) if each.grave] == []
    told = loket("tour", "lint")
    assert told.code == 0
    assert "0 mistakes" in told.out


HEAD = (
    'schema = 1\nid = "t"\narea = "my_data"\noutcome = "mailings.set"\nneeds = ["right:EDIT_ACCOUNT"]\n'
    'title = { en = "T", nl = "T", de = "T" }\nsample = { topic = "news" }\n'
)
PICK = """
[[step]]
id = "pick"
screen = "my_data/notices"
target = "#topic"
done = { valid = "#topic" }
do = { type = "$topic", keys = ["command:my_data.notices"] }
when = ["has:customer"]
text = { en = "Press {key:enter}.", nl = "Druk op {key:enter}.", de = "Drücken Sie {key:enter}." }
"""
SAVE = """
[[step]]
id = "save"
screen = "my_data/notices"
target = "#save"
commit = true
done = { action = "mailings.set" }
do = { key = "enter" }
text = { en = "Save.", nl = "Bewaar.", de = "Speichern." }
"""
SLOW = "Dit is een zin van meer dan vijftien woorden die u niet in een keer leest, denk ik."


@pytest.mark.parametrize(
    ("old", "new", "key", "part", "grave"),
    [
        ('= "mailings.set"\nneeds', '= "mailings.sett"\nneeds', "outcome", "mean mailings.set?", True),
        ("sample =", 'covers = ["no.such"]\nsample =', "covers", "loket operations", True),
        ("has:customer", "has:custmer", "step[pick].when", "Did you mean customer?", True),
        ("has:customer", "has:customer\", \"has:zz", "step[pick].when", "loket tours facts", True),
        ("commit = true\n", "", "step", "stop before it books", True),
        ('action = "mailings.set"', 'gone = "#save"', "step", "does not end with", True),
        ('needs = ["right:EDIT_ACCOUNT"]', "", "needs", 'Add "right:EDIT_ACCOUNT".', False),
        ('topic = "news"', 'topic = "news", more = "x"', "sample.more", "No step types it", False),
        ('valid = "#topic"', 'screen = "my_data"', "step[pick].done.screen", "before anything", True),
        ('valid = "#topic"', 'screen = "form:no.such"', "step[pick].done.screen", "no operation", True),
        ('valid = "#topic"', 'valid = "#to pic!"', "step[pick].done.valid", "no selector", True),
        ('target = "#save"', 'target = "<save>"', "step[save].target", "no selector", True),
        ("command:my_data.notices", "command:my_data.notice", "step[pick].do.keys", "my_data.notices?", True),
        ("Save.", "Press {key:line.limts}.", "step[save].text", "line.limits?", True),
        ("Druk op {key:enter}", "Druk op {key:tab}", "step[pick].text.nl", "Name {key:enter}", True),
        ("when =", "secret = true\nwhen =", "step[pick].do.type", "$practice_password", True),
        ("Bewaar.", SLOW, "step[save].text.nl", "18 words", False),
        ("Bewaar.", "Bewaar je keuze.", "step[save].text.nl", "Write 'u'", False),
        ("Speichern.", "Speichere deine Wahl.", "step[save].text.de", "Write 'Sie'", False),
        ("Bewaar.", "Eenheidsprijsgegevensbestandje.", "step[save].text.nl", "hard to read", False),
        ('nl = "T"', 'nl = ""', "title.nl", "empty", True),
    ],
)  # fmt: skip
def test_each_mistake_is_found_with_its_place(
    loket: Loket, folder: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, key: str, part: str,
    grave: bool,
) -> None:  # fmt: skip
    whole = HEAD + PICK + SAVE
    assert old in whole
    monkeypatch.setenv("LOKET_CONTENT", str(folder))
    (folder / "tours" / "t.toml").write_text(whole, encoding="utf-8")
    assert loket("tour", "lint", "t", "--json").json == []
    (folder / "tours" / "t.toml").write_text(whole.replace(old, new, 1), encoding="utf-8")
    told = loket("tour", "lint", "t", "--json")
    assert told.code == (2 if grave else 0)
    found = {each["key"]: each for each in told.json}
    assert key in found, found
    assert part in f"{found[key]['problem']} {found[key]['cure']}"
    assert found[key]["grave"] is grave
    assert found[key]["file"] == "tours/t.toml"
    assert "tours/t.toml" in loket("tour", "lint", "t").out


def test_a_text_that_nobody_translated_and_a_second_introduction(folder: Path) -> None:
    same = PICK.replace("Druk op {key:enter}.", "Press {key:enter} to go on here.").replace(
        "Press {key:enter}.", "Press {key:enter} to go on here."
    )
    for id in ("a", "b"):
        text = HEAD.replace('"t"', f'"{id}"').replace("needs", "introduces = true\nneeds") + same + SAVE
        (folder / "tours" / f"{id}.toml").write_text(text, encoding="utf-8")
    said = [str(each.mistake) for each in findings(load_content(folder))]
    assert any("b.toml: introduces: a introduces the portal already" in line for line in said)
    assert any("a.toml: step[pick].text.nl: The text is the English one." in line for line in said)


def test_the_statistics_are_those_of_the_operation(filled: Loket) -> None:
    assert filled("tour", "stats", "--days", "7", "--json").json == []
    assert filled("tour", "stats").out == filled("tours", "worst").out


def test_verbs_for_authors_are_listed(loket: Loket) -> None:
    assert loket("tour", "--help").code == 0
    assert "loket tour lint" in loket("tour", "--help").out
    told = loket("tour", "lnt")
    assert told.code == 2
    assert "loket tour stats" in told.err
    assert "loket tour lint" in loket("--help").out
