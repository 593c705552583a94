"""A balloon without its own paint, for a Textual whose insides have changed: public interface only.

It floats over the screen by `overlay: screen` and is moved after every layout. Nothing is faded, and it
follows one frame late; everything else works as with the spotlight.
"""

from __future__ import annotations

from textual.geometry import Offset, Region

from app.widgets.balloon import Balloon


def float_at(balloon: Balloon, box: Region | None) -> None:
    """Show the balloon at this region of the screen, or not at all."""
    if box is None:
        balloon.styles.display = "none"
        return
    styles = balloon.styles
    styles.overlay = "screen"
    styles.constrain_x = styles.constrain_y = "none"
    styles.width, styles.height = box.width, box.height
    moved = balloon.absolute_offset != box.offset
    balloon.absolute_offset = Offset(box.x, box.y)
    styles.display = "block"
    if moved:
        balloon.refresh(layout=True)
