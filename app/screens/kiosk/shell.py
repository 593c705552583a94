"""The six areas at a kiosk: the same, with large buttons to the start and out."""

from __future__ import annotations

from textual.app import ComposeResult

from app.screens.kiosk.bar import TouchBar
from app.screens.shell import Shell


class KioskShell(Shell):
    """What is signed in to at a kiosk."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield TouchBar("f4", signed_in=True)
