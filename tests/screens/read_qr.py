"""A QR code read from the cells of a screen, as a camera would see them."""

from __future__ import annotations

from typing import Any

import numpy as np
import zxingcpp
from rich.color import Color
from textual.app import App

PIXELS = 4
"""Of a square's side."""
HALF = "▀"


def read_qr(app: App[Any]) -> str:
    """What the QR code on the screen says; empty when none can be read."""
    found = zxingcpp.read_barcodes(picture(app))
    return str(found[0].text) if found else ""


def picture(app: App[Any]) -> Any:
    """The screen as shades of grey; each cell is two squares, one above the other."""
    width, height = app.size
    squares = np.zeros((2 * height, width), dtype=np.uint8)
    for y, line in enumerate(app.screen._compositor.render_strips(app.size)):
        x = 0
        for text, style, _control in line:
            ink, ground = (shade(style.color), shade(style.bgcolor)) if style else (255, 0)
            for sign in text:
                if x < width:
                    squares[2 * y, x] = ink if sign == HALF else ground
                    squares[2 * y + 1, x] = ground
                x += 1
    return np.kron(squares, np.ones((PIXELS, PIXELS), dtype=np.uint8))


def shade(colour: Color | None) -> int:
    """How light a colour is; what the terminal chooses is taken to be black."""
    if colour is None or colour.is_default:
        return 0
    red, green, blue = colour.get_truecolor()
    return (red + green + blue) // 3
