"""What a terminal shows that is too small for the portal: one sentence, until it is larger."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from app.i18n import _, mark

LEAST = Size(60, 15)
WANTED = Size(80, 24)


def too_small(size: Size) -> bool:
    """Whether work would be hidden: below this, fields and buttons have no room."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(ModalScreen[None]):
    """Lies over whatever was open; that stays as it is, and shows again when there is room."""

    has_help = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", mark("Quit"), id="portal.quit"),
    ]

    def compose(self) -> ComposeResult:
        text = _("Please make the terminal larger: {width} by {height} characters.").format(
            width=WANTED.width, height=WANTED.height
        )
        yield Static(Content(f"{text}\n\n^Q " + _("Quit")), id="too-small")

    def action_leave(self) -> None:
        """Leave the portal."""
        self.app.exit(0)
