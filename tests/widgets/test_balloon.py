"""What a help balloon says, and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as width

from app.widgets.balloon_page import BalloonKey, BalloonText, height, lay_out, natural_width
from app.widgets.balloon_tones import TONES, balloon_colours
from app.widgets.themes import contrast, tokens

KEYS = (
    BalloonKey("F1", "Weiter", "tour.next"),
    BalloonKey("⇧F1", "Zurück", "tour.back"),
    BalloonKey("F2", "Vormachen", "tour.show_me"),
    BalloonKey("Esc", "Verlassen", "tour.leave"),
)
TEXT = BalloonText(
    "Set a limit",
    (("Type the amount in euro, then press ", ""), ("Enter", "key"), (".", "")),
    "3/7",
    coach="That is no amount.",
    hints=("The limit holds from the first of next month.",),
    keys=KEYS,
)
BRANDS = ("#0f766e", "#d40000", "#ffd400", "#1a1a1a", "#fafafa", "#6d28d9")


def plain(text: BalloonText, cells: int, most: int | None = None) -> str:
    page = lay_out(text, cells, most)
    return "\n".join("".join(part for part, _tone in line) for line in page.lines)


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_every_tone_has_seven_to_one(theme: str, brand: str) -> None:
    colours = balloon_colours(theme, tokens(theme, brand))
    assert set(colours) == set(TONES)
    for tone, (text, ground) in colours.items():
        assert contrast(text, ground) >= 7, tone


@given(st.integers(20, 120), st.text(max_size=200), st.text(max_size=40))
def test_no_line_is_wider_than_the_balloon(cells: int, said: str, title: str) -> None:
    page = lay_out(BalloonText(title, said, "12/12", coach=said, keys=KEYS), cells)
    for line in page.lines:
        assert sum(width(part) for part, _tone in line) <= cells - 4
    assert sum(width(part) for part, _tone in page.foot) <= cells - 6
    assert width(page.title) + width(page.place) + 8 <= max(cells, width(page.place) + 9)


@given(st.integers(24, 60), st.integers(3, 12))
def test_with_less_room_the_coach_and_the_way_out_stay(cells: int, most: int) -> None:
    page = lay_out(TEXT, cells, most)
    assert len(page.lines) + 2 <= max(most, 3)
    assert page.whole == (height(TEXT, cells) <= most)
    if most >= 8:
        assert "That is no amount." in plain(TEXT, cells, most).replace("\n", " ")


def test_nothing_in_a_text_acts_on_the_terminal_or_is_read_as_markup() -> None:
    text = BalloonText("[red]a[/red]\x1b[2J", "[b]x[/b] \x1b]0;title\x07 \u202e", keys=())
    page = lay_out(text, 60)
    shown = page.title + plain(text, 60)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[b]x[/b]" in shown
    assert "[red]a[/red]" in shown


def test_every_key_can_be_clicked_where_it_is_drawn() -> None:
    for cells in (24, 30, 46, 80):
        page = lay_out(TEXT, cells)
        lines = [*page.lines, page.foot]
        assert {spot.action for spot in page.spots} == {each.action for each in KEYS}
        for spot in page.spots:
            said = "".join(part for part, _tone in lines[spot.line])[spot.start : spot.end].strip()
            assert any(said in (each.key, each.title) for each in KEYS if each.action == spot.action)


def test_a_short_text_makes_a_small_balloon() -> None:
    assert natural_width(BalloonText("Done", "Well done.")) == 24
    assert natural_width(TEXT) == 46
