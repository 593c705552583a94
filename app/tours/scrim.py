"""Fades what a tour does not speak of, so that the eye goes to what it does; all of it stays readable.

Works on what is about to be painted, cell by cell, whatever drew it. Colours of the terminal itself
are unknown and cannot be mixed: there the terminal dims the text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from app.widgets.balloon_tones import has_few_colours
from app.widgets.themes import contrast

FADE: Final = {"light": 0.45}
FADE_ELSEWHERE: Final = 0.55
LEAST: Final = {"contrast": 4.6}
LEAST_ELSEWHERE: Final = 3.05
"""Contrast that faded text keeps, if it had that much; a little over what is asked, for colours are whole."""
BASES: Final = {"light": "#b4bac2"}
BASE_ELSEWHERE: Final = "#000000"
_STEPS: Final = 12


class Scrim(LineFilter):
    """A filter for everything outside the light, for one theme.

    theme: the theme's name; background: its background, for cells that name none; mixes: whether this
    terminal shows more than its own sixteen colours.
    """

    def __init__(self, theme: str, background: str, mixes: bool = True) -> None:
        super().__init__()
        self.theme = theme
        self.mixes = mixes and theme != "ansi"
        self.background = Color.parse(background) if self.mixes else Color(0, 0, 0)
        self.base = Color.parse(BASES.get(theme, BASE_ELSEWHERE))
        self.fade = FADE.get(theme, FADE_ELSEWHERE)
        self.least = LEAST.get(theme, LEAST_ELSEWHERE)
        self.faded = lru_cache(maxsize=1024)(self._faded)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Fade a line, with what looks the same in one piece: fewer bytes to the terminal."""
        out: list[Segment] = []
        text, last = "", None
        for part, style, control in segments:
            if control:
                continue
            now = self.of(style)
            if now is not last and now != last:
                if text:
                    out.append(Segment(text, last))
                text, last = "", now
            text += part
        if text:
            out.append(Segment(text, last))
        return out

    def of(self, style: Style | None) -> Style:
        """The faded style; what a cell does when it is clicked stands elsewhere and is left off."""
        if style is None:
            style = Style.null()
        marks = (style.bold, style.italic, style.underline, style.reverse, style.strike, style.dim)
        return self.faded(style.color, style.bgcolor, marks)

    def _faded(
        self, text: RichColor | None, ground: RichColor | None, marks: tuple[bool | None, ...]
    ) -> Style:
        bold, italic, underline, reverse, strike, dim = marks
        unknown = any(each is not None and each.triplet is None for each in (text, ground))
        if not self.mixes or unknown:
            return Style(
                color=text, bgcolor=ground, dim=True, italic=italic,
                underline=underline, reverse=reverse, strike=strike,
            )  # fmt: skip
        here = self.background if ground is None else Color.from_rich_color(ground)
        below = here.blend(self.base, self.fade)
        above = None if text is None else self._readable(Color.from_rich_color(text), here, below)
        return Style(
            color=above and above.rich_color, bgcolor=below.rich_color, bold=bold, italic=italic,
            underline=underline, reverse=reverse, strike=strike, dim=dim,
        )  # fmt: skip

    def _readable(self, text: Color, ground: Color, below: Color) -> Color:
        """Fade text on its faded ground as far as it can still be read; rules and the like fade with it."""
        wanted = min(self.least, contrast(text.hex, ground.hex))
        found = text
        for step in range(_STEPS, -1, -1):
            found = text.blend(below, self.fade * step / _STEPS)
            if contrast(found.hex, below.hex) >= wanted:
                break
        return found


def scrim_for(app: App[Any]) -> Scrim:
    """The filter for the theme of the moment on this terminal; a picture always has all colours."""
    background = app.current_theme.background or "#000000"
    return Scrim(app.theme, background, not (has_few_colours(app) or app.no_color))
