"""A help balloon: a box that points at something, with the keys in its lower border.

It takes no part in the layout of its screen (never displayed); who shows it gives it a region. Its keys can
be clicked, which posts `Balloon.Pressed`; a click never takes the cursor out of the field it points at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rich.cells import cell_len as width
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from app.widgets.balloon_page import FRAME, BalloonText, Page, lay_out
from app.widgets.balloon_tones import balloon_styles, has_few_colours
from app.widgets.painted import Run

TIPS: Final = {"below": "▲", "above": "▼", "right": "◀", "left": "▶"}
"""By the side of the target on which the balloon stands."""
JOINTS: Final = {"below": "┴", "above": "┬", "right": "┤", "left": "├"}
"""In their place where a stem begins that ends in the tip."""
_NAMED: Final = ("foreground", "text-accent", "text-quiet", "text-warning")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn where: the balloon's region and its target's, both on the screen."""

    text: BalloonText
    box: Region
    side: str = ""
    target: Region | None = None
    joined: bool = False
    """A stem leads from the border to the target, which is some way off."""

    @property
    def mark(self) -> str:
        """What stands in the border at the place nearest to the target."""
        return JOINTS[self.side] if self.joined else TIPS[self.side]


class Stem(Widget, can_focus=False):
    """The line from a balloon to a target that is not beside it, with the tip at the target's end."""

    DEFAULT_CLASSES = "-textual-system"
    ALLOW_SELECT = False

    def __init__(self, balloon: Balloon) -> None:
        super().__init__()
        self.styles.display = "none"
        self.balloon = balloon
        self.side, self.length = "", 0

    def draw(self, side: str, region: Region) -> None:
        """Draw this from now on; who calls sees to the repaint."""
        if (side, region.area) != (self.side, self.length):
            self.side, self.length = side, region.area
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = self.balloon.styles_now()["tip"]
        tip = TIPS.get(self.side, " ")
        if self.side in ("left", "right"):
            line = "─" * (self.length - 1)
            return Strip([Segment(line + tip if self.side == "left" else tip + line, style)], self.length)
        at_end = y == (0 if self.side == "below" else self.length - 1)
        return Strip([Segment(tip if at_end else "│", style)], 1)


class Balloon(Widget, can_focus=False):
    """Draws `drawn`; it has no children and reads no markup."""

    # Clicking a widget of the system moves no cursor.
    DEFAULT_CLASSES = "-textual-system"
    ALLOW_SELECT = False

    @dataclass
    class Pressed(Message):
        """A key at the foot was clicked."""

        balloon: Balloon
        action: str

        @property
        def control(self) -> Balloon:
            return self.balloon

    def __init__(self) -> None:
        super().__init__()
        # Not by a sheet of its own: all sheets would be read again when the first balloon comes.
        self.styles.display = "none"
        self.stem = Stem(self)
        self.drawn: Drawn | None = None
        self._page: tuple[Drawn, Page] | None = None

    @property
    def page(self) -> Page | None:
        """The text as it is broken into lines now."""
        if self.drawn is None:
            return None
        if self._page is None or self._page[0] != self.drawn:
            box = self.drawn.box
            self._page = (self.drawn, lay_out(self.drawn.text, box.width, box.height))
        return self._page[1]

    def draw(self, drawn: Drawn | None) -> None:
        """Draw this from now on; who calls sees to the repaint."""
        if drawn != self.drawn:
            self.drawn = drawn
            self.refresh()

    def draw_stem(self, edge: Region, taken: Sequence[Region]) -> Region | None:
        """Lead a stem to `edge`, what is lit of the target; the cells it takes, or None if it needs none.

        It never runs over `taken`; then the tip stays in the border.
        """
        region = self._stem_region(edge)
        if region is None or self.drawn is None or any(region.overlaps(each) for each in taken):
            return None
        self.stem.draw(self.drawn.side, region)
        self.drawn = replace(self.drawn, joined=True)
        return region

    def _stem_region(self, edge: Region) -> Region | None:
        drawn, page = self.drawn, self.page
        if drawn is None or page is None or drawn.target is None or not drawn.side:
            return None
        box, side = drawn.box, drawn.side
        if side in ("below", "above"):
            column = self._tip_column(self._head(page) if side == "below" else self._foot(page))
            if column is None or not edge.x <= box.x + column < edge.right:
                return None
            top, end = (edge.bottom, box.y) if side == "below" else (box.bottom, edge.y)
            return Region(box.x + column, top, 1, end - top) if end > top else None
        row = box.y + self._tip_row()
        start, end = (edge.right, box.x) if side == "right" else (box.right, edge.x)
        return Region(start, row, end - start, 1) if end > start and edge.y <= row < edge.bottom else None

    def render_line(self, y: int) -> Strip:
        if self.drawn is None or (page := self.page) is None:
            return Strip.blank(self.size.width, self.rich_style)
        cells, rows = self.drawn.box.size
        styles = self.styles_now()
        if y == 0:
            runs = self._with_tip(self._head(page), "below")
        elif y == rows - 1:
            runs = self._with_tip(self._foot(page), "above")
        else:
            line = page.lines[y - 1] if y - 1 < len(page.lines) else ()
            used = sum(width(part) for part, _tone in line)
            padding = " " * max(cells - FRAME - used, 0)
            left = self._tip("right", y) or ("│", "frame")
            right = self._tip("left", y) or ("│", "frame")
            runs = [left, (" ", ""), *line, (padding + " ", ""), right]
        plain = styles[""]
        strip = Strip([Segment(text, styles.get(tone, plain)) for text, tone in runs])
        return strip.adjust_cell_length(cells, plain)

    def styles_now(self) -> dict[str, Style]:
        """Tone to style in the theme of the moment."""
        theme = self.app.current_theme
        named = tuple((name, theme.variables.get(name, "")) for name in _NAMED)
        return balloon_styles(theme.name, named, has_few_colours(self.app))

    def _head(self, page: Page) -> list[Run]:
        """The upper border: title and place."""
        cells = self.drawn.box.width if self.drawn else 0
        end = f" {page.place} " if page.place else ""
        start = f" {page.title} " if page.title else ""
        rule = cells - 2 - width(start) - width(end) - (2 if end else 1)
        runs: list[Run] = [("╭─", "frame"), (start, "title"), ("─" * max(rule, 0), "frame")]
        return [*runs, (end, "quiet"), ("─╮" if end else "╮", "frame")]

    def _foot(self, page: Page) -> list[Run]:
        """The lower border with the keys."""
        cells = self.drawn.box.width if self.drawn else 0
        runs: list[Run] = [("╰─" if not page.foot else "╰ ", "frame"), *page.foot]
        used = 2 + sum(width(part) for part, _tone in page.foot)
        space = " " if page.foot else ""
        return [*runs, (space, ""), ("─" * max(cells - used - len(space) - 1, 0) + "╯", "frame")]

    def _tip_column(self, runs: Sequence[Run]) -> int | None:
        """The free cell of a border that is nearest to the target."""
        drawn = self.drawn
        if drawn is None or drawn.target is None:
            return None
        aim = min(drawn.target.x + 2, drawn.target.x + drawn.target.width // 2) - drawn.box.x
        free: list[int] = []
        at = 0
        for text, tone in runs:
            if tone == "frame":
                free += [at + index for index, char in enumerate(text) if char == "─"]
            at += width(text)
        left, right = drawn.target.x - drawn.box.x, drawn.target.right - drawn.box.x
        facing = [each for each in free if left <= each < right]
        return min(facing or free, key=lambda each: abs(each - aim), default=None)

    def _tip_row(self) -> int:
        """The row of a border at the left or right that is nearest to the middle of the target."""
        drawn = self.drawn
        if drawn is None or drawn.target is None:
            return 1
        middle = drawn.target.y + (drawn.target.height - 1) // 2 - drawn.box.y
        return max(1, min(middle, drawn.box.height - 2))

    def _with_tip(self, runs: list[Run], side: str) -> list[Run]:
        """A border with its tip, if it is the one that faces the target."""
        drawn = self.drawn
        if drawn is None or drawn.side != side or (column := self._tip_column(runs)) is None:
            return runs
        out: list[Run] = []
        at = 0
        for text, tone in runs:
            index = column - at
            at += width(text)
            if tone == "frame" and 0 <= index < len(text):
                out += [(text[:index], tone), (drawn.mark, "tip"), (text[index + 1 :], tone)]
            else:
                out.append((text, tone))
        return out

    def _tip(self, side: str, y: int) -> Run | None:
        """The tip in a border at the left or right, on the row of the target."""
        drawn = self.drawn
        if drawn is None or drawn.side != side or drawn.target is None or y != self._tip_row():
            return None
        return (drawn.mark, "tip")

    def action_at(self, x: int, y: int) -> str:
        """What a click on this cell of the balloon does, or ""."""
        page = self.page
        if page is None or self.drawn is None:
            return ""
        line = len(page.lines) if y == self.drawn.box.height - 1 else y - 1
        found = [s.action for s in page.spots if s.line == line and s.start <= x - 2 < s.end]
        return found[0] if found else ""

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        action = self.action_at(event.x, event.y)
        if action:
            self.post_message(self.Pressed(self, action))
