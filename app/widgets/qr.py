"""A QR code in half blocks: two squares in each cell, black on white in every theme.

Phones read dark squares on a light ground only, so its two colours are not the theme's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from segno import QRCode

QUIET: Final = 4
"""Light squares around the code, as ISO/IEC 18004 asks; two still serve the cameras of phones."""
FEWEST_QUIET: Final = 2
DARK, LIGHT = "#000000", "#ffffff"
HALF: Final = "▀"


class Qr(Widget):
    """Shows a text, or a code made before. Where `best_quiet` says that it does not fit, do not mount it."""

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = "Qr { width: auto; height: auto; }"

    def __init__(self, code: str | QRCode, quiet: int = QUIET, **options: Any) -> None:
        super().__init__(**options)
        self._squares = squares(code, quiet)

    def on_mount(self) -> None:
        # What floats over a corner of it would keep it from being read.
        self.app.clear_notifications()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(self._squares)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return (len(self._squares) + 1) // 2

    def render_line(self, y: int) -> Strip:
        side = len(self._squares)
        light = [False] * side
        upper = self._squares[2 * y] if 2 * y < side else light
        lower = self._squares[2 * y + 1] if 2 * y + 1 < side else light
        return Strip([cell(*pair) for pair in zip(upper, lower, strict=True)], side)


def squares(code: str | QRCode, quiet: int) -> list[list[bool]]:
    """The code, or that of a text, with light squares around it, row by row; True is dark."""
    import segno

    made = segno.make(code, error="l", micro=False, boost_error=False) if isinstance(code, str) else code
    return [[bool(square) for square in row] for row in made.matrix_iter(border=quiet)]


def best_quiet(code: str | QRCode, rows: int) -> int | None:
    """The widest quiet zone with which the code fits into `rows` lines of cells; None: it does not fit."""
    side = len(squares(code, 0))
    for quiet in range(QUIET, FEWEST_QUIET - 1, -1):
        if (side + 2 * quiet + 1) // 2 <= rows:
            return quiet
    return None


def cell(upper: bool, lower: bool) -> Segment:
    """One cell of the screen: two squares, one above the other."""
    if upper == lower:
        return Segment(" ", Style(bgcolor=DARK if upper else LIGHT))
    return Segment(HALF, Style(color=DARK if upper else LIGHT, bgcolor=DARK if lower else LIGHT))
