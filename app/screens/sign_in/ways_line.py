"""The ways out of the sign-in, each with its key: in one line, or in more where the words are long."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from app.i18n import _
from app.key_names import key_name

GAP = 2
ACTION = "way("
"""How the actions begin that are shown here."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out: its key, what it says, and the action that goes there."""

    sign: str
    says: str
    action: str

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.sign) + 1 + cell_len(self.says)


class WaysLine(Widget):
    """Shows the ways of its screen with the keys they have now; a click goes there too."""

    def ways(self) -> list[Way]:
        """The ways in the order of the screen's bindings."""
        found: dict[str, Way] = {}
        for key, active in self.screen.active_bindings.items():
            action = active.binding.action
            if action.startswith(ACTION) and action not in found:
                found[action] = Way(key_name(key), _(active.binding.description), action)
        return list(found.values())

    def rows(self, width: int) -> list[list[Way]]:
        """The ways as they fit into lines of `width` cells."""
        found: list[list[Way]] = [[]]
        used = 0
        for way in self.ways():
            if found[-1] and used + way.cells > width:
                found.append([])
                used = 0
            found[-1].append(way)
            used += way.cells + GAP
        return found

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows(width))

    def render(self) -> Content:
        lines = []
        for row in self.rows(self.size.width):
            pieces: list[tuple[str, str]] = []
            for way in row:
                gap = " " * GAP if pieces else ""
                pieces += [(gap, ""), (way.sign, "bold $text-accent"), (f" {way.says}", "")]
            lines.append(Content.assemble(*pieces))
        return Content("\n").join(lines)

    async def on_click(self, event: events.Click) -> None:
        """Go where the pointer is."""
        rows = self.rows(self.size.width)
        left = 0
        for way in rows[event.y] if event.y < len(rows) else []:
            if left <= event.x < left + way.cells:
                await self.app.run_action(way.action, self.screen)
            left += way.cells + GAP
