"""A screen over others closes itself once, whatever is heard afterwards."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen

from app.widgets.modal import Modal


class Small(Modal[None]):
    """Something over the screen."""


class Stack(App[None]):
    """Two of them, one over the other."""


async def test_a_second_click_closes_nothing_more() -> None:
    app = Stack()
    async with app.run_test() as pilot:
        below, above = Small(), Small()
        await app.push_screen(below)
        await app.push_screen(above)
        above.dismiss()
        above.dismiss()
        await pilot.pause()
        assert app.screen is below
        below.dismiss()
        below.dismiss()
        above.dismiss()
        await pilot.pause()
        assert type(app.screen) is Screen
