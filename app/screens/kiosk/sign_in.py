"""Signing in at a kiosk: as everywhere, with a way back to the start page and none out of the portal."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from app.content.operator import Operator
from app.i18n import mark
from app.screens.kiosk.bar import TouchBar
from app.screens.kiosk.pages import HOME_KEY
from app.screens.sign_in.demo_logins import DemoLogin
from app.screens.sign_in.screen import SignInScreen
from app.text import safe


class KioskSignIn(SignInScreen):
    """The first screen of the portal over the start page of the kiosk.

    Args:
        way: what is opened over it at once: one of the ways for who cannot sign in, or nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", mark("Home"), show=False, id="kiosk.home"),
    ]

    def __init__(self, operator: Operator, way: str = "") -> None:
        super().__init__(operator)
        self.way = way

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield TouchBar(HOME_KEY)

    def demo(self) -> list[DemoLogin]:
        """Nobody's password lies about in a shop, not even in a demonstration."""
        return []

    def foot(self) -> str:
        """How to reach the operator; there is no way to quit."""
        contact = self.operator.contact
        return safe(f"{contact.phone}  ·  {contact.email}")

    def on_mount(self) -> None:
        if self.way:
            self.action_way(self.way)

    def action_leave(self) -> None:
        """Back to the start page."""
        self.dismiss()
