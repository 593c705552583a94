"""A screen that comes is painted once, when it is whole; a terminal that keeps its size costs no layout."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Label

from app.widgets import paint_once
from app.widgets.base_app import SafeApp


class Question(ModalScreen[None]):
    """Something small over the rest."""

    def compose(self) -> ComposeResult:
        yield Label("Really?")


class Page(SafeApp):
    """A word."""

    def compose(self) -> ComposeResult:
        yield Label("Hello", expand=True)


@pytest.fixture
def paints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the screens that were painted or laid out."""
    found: list[str] = []
    for name, told in (("render_update", "paint"), ("reflow", "layout")):
        original = getattr(Compositor, name)

        def noted(
            compositor: Any, *args: Any, told: str = told, original: Any = original, **options: Any
        ) -> Any:
            found.append(f"{told} {type(args[0] if args else compositor.root).__name__}")
            return original(compositor, *args, **options)

        monkeypatch.setattr(Compositor, name, noted)
    return found


async def test_a_dialog_is_painted_once_when_it_is_whole(paints: list[str]) -> None:
    app = Page()
    async with app.run_test() as pilot:
        await pilot.pause()
        paints.clear()
        app.push_screen(Question())
        await pilot.pause()
        assert paints.count("paint Question") == 1
        assert paints[-1] == "paint Question"


async def test_nothing_is_painted_before_all_that_belongs_together_is_done(paints: list[str]) -> None:
    app = Page()
    async with app.run_test() as pilot:
        await pilot.pause()
        paints.clear()
        with app.batch_update():
            await app.push_screen(Question())
            app.screen.query_one(Label).update("Really, really?")
            app.screen._refresh_layout()
            await pilot.pause()
            assert not [each for each in paints if each.startswith("paint")]
        app.screen.refresh()
        await pilot.pause()
        assert paints.count("paint Question") == 1


async def test_the_same_size_again_costs_no_layout(paints: list[str]) -> None:
    app = Page()
    async with app.run_test() as pilot:
        await pilot.pause()
        paints.clear()
        app.screen._screen_resized(app.size)
        await pilot.pause()
        assert paints == ["paint Screen"]
        paints.clear()
        await pilot.resize_terminal(60, 20)
        await pilot.pause(0.05)  # Textual waits a little: windows are dragged
        assert (paints[0], paints[-1]) == ("layout Screen", "paint Screen")
        assert app.screen.query_one(Label).size.width == 60


def test_what_is_replaced_has_the_shape_that_is_expected() -> None:
    for original, names in (
        (paint_once._paint, ["self"]),
        (paint_once._resized, ["self", "size"]),
        (paint_once._resume, ["self", "event"]),
    ):
        assert list(inspect.signature(original).parameters) == names
    assert Screen._compositor_refresh is paint_once._paint_unless_all_follows
