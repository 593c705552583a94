"""The way out of a kiosk: a supervisor signs in, and then leaves it or starts it anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Label, Static

from app.i18n import _
from app.screens.area import desk_of
from app.screens.kiosk.sign_in import KioskSignIn
from app.widgets.dialog import Action, Dialog
from app.widgets.key_order import key_order

if TYPE_CHECKING:
    from app.operations.core import Refused

ROLE: Final = "supervisor"


class SupervisorChose(Message):
    """What a supervisor wants of the kiosk: leave, restart or back."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


class SupervisorSignIn(KioskSignIn):
    """Asks as the sign-in does, with the same counting of tries; only a supervisor comes further."""

    place = "kiosk_supervisor"

    def on_mount(self) -> None:
        self.query_one("#sign-in-box").border_title = Content(_("For supervisors"))

    async def enter(self, who: str, password: str) -> bool:
        """Sign in, ask what to do with the kiosk, and hand that on; nobody goes into the portal from here.

        Raises:
            OperationError: with what to say.
        """
        if not await super().enter(who, password):
            return False
        visit = desk_of(self).visit
        if visit is None or visit.role != ROLE:
            refusal = refused(self)
            await desk_of(self).end_visit()
            raise refusal
        key_order(self.app).release()
        chosen = await self.app.push_screen_wait(Maintenance())
        self.post_message(SupervisorChose(chosen or "back"))
        return False


def refused(widget: Widget) -> Refused:
    """The same words as for a wrong password: who is no supervisor learns nothing."""
    from app.operations.core import Refused

    content = desk_of(widget).content
    assert content is not None
    contact = content.operator.contact
    text = _("Sign-in failed. Check what you typed, or try again later. Help: {phone}, {email}")
    return Refused(text.format(phone=contact.phone, email=contact.email))


class Maintenance(Dialog):
    """What a supervisor can do with the kiosk; the answer is leave, restart or back."""

    def __init__(self) -> None:
        super().__init__(_("This kiosk"))

    def body(self) -> Iterable[Widget]:
        text = _(
            "Leaving ends the kiosk and gives the terminal to whoever started it. Starting anew takes up a "
            "new version. Either way you are signed out."
        )
        yield Label(Content(text), classes="dialog-text")
        yield Static("")

    def actions(self) -> Sequence[Action]:
        return [
            Action("back", _("Back to the kiosk"), "primary"),
            Action("restart", _("Start anew")),
            Action("leave", _("Leave the kiosk"), "error"),
        ]
