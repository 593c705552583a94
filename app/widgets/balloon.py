"""A help balloon: a box that points at something, with the keys in its lower border.

It takes no part in the layout of its screen (never displayed); who shows it gives it a region. Its keys can
be clicked, which posts `Balloon.Pressed`; a click never takes the cursor out of the field it points at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from app.text import width
from app.widgets.balloon_page import FRAME, BalloonText, Page, lay_out
from app.widgets.balloon_tones import balloon_styles
from app.widgets.painted import Run

TIPS: Final = {"below": "▲", "above": "▼", "right": "◀", "left": "▶"}
"""By the side of the target on which the balloon stands."""
_NAMED: Final = ("foreground", "text-accent", "text-quiet", "text-warning")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn where: the balloon's region and its target's, both on the screen."""

    text: BalloonText
    box: Region
    side: str = ""
    target: Region | None = None


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

    def render_line(self, y: int) -> Strip:
        if self.drawn is None or (page := self.page) is None:
            return Strip.blank(self.size.width, self.rich_style)
        cells, rows = self.drawn.box.size
        styles = self.styles_now()
        if y == 0:
            runs = self._head(page, cells)
        elif y == rows - 1:
            runs = self._foot(page, cells)
        else:
            line = page.lines[y - 1] if y - 1 < len(page.lines) else ()
            used = sum(width(part) for part, _tone in line)
            padding = " " * max(cells - FRAME - used, 0)
            left = self._tip("right", y) or ("│", "frame")
            right = self._tip("left", y) or ("│", "frame")
            runs = [left, (" ", ""), *line, (padding + " ", ""), right]
        plain = styles[""]
        return Strip([Segment(text, styles.get(tone, plain)) for text, tone in runs], cells)

    def styles_now(self) -> dict[str, Style]:
        """Tone to style in the theme of the moment."""
        theme = self.app.current_theme
        named = tuple((name, theme.variables.get(name, "")) for name in _NAMED)
        return balloon_styles(theme.name, named)

    def _head(self, page: Page, cells: int) -> list[Run]:
        """The upper border: title, a tip when the target is above, and the place."""
        end = f" {page.place} " if page.place else ""
        start = f" {page.title} " if page.title else ""
        rule = cells - 2 - width(start) - width(end) - (2 if end else 1)
        runs: list[Run] = [("╭─", "frame"), (start, "title"), ("─" * max(rule, 0), "frame")]
        runs += [(end, "quiet"), ("─╮" if end else "╮", "frame")]
        return self._with_tip(runs, "below")

    def _foot(self, page: Page, cells: int) -> list[Run]:
        """The lower border: the keys, and a tip when the target is below."""
        runs: list[Run] = [("╰─" if not page.foot else "╰ ", "frame"), *page.foot]
        used = 2 + sum(width(part) for part, _tone in page.foot)
        space = " " if page.foot else ""
        runs += [(space, ""), ("─" * max(cells - used - len(space) - 1, 0) + "╯", "frame")]
        return self._with_tip(runs, "above")

    def _with_tip(self, runs: list[Run], side: str) -> list[Run]:
        """The border with its tip: on the free cell that is nearest to the middle of the target."""
        drawn = self.drawn
        if drawn is None or drawn.side != side or drawn.target is None:
            return runs
        aim = min(drawn.target.x + 2, drawn.target.x + drawn.target.width // 2) - drawn.box.x
        cells = [(char, tone) for text, tone in runs for char in text]
        if sum(width(char) for char, _tone in cells) != len(cells):
            return runs  # wide characters: a cell is no character
        free = [at for at, (char, _tone) in enumerate(cells) if char == "─"]
        if not free:
            return runs
        at = min(free, key=lambda each: abs(each - aim))
        cells[at] = (TIPS[side], "tip")
        return _merged(cells)

    def _tip(self, side: str, y: int) -> Run | None:
        """The tip in a border at the left or right, on the row of the target."""
        drawn = self.drawn
        if drawn is None or drawn.side != side or drawn.target is None:
            return None
        middle = drawn.target.y + (drawn.target.height - 1) // 2 - drawn.box.y
        row = max(1, min(middle, drawn.box.height - 2))
        return (TIPS[side], "tip") if y == row else None

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


def _merged(cells: list[Run]) -> list[Run]:
    """Neighbours of one tone become one run."""
    runs: list[Run] = []
    for text, tone in cells:
        if runs and runs[-1][1] == tone:
            runs[-1] = (runs[-1][0] + text, tone)
        else:
            runs.append((text, tone))
    return runs
