"""The first screen of who was let in at another door: it asks what that door has not asked, and goes away."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from app.content.operator import Operator
from app.i18n import _, mark
from app.identity import Identity
from app.screens.area import desk_of
from app.screens.sign_in.screen import SignedIn
from app.text import safe


class ArrivalScreen(Screen[None]):
    """Looks like the sign-in without its fields.

    Args:
        identity: who was let in; None: the visit is over, and nothing of it is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", mark("Quit"), id="portal.quit")]
    place = "arrival"

    def __init__(self, operator: Operator, identity: Identity | None = None) -> None:
        super().__init__()
        self.operator = operator
        self.identity = identity

    def compose(self) -> ComposeResult:
        with Horizontal(id="sign-in-top"):
            yield Static(safe(self.operator.name), id="sign-in-operator", markup=False)
        with VerticalScroll(id="sign-in-middle", can_focus=False), Vertical(id="sign-in-box") as box:
            box.border_title = Content(_("Sign in"))
            yield Static(_("One moment …"), id="sign-in-notice", markup=False)
        with Horizontal(id="sign-in-foot-line"):
            contact = self.operator.contact
            reach = safe(f"{contact.phone}  ·  {contact.email}") + "   ^Q " + _("Quit")
            yield Static(reach, id="sign-in-foot", markup=False)

    def on_mount(self) -> None:
        if self.identity is not None:
            self.arrive(self.identity)

    @work(exclusive=True)
    async def arrive(self, identity: Identity) -> None:
        """Go on where the other door ended; who does not want to leaves."""
        from app.content.errors import ContentError
        from app.operations.core import OperationError
        from app.operations.core.errors import Unavailable

        desk = desk_of(self)
        try:
            await desk.opened()
            entered = await self.take_over(identity)
            number = await self.number_of(identity.account_id) if entered else ""
        except (OperationError, Unavailable, ContentError) as error:
            self.app.exit(0, message=str(error))
        else:
            if entered:
                self.post_message(SignedIn(number))
            else:
                self.app.exit(0)

    async def take_over(self, identity: Identity) -> bool:
        """Whether the person is in, after all that is asked.

        Raises:
            OperationError: with what to say.
        """
        from app.operations.core.next_step import NextStep

        try:
            await desk_of(self).take_over(identity)
        except NextStep as step:
            from app.screens.sign_in.next_steps import go_on

            return await go_on(self, step)
        return True

    async def number_of(self, account_id: int | None) -> str:
        """The number of the customer whose number was the name; empty where it was another name."""
        if account_id is None:
            return ""
        accounts = await desk_of(self).do("signin.accounts")
        return next((each.number for each in accounts if each.id == account_id), "")

    def action_leave(self) -> None:
        """Leave before anything is answered."""
        self.app.exit(0)
