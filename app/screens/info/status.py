"""What does not work now, what is planned, and what everybody should know."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.i18n import _
from app.operations.status import StatusRow
from app.screens.area import attempt, desk_of
from app.screens.info.status_words import kind_word, time_words
from app.text import safe

TONES = {"fault": "$text-error", "maintenance": "$text-warning", "message": "$text-accent"}


class StatusPart(VerticalScroll):
    """The notices one below the other, those of now first."""

    def compose(self) -> ComposeResult:
        yield Static("", id="status-notices", markup=False)

    async def renew(self) -> None:
        """Read again what is shown."""
        found: list[StatusRow] | None = await attempt(self, "status.current")
        if found is not None:
            self.query_one("#status-notices", Static).update(self.lines(found))

    def lines(self, found: list[StatusRow]) -> Content:
        """Each notice: what sort and when, what it is about, what it means."""
        if not found:
            return Content.styled("● " + _("Everything works, and nothing is planned."), "$text-success")
        content = desk_of(self).content
        zone = content.operator.time_zone if content is not None else "UTC"
        parts = [
            Content.assemble(
                (kind_word(row), f"bold {TONES[row.kind]}"),
                ("  " + time_words(row, zone), "$text-quiet"),
                (f"\n{safe(row.title)}\n", "bold"),
                safe(row.text, lines=True),
            )
            for row in found
        ]
        return Content("\n\n").join(parts)

    def focus_first(self) -> None:
        """Onto the text: the arrows scroll it."""
        self.focus()
