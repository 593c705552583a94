"""The balloon on live screens: what lies under it goes on working, and leaving puts everything back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from textual._compositor import Compositor
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input, Label, Select, Static

from app.tours import compositor
from app.tours.spotlight import Spotlight
from app.widgets.balloon import Balloon
from app.widgets.balloon_page import BalloonKey, BalloonText
from app.widgets.base_app import SafeApp
from app.widgets.rows import MemorySource
from tests.widgets.gallery import COLUMNS, ROWS, SHEETS, LineTable

SIZES = ((80, 24), (120, 40), (60, 20), (40, 12))
TIGHT = SIZES[2:]
TEXT = BalloonText(
    "Set a limit",
    (("Type the amount in euro, then press ", ""), ("Enter", "key"), (".", "")),
    "1/3",
    keys=(BalloonKey("F1", "Next", "tour.next"), BalloonKey("Esc", "Leave", "tour.leave")),
)


class Ground(Screen[None]):
    """A form that scrolls, a choice that opens over it, a list."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Label("Amount")
            yield Input(id="amount")
            yield Select([(name, name) for name in ("one", "two", "three")], id="choice", compact=True)
            yield Button("Save", id="save", compact=True)
            for number in range(40):
                yield Static(f"line {number}", markup=False)
            yield Input(id="last")

    def on_mount(self) -> None:
        self.query_one("#amount").focus()


class Over(ModalScreen[None]):
    """A dialog."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Input(id="inside")
            yield Button("Close", id="close", compact=True)


class World(SafeApp):
    """An application with a spotlight."""

    CSS_PATH = SHEETS
    CSS: ClassVar[str] = "Static { height: 1; }"

    def __init__(self, first: type[Screen[Any]] = Ground) -> None:
        super().__init__()
        self.first = first
        self.spotlight = Spotlight(self)
        self.actions: list[str] = []
        self.pressed: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self.first())

    def on_balloon_pressed(self, event: Balloon.Pressed) -> None:
        self.actions.append(event.action)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.pressed.append(event.button.id or "")

    def show(self, selector: str, text: BalloonText = TEXT, **more: Any) -> None:
        """At what fits now, and whenever it is asked again."""
        screen = self.screen
        found = lambda: next(iter(screen.query(selector).results()), None)  # noqa: E731
        self.spotlight.show(screen, found, more.pop("inside", None), text, **more)


def picture(app: World) -> list[list[Any]]:
    """Every cell on the screen with its style."""
    cells = []
    for strip in app.screen._compositor.render_strips(app.size):
        cells.append([(char, segment.style) for segment in strip for char in segment.text])
    return cells


def lit(app: World, region: Region) -> bool:
    """Whether the cells of a region are painted as they would be without a balloon."""
    return any(each.contains_region(region) for each in app.spotlight.lit)


async def settled(pilot: Pilot[Any]) -> None:
    for _turn in range(3):
        await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.capability("HB-03")
async def test_typing_goes_on_under_the_light(size: tuple[int, int]) -> None:
    app = World()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.show("#amount")
        await settled(pilot)
        spot, field = app.spotlight, app.screen.query_one("#amount", Input)
        assert spot.mode == "spotlight"
        assert spot.shown
        assert not spot.covers(field.region)
        assert lit(app, field.region)
        side, at = spot.place and spot.place.side, spot.box
        await pilot.press(*"12x")
        spot.update(replace(TEXT, coach="That is no amount."))
        await settled(pilot)
        assert field.value == "12x"
        assert app.focused is field
        assert spot.place is not None
        assert spot.place.side == side
        assert spot.box is not None
        assert at is not None
        assert not spot.covers(field.region)


async def test_the_rest_is_faded_and_the_control_is_not() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        plain = picture(app)
        app.show("#amount")
        await settled(pilot)
        now, spot = picture(app), app.spotlight
        field = app.screen.query_one("#amount", Input).region
        below = next(y for y in range(23, 0, -1) if not any(each.contains(1, y) for each in spot.lit))
        assert now[field.y][field.x : field.right] == plain[field.y][field.x : field.right]
        assert [char for char, _style in now[below]] == [char for char, _style in plain[below]]
        assert now[below][2][1] != plain[below][2][1]


async def test_leaving_puts_the_screen_back_as_it_was() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen, plain = app.screen, picture(app)
        app.show("#amount")
        await settled(pilot)
        assert picture(app) != plain
        app.spotlight.hide()
        await settled(pilot)
        assert type(screen._compositor) is Compositor
        assert not hasattr(screen._compositor, "light")
        assert picture(app) == plain
        assert app.spotlight.box is None
        assert not app.spotlight.shown


async def test_keys_at_the_foot_are_clicked_without_losing_the_cursor() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#amount")
        await settled(pilot)
        box, field = app.spotlight.box, app.focused
        assert box is not None
        await pilot.click(offset=(box.x + 3, box.bottom - 1))
        await pilot.click(offset=(box.x + 3, box.y + 1))
        assert app.actions == ["tour.next"]
        assert app.focused is field


async def test_controls_beside_the_light_can_be_used() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#amount")
        await settled(pilot)
        assert not app.spotlight.covers(app.screen.query_one("#save").region)
        assert await pilot.click("#save")
        assert app.pressed == ["save"]


async def test_a_list_that_opens_stays_lit_and_free() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#choice")
        app.screen.query_one("#choice").focus()
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        overlay = app.screen.query_one("SelectOverlay")
        assert overlay.region.area
        assert not app.spotlight.covers(overlay.region)
        assert lit(app, overlay.region)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.screen.query_one("#choice", Select).value == "one"


async def test_a_note_at_the_corner_stays_lit_and_free() -> None:
    app = World()
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await settled(pilot)
        app.show("#amount", side="below")
        app.notify("A note of some length that stands at the corner")
        await settled(pilot)
        notes = list(app.screen.query("Toast"))
        assert notes
        for note in notes:
            assert lit(app, note.region)
            assert not app.spotlight.covers(note.region)


async def test_the_light_follows_scrolling_and_another_size() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#last")
        app.screen.query_one("#last").focus()
        await settled(pilot)
        for size in ((120, 40), (60, 20), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            field = app.screen.query_one("#last").region.intersection(app.screen.region)
            box = app.spotlight.box
            assert box is not None
            assert app.screen.region.contains_region(box)
            assert not field.area or (lit(app, field) and not app.spotlight.covers(field))
        scroll = app.screen.query_one(VerticalScroll)
        scroll.scroll_relative(y=-3, animate=False)
        await settled(pilot)
        field = app.screen.query_one("#last").region.intersection(scroll.region)
        assert not app.spotlight.covers(field)
        scroll.scroll_home(animate=False)
        await settled(pilot)
        assert app.spotlight.target_region is None  # out of sight: nothing to point at
        assert app.spotlight.shown


async def test_a_control_that_comes_late_or_is_made_anew_is_found() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#late")
        await settled(pilot)
        drawn = app.spotlight.balloon.drawn
        assert drawn is not None
        assert drawn.text.coach == "One moment, please."
        await app.screen.query_one(VerticalScroll).mount(Input(id="late"), before=0)
        await settled(pilot)
        assert app.spotlight.target_region is not None
        old = app.spotlight.target
        await app.screen.query_one("#late").remove()
        await app.screen.query_one(VerticalScroll).mount(Input(id="late"), before=0)
        await settled(pilot)
        assert app.spotlight.target is not old
        assert app.spotlight.target_region is not None
        app.spotlight.target.loading = True  # type: ignore[union-attr]
        await settled(pilot)
        assert app.spotlight.target_region is None
        app.spotlight.target.loading = False  # type: ignore[union-attr]
        await settled(pilot)
        assert app.spotlight.target_region is not None


async def test_a_dialog_puts_the_light_aside_and_may_have_one_of_its_own() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        ground = app.screen
        app.show("#amount")
        await settled(pilot)
        await app.push_screen(Over())
        await settled(pilot)
        assert not compositor.installed(ground)
        assert not app.spotlight.shown
        await app.pop_screen()
        await settled(pilot)
        assert compositor.installed(ground)
        assert app.spotlight.shown
        await app.push_screen(Over())
        await settled(pilot)
        app.show("#inside")
        await settled(pilot)
        assert app.spotlight.shown
        assert not app.spotlight.covers(app.screen.query_one("#inside").region)
        await pilot.press(*"abc")
        assert app.screen.query_one("#inside", Input).value == "abc"
        await app.pop_screen()
        await settled(pilot)
        assert app.spotlight.screen is None
        assert type(app.screen._compositor) is Compositor


class Listing(Screen[None]):
    """Nothing but a list."""

    def compose(self) -> ComposeResult:
        yield LineTable(COLUMNS, MemorySource(ROWS, [row[0] for row in ROWS]))

    def on_mount(self) -> None:
        self.query_one(LineTable).focus()


async def test_the_cursor_of_a_list_is_never_under_the_balloon() -> None:
    app = World(Listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("LineTable")
        await settled(pilot)
        table = app.screen.query_one(LineTable)
        for _turn in range(30):
            await pilot.press("down")
            row = table.content_region.y + 1 + table.cursor - table.scroll_offset.y
            assert not app.spotlight.covers(Region(0, row, 80, 1)), table.cursor


async def test_a_row_is_lit_alone_and_in_the_same_frame_as_it_moves() -> None:
    app = World(Listing)
    row = 3
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("LineTable", inside=lambda: Region(0, row, 80, 1))
        await settled(pilot)
        assert app.spotlight.target_region == Region(0, 3, 80, 1)
        row = 6
        painted: list[Region | None] = []
        app.screen._compositor.render_update(screen_stack=[])
        painted.append(app.spotlight.target_region)
        assert painted == [Region(0, 6, 80, 1)]


@pytest.mark.parametrize("size", TIGHT)
async def test_no_control_is_covered_by_its_own_balloon(size: tuple[int, int]) -> None:
    app = World()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for side in ("", "above", "below", "left", "right"):
            for widget in app.screen.focus_chain:
                widget.scroll_visible(animate=False)
                await settled(pilot)
                app.spotlight.show(app.screen, widget, None, TEXT, side)
                await settled(pilot)
                shown = widget.region.intersection(app.screen.region)
                assert app.spotlight.shown
                assert not app.spotlight.covers(shown), (widget, side)


async def test_without_the_insides_of_textual_a_plain_balloon_is_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(compositor.CALLS, "_arrange_root", ["self", "something_new"])
    app = World()
    with caplog.at_level(logging.WARNING, "loket.tours"):
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            plain = picture(app)
            app.show("#amount")
            await settled(pilot)
            spot = app.spotlight
            assert spot.mode == "fallback"
            assert type(app.screen._compositor) is Compositor
            assert spot.shown
            assert spot.balloon.region == spot.box
            assert not spot.covers(app.screen.query_one("#amount").region)
            await pilot.press("1")
            assert app.screen.query_one("#amount", Input).value == "1"
            box = spot.box
            assert box is not None
            await pilot.click(offset=(box.x + 3, box.bottom - 1))
            assert app.actions == ["tour.next"]
            app.screen.query_one("#amount", Input).value = ""
            spot.hide()
            await settled(pilot)
            assert [[char for char, _ in line] for line in picture(app)] == [
                [char for char, _ in line] for line in plain
            ]
    assert "_arrange_root" in caplog.text


async def test_a_failure_while_painting_ends_in_the_plain_balloon(monkeypatch: pytest.MonkeyPatch) -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        def broken(*_args: Any) -> Iterable[Any]:
            raise AttributeError("gone")

        monkeypatch.setattr(compositor.SpotlightCompositor, "_settle", broken)
        app.show("#amount")
        await settled(pilot)
        assert app.spotlight.mode == "fallback"
        assert app.spotlight.shown
        assert app.screen.query(Balloon).first().display


async def test_start_up_knows_nothing_of_balloons() -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert not app.screen.query(Balloon)
        assert type(app.screen._compositor) is Compositor


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "ansi"])
async def test_another_theme_fades_anew(theme: str) -> None:
    app = World()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#amount")
        await settled(pilot)
        app.theme = theme
        await settled(pilot)
        scrim = app.spotlight.scrim()
        assert scrim is not None
        assert scrim.theme == theme
        assert scrim.mixes is (theme != "ansi")


async def test_a_stem_leads_to_a_control_that_is_some_way_off() -> None:
    app = World(Form)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show("#first", side="below")
        await settled(pilot)
        spot = app.spotlight
        target, box = spot.target_region, spot.box
        stem = app.spotlight.balloon.stem.region
        assert target is not None
        assert box is not None
        assert box.y > target.bottom
        assert (stem.y, stem.bottom) == (target.bottom, box.y)
        assert target.x <= stem.x < target.right
        shown = picture(app)
        assert shown[stem.y][stem.x][0] == "▲"
        assert shown[stem.bottom - 1][stem.x][0] == "│"
        assert shown[box.y][stem.x][0] == "┴"
        spot.hide()
        await settled(pilot)
        assert "▲" not in [cell[0] for line in picture(app) for cell in line]


async def test_a_stem_runs_through_no_text() -> None:
    app = World(Form)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.mount(Static("Words as wide as the screen " * 3, id="words"), after="#first")
        await settled(pilot)
        app.show("#first", side="below")
        await settled(pilot)
        spot, words = app.spotlight, app.screen.query_one("#words").region
        assert spot.box is not None
        assert not spot.balloon.stem.region.overlaps(words)
        shown = picture(app)
        tip = next(cell[0] for cell in shown[spot.box.y] if cell[0] in "▲┴")
        assert tip == ("┴" if spot.balloon.stem.region.area else "▲")


class Form(Screen[None]):
    """A field, and below it buttons that leave some room at the left."""

    CSS = "#first { width: 20; } #row { height: 2; } #row Button { margin-left: 22; }"

    def compose(self) -> ComposeResult:
        yield Input(id="first")
        with Vertical(id="row"):
            yield Button("Search", id="beside", compact=True)
            yield Button("Clear", id="below", compact=True)
