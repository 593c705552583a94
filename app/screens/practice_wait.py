"""Said while the world that people practise in is made; it takes a few seconds, once a day."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from app.i18n import _


class PracticeWait(ModalScreen[None]):
    """Tells how far it is; goes away by itself."""

    has_help = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = Content(_("Practice"))
            yield Static(_("Customers to practise on are being made …"), id="practice-wait", markup=False)

    def show(self, done: int, of: int) -> None:
        """So many parts of it are made."""
        if self.is_mounted:
            text = _("Customers to practise on are being made … {done} of {of}").format(done=done, of=of)
            self.query_one("#practice-wait", Static).update(Content(text))
