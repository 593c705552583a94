from __future__ import annotations

from pathlib import Path

import pytest

from app import i18n
from app.commands import commands, key_names
from app.keymap import KeymapError, load_keymap
from app.screens.foot import Foot
from app.screens.key_reference import key_lines
from app.widgets.jump import JumpOverlay
from app.widgets.line_table import LineTable
from tests.marked_words import Marked
from tests.widgets.gallery import Gallery, LimitForm


def foot(app: Gallery) -> str:
    return app.screen.query_one(Foot).render().plain


@pytest.mark.capability("BX-04")
def test_every_command_has_a_key_a_title_and_an_action() -> None:
    found = commands()
    assert {"area.dashboard", "portal.find", "portal.help", "list.open", "list.export"} <= set(found)
    for command in found.values():
        assert command.keys, command.id
        assert command.title, command.id
        name = command.action.partition("(")[0].rpartition(".")[2]
        assert hasattr(command.owner, f"action_{name}"), command.id


@pytest.mark.capability("BX-04")
async def test_bindings_feed_the_foot_and_the_key_reference() -> None:
    async with (app := Gallery()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "l Limit" in foot(app)
        assert foot(app).endswith("? Need help")
        listed = "\n".join(line.plain for line in key_lines(app.screen))
        for title in ("Limit", "Open", "Filter", "Export", "Mark", "Half a page down"):
            assert title in listed


async def test_a_click_on_the_foot_gives_the_command() -> None:
    async with (app := Gallery()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.click(Foot, offset=(foot(app).index("Limit") + 1, 0))
        await pilot.pause()
        assert isinstance(app.screen, LimitForm)


@pytest.mark.capability("BX-05")
async def test_keys_of_ones_own_work_and_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"list.export" = "x"\n')
    async with (app := Gallery(keymap_file=file)).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        bar = foot(app)
        assert "x Export" in bar
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


@pytest.mark.parametrize(
    "content, problem",
    [
        ('[keys]\n"list.exprt" = "x"', "did you mean “list.export”"),
        ('[keys]\n"zzz" = "x"', "no such command"),
        ('[keys]\n"list.export" = "Ctrl-X"', "write keys like"),
        ('[keys]\n"list.export" = 5', "write keys like"),
        ('[keys]\n"list.export" = "slash"', "already the key of “list.filter”"),
        ('[keys]\n"list.export" = "f1"', "already the key of “portal.help”"),
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
        assert "keys.toml" in app.keymap_problem


def test_keys_are_written_as_people_write_them() -> None:
    assert key_names("ctrl+k,colon") == "^K :"
    assert key_names("f1,question_mark,pagedown") == "F1 ? PgDn"


def test_labels_of_keys_are_those_of_the_reader_s_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(i18n._catalogues, "de", Marked("de"))
    with i18n.use_language("de"):
        assert key_names("space,end,ctrl+home") == "de|space de|End key ^de|Home key"
        assert key_names("ctrl+k,f1,enter,g") == "^K F1 ↵ g"
