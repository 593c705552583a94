from __future__ import annotations

from textual.widgets import Label

from app.widgets.dialog import Confirm
from app.widgets.form_field import FormField
from tests.widgets.gallery import Gallery, LimitForm


async def test_an_error_stands_under_the_field_when_it_is_left() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LimitForm)
        field = app.screen.query_one("#field-limit", FormField)
        await pilot.press("end", "x", "tab")
        await pilot.pause()
        assert "for instance €1,000.50" in field.error
        assert field.has_class("-wrong")
        await pilot.press("shift+tab", "end", "backspace", "tab")
        await pilot.pause()
        assert field.error == ""
        assert str(field.query_one(".form-hint", Label).content) == "In euro, for a month."


async def test_saving_reads_every_field() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        results: list[object] = []
        app.push_screen(LimitForm("Limit"), results.append)
        await pilot.pause()
        await pilot.press("tab", "right", "ctrl+s")
        await pilot.pause()
        assert results == [{"limit": 5_000, "bundle": "world"}]


async def test_a_wrong_field_keeps_the_form_open() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("x", "enter")
        await pilot.pause()
        assert isinstance(app.screen, LimitForm)
        assert app.screen.query_one("#field-limit", FormField).error


async def test_leaving_a_changed_form_asks() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        form = app.screen
        await pilot.press("0", "escape")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is form
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert form not in app.screen_stack


async def test_an_unchanged_form_leaves_at_once() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, LimitForm)
        assert not isinstance(app.screen, Confirm)


async def test_pasted_control_codes_are_left_out() -> None:
    from textual import events

    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        field = app.screen.query_one("#field-limit", FormField)
        field.value = ""
        field.input.post_message(events.Paste("1\x9b2\x0e\x7f3\nsecond line"))
        await pilot.pause()
        assert field.value == "123"


async def test_an_answer_that_comes_after_leaving_closes_nothing_else() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        results: list[object] = []
        left, other = LimitForm("Limit"), LimitForm("Another")
        app.push_screen(left, results.append)
        await pilot.pause()
        left.dismiss(None)
        app.push_screen(other)
        left.dismiss("too late")
        await pilot.pause()
        assert app.screen is other
        assert results == [None]


async def test_a_dialog_below_another_closes_when_that_has_gone() -> None:
    async with (app := Gallery()).run_test(size=(80, 24)) as pilot:
        results: list[object] = []
        below, above = LimitForm("Limit"), Confirm("Sure?", "Really.")
        home = app.screen
        app.push_screen(below, results.append)
        app.push_screen(above)
        await pilot.pause()
        below.dismiss("done")
        await pilot.pause()
        assert app.screen is above
        assert results == []
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is home
        assert results == ["done"]
