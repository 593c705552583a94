"""Named tones of what is painted by hand: a style for a whole theme, not for each widget.

As component classes of Textual each of them would be matched against the stylesheet for each widget anew, at
every change of focus: five milliseconds for a box of a few lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.style import Style
from textual.app import App
from textual.color import Color

TONES: Final = {
    "muted": ("text-quiet", "", False),
    "accent": ("text-accent", "", False),
    "success": ("text-success", "", False),
    "warning": ("text-warning", "", False),
    "error": ("text-error", "", False),
    "strong": ("", "", True),
    "brand": ("brand-text", "brand", True),
    "active": ("cursor-text", "cursor", True),
    "header": ("text-quiet", "", True),
    "cursor": ("cursor-text", "cursor", True),
    "cursor-blurred": ("foreground", "panel", False),
}
"""Tone: the theme's colour of the text, that behind it ("" as around it), bold."""


def tone_style(app: App[int], tone: str) -> Style:
    """What a tone adds to the style around it, in the theme that is shown now."""
    colours = app.current_theme.variables
    text, behind, bold = TONES[tone]
    return _style(colours.get(text, ""), colours.get(behind, ""), bold)


@lru_cache(256)
def _style(text: str, behind: str, bold: bool) -> Style:
    front = Color.parse(text).rich_color if text else None
    back = Color.parse(behind).rich_color if behind else None
    return Style(color=front, bgcolor=back, bold=bold or None)
