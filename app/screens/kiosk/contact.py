"""Whom to ask, and when somebody is there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from app.i18n import _
from app.operations.support import ContactCard
from app.screens.area import attempt, desk_of
from app.screens.panel import Panel
from app.screens.support.area import contact_lines


class ContactPart(VerticalScroll):
    """The same card as in Support."""

    def compose(self) -> ComposeResult:
        yield Panel(_("Reach us"), id="kiosk-contact-card")

    async def renew(self) -> None:
        """Read again what is shown."""
        card: ContactCard | None = await attempt(self, "support.contact")
        content = desk_of(self).content
        if card is not None and content is not None:
            self.query_one(Panel).show(contact_lines(card, content.operator.time_zone))

    def focus_first(self) -> None:
        """Onto the card: the arrows scroll it."""
        self.focus()
