"""What is typed into a field for secrets cannot be got out of it again."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from app.widgets.form_field import FormField
from app.widgets.secret_input import SecretInput
from app.widgets.text_input import TextInput

WORD = "Herfststorm"


class Fields(App[None]):
    """One field for a name, one for a secret."""

    def compose(self) -> ComposeResult:
        yield TextInput(WORD, id="name")
        yield SecretInput(WORD, id="secret")


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x", "ctrl+insert", "shift+delete", "super+c"])
async def test_a_secret_never_reaches_the_clipboard(key: str) -> None:
    async with Fields().run_test() as pilot:
        secret = pilot.app.query_one("#secret", Input)
        secret.focus()
        for mark in (["home", "shift+end"], ["end", *["shift+left"] * 4], ["ctrl+a"]):
            await pilot.press(*mark)
            await pilot.press(key)
            await pilot.pause()
            assert pilot.app.clipboard == ""
        assert secret.selected_text == ""


async def test_it_shows_dots_even_where_the_mouse_marks_them() -> None:
    async with Fields().run_test() as pilot:
        secret = pilot.app.query_one("#secret", Input)
        await pilot.mouse_down("#secret", offset=(1, 0))
        await pilot.hover("#secret", offset=(9, 0))
        await pilot.mouse_up("#secret", offset=(9, 0))
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == ""
        assert WORD[:3] not in "".join(segment.text for segment in secret.render_line(0))
        assert pilot.app.screen.get_selected_text() in (None, "")


async def test_a_name_can_still_be_copied() -> None:
    async with Fields().run_test() as pilot:
        pilot.app.query_one("#name", Input).focus()
        await pilot.press("home", "shift+end", "ctrl+c")
        assert pilot.app.clipboard == WORD


async def test_what_is_marked_in_a_secret_can_be_typed_over() -> None:
    async with Fields().run_test() as pilot:
        secret = pilot.app.query_one("#secret", Input)
        secret.focus()
        await pilot.press("home", "shift+end", "ctrl+x")
        assert secret.value == ""
        await pilot.press(*"abc", "home", "shift+end", "z")
        assert secret.value == "z"


def test_secret_fields_of_forms_are_such_fields() -> None:
    assert isinstance(FormField("password", "Password", secret=True).input, SecretInput)
    assert not isinstance(FormField("name", "Name").input, SecretInput)
