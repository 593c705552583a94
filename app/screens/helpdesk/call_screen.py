"""What the shell does with calls to the helpdesk; all of it is loaded when the first call comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from app.i18n import mark
from app.screens.area import desk_of
from app.screens.choices import CustomerChosen

if TYPE_CHECKING:
    from app.screens.shell import Shell


class CallScreen(Screen[None]):
    """A screen on which an agent takes calls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "call('about')", mark("This call"), id="call.about"),
        Binding("f7", "call('extend')", mark("More time for the call"), show=False, id="call.extend"),
        Binding("f9", "call('notes')", mark("Notes about the customer"), show=False, id="call.notes"),
        Binding("f8", "call('end')", mark("End the help"), show=False, id="call.end"),
    ]

    @property
    def shell(self) -> Shell:
        """The whole of this screen."""
        return cast("Shell", self)

    @on(CustomerChosen)
    @work(exclusive=True, group="call")
    async def take_call(self, event: CustomerChosen) -> None:
        """Somebody calls for a customer."""
        from app.screens.helpdesk.calls import take_call

        await take_call(self.shell, event.account_id)

    def help_over(self) -> None:
        """The time for the customer is over: what the present key does is finished first."""
        from app.screens.helpdesk.calls import call_over

        self.app.call_later(call_over, self.shell)

    @work(group="call-action")
    async def action_call(self, what: str) -> None:
        """Of the call that goes on: "about" it, its "notes", "extend" or "end" it."""
        from app.screens.helpdesk.calls import CALL_ACTIONS

        await CALL_ACTIONS[what](self.shell)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a call only while an agent helps a customer."""
        visit = desk_of(self).visit
        return action != "call" or (visit is not None and visit.assistance is not None)
