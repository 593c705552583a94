"""What is faded stays readable."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from app.tours.scrim import Scrim
from app.widgets.themes import PAIRS, contrast, tokens

BRANDS = ("#0f766e", "#d40000", "#ffd400", "#1a1a1a", "#fafafa", "#6d28d9")


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_faded_text_keeps_three_to_one(theme: str, brand: str) -> None:
    colours = tokens(theme, brand)
    scrim = Scrim(theme, colours["background"])
    for text, ground in PAIRS:
        faded = scrim.of(Style(color=colours[text], bgcolor=colours[ground]))
        assert faded.color is not None
        assert faded.bgcolor is not None
        now = contrast(Color.from_rich_color(faded.color).hex, Color.from_rich_color(faded.bgcolor).hex)
        assert now >= 3, (text, ground, now)
        assert now < contrast(colours[text], colours[ground])


def test_what_could_hardly_be_read_becomes_no_worse_than_it_must() -> None:
    scrim = Scrim("dark", "#14171c")
    faded = scrim.of(Style(color="#3a424f", bgcolor="#14171c"))
    assert faded.color is not None


@pytest.mark.parametrize(("theme", "mixes"), [("ansi", True), ("dark", False)])
def test_colours_of_the_terminal_are_dimmed_by_the_terminal(theme: str, mixes: bool) -> None:
    scrim = Scrim(theme, "ansi_default", mixes)
    faded = scrim.of(Style(color="cyan", bgcolor="default", bold=True))
    assert faded.dim
    assert not faded.bold  # bold and dim are one attribute on many terminals
    assert faded.color is not None
    assert faded.color.name == "cyan"


def test_a_line_keeps_its_text_and_becomes_fewer_pieces() -> None:
    scrim = Scrim("dark", "#14171c")
    plain = Style(color="#e6e9ee", bgcolor="#14171c")
    line = [Segment("a", plain), Segment("b", plain + Style(meta={"@click": "x"})), Segment("c", None)]
    faded = scrim.apply(line, scrim.base)
    assert "".join(segment.text for segment in faded) == "abc"
    assert len(faded) == 2
    assert all(segment.style is not None and not segment.style.meta for segment in faded)
