"""A picture for the camera of a phone, and the same in words for who types it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

from app.i18n import _
from app.text import safe
from app.widgets.qr import Qr, best_quiet

if TYPE_CHECKING:
    from segno import QRCode


class PictureScreen(ModalScreen[None]):
    """Side by side; without the picture where it does not fit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def code(self) -> str | QRCode | None:
        """What is scanned; None: there is no picture of it."""
        raise NotImplementedError

    def heading(self) -> str:
        """What it is for."""
        raise NotImplementedError

    def what_to_do(self, picture: bool) -> str:
        """With the picture, or without it."""
        raise NotImplementedError

    def facts(self) -> list[tuple[str, str]]:
        """What is typed in place of scanning: names and values."""
        raise NotImplementedError

    def what_then(self) -> str:
        """What to know about it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        code = self.code()
        quiet = best_quiet(code, self.app.size.height) if code is not None else None
        with Horizontal(classes="picture"):
            if code is not None and quiet is not None:
                yield Qr(code, quiet)
            with Vertical(classes="picture-words"):
                yield Label(Content(self.heading()), classes="dialog-title")
                yield Static(self.what_to_do(quiet is not None), markup=False)
                for name, value in self.facts():
                    yield Static(
                        Content.assemble((f"{name}\n", "$text-quiet"), safe(value)), classes="picture-fact"
                    )
                yield Static(self.what_then(), id="picture-then", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button(Content(_("Close")), id="close", variant="primary", compact=True)

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Done."""
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss()
