"""Why a record costs what it costs: sentences, then the facts they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.i18n import _
from app.text import safe

if TYPE_CHECKING:
    from app.operations.usage import Explanation

LABEL = 22


class WhyPanel(VerticalScroll, can_focus=True):
    """The explanation of one record."""

    def compose(self) -> ComposeResult:
        yield Static("", id="why-text")

    def on_mount(self) -> None:
        self.border_title = Content(_("Why this price"))

    def show(self, explanation: Explanation) -> None:
        """Show an explanation from its first line."""
        parts: list[Content] = [Content(safe(sentence)) for sentence in explanation.sentences]
        parts.append(Content(""))
        for name, value in explanation.facts:
            parts.append(Content.assemble((f"{safe(name):<{LABEL}}", "$text-quiet"), safe(str(value))))
        self.query_one("#why-text", Static).update(Content("\n").join(parts))
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show nothing."""
        self.query_one("#why-text", Static).update("")
