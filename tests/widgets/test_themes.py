from __future__ import annotations

import re

import pytest
from textual.css.stylesheet import Stylesheet

from app.widgets.themes import BRAND, PAIRS, contrast, themes, tokens
from tests.widgets.gallery import SHEETS

BRANDS = [BRAND, "#ffffff", "#000000", "#ff6600", "#1e3a8a", "#c8ff00", "#808080"]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("name, least", [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
def test_every_pair_of_colours_is_readable(name: str, least: float, brand: str) -> None:
    colours = tokens(name, brand)
    for text, background in PAIRS:
        ratio = contrast(colours[text], colours[background])
        assert ratio >= least, f"{name}: {text} on {background} is {ratio:.2f}"


def test_known_ratios() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_sixteen_colours_are_left_to_the_terminal() -> None:
    assert all(colour.startswith("ansi_") for colour in tokens("ansi").values())


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_the_sheet_is_good_with_every_theme(theme) -> None:
    sheet = Stylesheet(variables={**theme.to_color_system().generate(), **theme.variables})
    sheet.read_all(SHEETS)
    sheet.parse()


def test_the_sheet_names_no_colour_and_nothing_blinks() -> None:
    rules = re.sub(r"/\*.*?\*/", "", "".join(sheet.read_text() for sheet in SHEETS), flags=re.DOTALL)
    assert not re.search(r":\s*[^;{]*(#[0-9a-fA-F]{3,8}\b|rgb\()", rules.replace("#", " #")) or not re.search(
        r"(color|background|border)[a-z-]*:[^;]*#", rules
    )
    assert "blink" not in rules
