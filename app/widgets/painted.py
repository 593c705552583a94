"""Base of small widgets that draw their own lines in named tones."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from app.widgets.tones import tone_style

Run = tuple[str, str]
"""A text that was cleaned by `safe()`, and the name of its tone in `tones.TONES` ("" is plain)."""


class Painted(Widget):
    """Draws what `lines(width)` returns; the height is the number of lines."""

    ALLOW_SELECT = False

    def lines(self, width: int) -> Sequence[Sequence[Run]]:
        """Return the lines, each as runs of text."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self.lines(width)
        return self._strip(lines[y] if y < len(lines) else [], width)

    def _strip(self, line: Sequence[Run], width: int) -> Strip:
        segments: list[Segment] = []
        used = 0
        plain = self.rich_style
        for text, tone in line:
            style = plain + tone_style(self.app, tone) if tone else plain
            length = cell_len(text)
            if used + length > width:
                text, length = set_cell_size(text, width - used), width - used
            segments.append(Segment(text, style))
            used += length
        segments.append(Segment(" " * (width - used), plain))
        return Strip(segments, width)


def joined(left: Sequence[Run], right: Sequence[Run], width: int) -> list[Run]:
    """Return one line with `left` and `right` at the two ends of `width` cells; `right` is kept whole."""
    taken = sum(cell_len(text) for text, _tone in right)
    room = max(width - taken - 1, 0)
    line: list[Run] = []
    for text, tone in left:
        length = min(cell_len(text), room)
        line.append((set_cell_size(text, length), tone))
        room -= length
    return [*line, (" " * (room + 1), ""), *right]
