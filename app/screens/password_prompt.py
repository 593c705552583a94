"""A small dialog before sensitive changes: the password once more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from app.i18n import _
from app.screens.area import desk_of
from app.secret import Secret
from app.text import safe
from app.widgets.dialog import Action, Dialog
from app.widgets.secret_input import SecretInput


class PasswordPrompt(Dialog):
    """Asks until the password is right or the person leaves; `answer` tells which."""

    def __init__(self) -> None:
        super().__init__(_("Your password, please"))
        self.answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def body(self) -> Iterable[Widget]:
        text = _("You gave it a while ago. What you are about to do needs it once more.")
        yield Label(Content(text), classes="dialog-text")
        yield SecretInput(id="password-again")
        yield Label("", id="password-problem", classes="form-problem", markup=False)

    def actions(self) -> Sequence[Action]:
        return [Action("go_on", _("Go on"), "primary"), Action("cancel", _("Cancel"))]

    def on_mount(self) -> None:
        self.query_one("#password-again", Input).focus()

    async def on_action(self, id: str) -> None:
        from app.operations.core import OperationError, SignedOut

        field = self.query_one("#password-again", Input)
        typed, field.value = Secret(field.value), ""
        try:
            await desk_of(self).do("sessions.confirm", password=typed)
        except SignedOut:
            return
        except OperationError as error:
            if self.is_attached:
                self.query_one("#password-problem", Label).update(Content(safe(error.message)))
                field.focus()
            return
        self._settle(True)
        self.dismiss(True)

    def on_unmount(self) -> None:
        self._settle(False)

    def _settle(self, right: bool) -> None:
        if not self.answer.done():
            self.answer.set_result(right)
