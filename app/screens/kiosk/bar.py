"""Large buttons at the bottom of every page of a kiosk: back to the start, and out."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button

from app.i18n import _
from app.key_names import key_name
from app.screens.help_mark import HelpMark


class HomeTouched(Message):
    """Somebody wants back to the start page."""


class SignOutTouched(Message):
    """Somebody is done."""


class TouchBar(Horizontal):
    """Home, and for who is signed in a way out that cannot be missed."""

    def __init__(self, home_key: str, *, signed_in: bool = False) -> None:
        super().__init__(id="kiosk-bar")
        self.home_key = home_key
        self.signed_in = signed_in

    def compose(self) -> ComposeResult:
        yield self.target("kiosk-home", _("Home"), self.home_key)
        if self.signed_in:
            yield self.target("kiosk-sign-out", _("Sign out"), "ctrl+l")
        else:
            yield HelpMark()

    @staticmethod
    def target(id: str, says: str, key: str) -> Button:
        """One button with its key."""
        label = Content.assemble(f"{key_name(key)}  ", (says, "bold"))
        button = Button(label, id=id, classes="target")
        button.can_focus = False
        return button

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A touch."""
        event.stop()
        self.post_message(HomeTouched() if event.button.id == "kiosk-home" else SignOutTouched())
