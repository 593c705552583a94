from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import REGISTRY, Command, key_names, offers, reference, register
from app.keymap import KeymapError, load_keymap
from app.widgets.jump import JumpOverlay
from app.widgets.key_bar import KeyBar
from app.widgets.key_reference import KeyReference
from app.widgets.line_table import LineTable
from tests.widgets.gallery import Gallery, LimitForm


@pytest.mark.capability("BX-04")
async def test_the_registry_feeds_footer_and_key_reference() -> None:
    async with (app := Gallery()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        offered = {offer.command.id for offer in offers(app)}
        assert {"test.limit", "test.lift", "list.open", "portal.palette"} <= offered
        bar = "".join(text for text, _tone in app.screen.query_one(KeyBar).lines(120)[0])
        assert "l Limit" in bar
        assert "b (Lift block)" in bar
        assert bar.endswith("? Need help ")
        listed = {entry[1] for _group, entries in reference() for entry in entries}
        assert {REGISTRY[id].title for id in offered} <= listed
        await pilot.press("f1")
        assert isinstance(app.screen, KeyReference)
        await pilot.press("escape")
        assert not isinstance(app.screen, KeyReference)


async def test_a_command_that_is_not_possible_says_why() -> None:
    async with (app := Gallery()).run_test(size=(120, 40)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert [note.message for note in app._notifications] == ["This line is not blocked."]


async def test_a_click_on_the_key_bar_gives_the_command() -> None:
    async with (app := Gallery()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.click(KeyBar, offset=(3, 0))
        await pilot.pause()
        assert isinstance(app.screen, LimitForm)


@pytest.mark.capability("BX-05")
async def test_keys_of_ones_own_work_and_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"list.export" = "x"\n"test.limit" = "f6"\n')
    async with (app := Gallery(keymap_file=file)).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        bar = "".join(text for text, _tone in app.screen.query_one(KeyBar).lines(120)[0])
        assert "x Export" in bar
        assert "F6 Limit" in bar
        await pilot.press("e", "x")
        await pilot.pause()
        assert app.seen == ["export"]


@pytest.mark.capability("BX-05")
async def test_jump_labels_lead_to_every_part() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.set_focus(None)
        await pilot.press("ctrl+j")
        overlay = app.screen
        assert isinstance(overlay, JumpOverlay)
        letter = next(key for key, widget in overlay.targets.items() if isinstance(widget, LineTable))
        await pilot.press(letter)
        await pilot.pause()
        assert isinstance(app.focused, LineTable)
        await pilot.press("ctrl+j", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, JumpOverlay)


async def test_themes_turn_by_key() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        seen = []
        for _turn in range(4):
            await pilot.press("f2")
            seen.append(app.theme)
        assert seen == ["light", "contrast", "ansi", "dark"]


@pytest.mark.parametrize(
    "content, problem",
    [
        ('[keys]\n"list.exprt" = "x"', "did you mean “list.export”"),
        ('[keys]\n"zzz" = "x"', "no such command"),
        ('[keys]\n"list.export" = "Ctrl-X"', "write keys like"),
        ('[keys]\n"list.export" = 5', "write keys like"),
        ('[keys]\n"list.export" = "slash"', "already the key of “list.filter”"),
        ('[keys]\n"list.export" = "f1"', "already the key of “portal.keys”"),
        ('"list.export" = "x"', "one heading"),
        ("[keys", "cannot be read"),
    ],
)
def test_a_wrong_file_of_keys_names_the_cure(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(content)
    with pytest.raises(KeymapError, match=problem) as error:
        load_keymap(file)
    assert str(file) in str(error.value)


async def test_a_wrong_file_of_keys_does_not_stop_the_portal(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text("[keys")
    async with (app := Gallery(keymap_file=file)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.keymap_problem
        assert any("keys.toml" in note.message for note in app._notifications)


def test_an_id_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        register(Command("list.open", "x", "", "", ""))


def test_keys_are_written_as_people_write_them() -> None:
    assert key_names("ctrl+k,colon") == "^k :"
    assert key_names("f1,question_mark,pagedown") == "F1 ? PgDn"
