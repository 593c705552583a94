"""The colours of a help balloon in every theme: text at least 7:1 against its ground (WCAG 2.2 AAA).

They are computed here and not written in the stylesheet, because an operator's brand colour and a
person's theme both change what is readable on what.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from rich.style import Style
from textual.app import App

from app.widgets.themes import readable

LEAST: Final = 7.05
"""A little more than what is asked, for colours are rounded to whole numbers."""
TONES: Final = ("", "title", "key", "quiet", "coach", "frame", "tip")
_GROUNDS: Final = {"light": "#ffffff", "contrast": "#000000"}
_DARK_GROUND: Final = "#262d3a"


def has_few_colours(app: App[Any]) -> bool:
    """Whether the terminal shows only its own sixteen; a picture always has all."""
    return not app.is_headless and app.console.color_system in ("standard", "windows")


def balloon_colours(theme: str, named: Mapping[str, str], few: bool = False) -> dict[str, tuple[str, str]]:
    """Tone to (text, ground) for a theme whose colours are `named`; empty for the terminal's own colours.

    Args:
        few: the terminal takes the nearest of sixteen colours: no grey ground, nothing can be read on it.
    """
    if theme == "ansi":
        return {}
    ground = _GROUNDS.get(theme, "#000000" if few else _DARK_GROUND)
    sources = {
        "": named["foreground"],
        "title": named["text-accent"],
        "key": named["text-accent"],
        "quiet": named["text-quiet"],
        "coach": named["text-warning"],
        "frame": named["text-accent"],
        "tip": named["text-accent"],
    }
    return {tone: (readable(colour, ground, LEAST), ground) for tone, colour in sources.items()}


@lru_cache(maxsize=16)
def balloon_styles(theme: str, named: tuple[tuple[str, str], ...], few: bool = False) -> dict[str, Style]:
    """Tone to the style it is drawn in.

    The terminal's own sixteen colours are unknown: there text keeps its colour, and bold tells tones apart.
    """
    colours = balloon_colours(theme, dict(named), few)
    bold = {"title", "key", "coach", "tip"}
    if not colours:
        return {tone: Style(color="default", bgcolor="default", bold=tone in bold) for tone in TONES}
    return {
        tone: Style(color=text, bgcolor=ground, bold=tone in bold) for tone, (text, ground) in colours.items()
    }
