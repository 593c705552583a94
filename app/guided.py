"""The part of the application that helps: keys of tours, the way to help. The rest is loaded at first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent, Key, MouseDown, MouseScrollDown, MouseScrollUp, Paste
from textual.message import Message

from app.i18n import mark
from app.screens.area import HelpWanted, TourWanted
from app.screens.desk import Desk
from app.widgets.base_app import SafeApp

if TYPE_CHECKING:
    from app.tours.guide import Guide
    from app.tours.host import Host


class GuidedApp(SafeApp):
    """Shows tasks step by step; F1 asks for help from anywhere, over dialogs and in fields too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,alt+n", "tour('next')", mark("Next step"), show=False, priority=True, id="tour.next"),
        Binding(
            "shift+f1,alt+p", "tour('back')", mark("Step before"), show=False, priority=True, id="tour.back"
        ),
        Binding(
            "escape", "tour('leave')", mark("Leave the steps"), show=False, priority=True, id="tour.leave"
        ),
        Binding("f2", "tour('show_me')", mark("Show me"), show=False, priority=True, id="tour.show_me"),
        # A field with a balloon is left with Enter; the form is saved by its button.
        Binding("enter", "tour('enter')", show=False, priority=True),
        Binding("f1", "help_here", mark("Need help"), show=False, priority=True, id="help.here"),
    ]
    desk: Desk
    host: Host | None = None
    """Made when somebody first asks for help."""

    @property
    def guide(self) -> Guide | None:
        """The tour that runs, or None."""
        return None if self.host is None else self.host.guide

    def helper(self) -> Host:
        """Who helps; loaded now if nobody asked before."""
        if self.host is None:
            from app.tours.host import Host

            self.host = Host(self)
        return self.host

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of a tour are its own only while it runs."""
        if action == "tour":
            return self.host is not None and self.host.may(str(parameters[0]))
        if action == "help_here":
            return getattr(self.screen, "has_help", True)
        return super().check_action(action, parameters)

    async def action_tour(self, what: str) -> None:
        """A key of the tour: next, back, leave, show_me, enter."""
        await self.helper().do(what)

    async def action_help_here(self) -> None:
        """What a field is for, and the tasks of this screen."""
        self.helper().help()

    @on(HelpWanted)
    async def help_wanted(self) -> None:
        """The sign at the bottom was clicked, or its key pressed."""
        self.helper().help()

    @on(TourWanted)
    @work(exclusive=True, group="tour")
    async def tour_wanted(self, event: TourWanted) -> None:
        """Somebody chose a task."""
        await self.helper().start(event.tour, event.step)

    async def on_balloon_pressed(self, event: Message) -> None:
        """A key at the foot of a balloon was clicked."""
        await self.helper().do(str(getattr(event, "action", "")).removeprefix("tour."))

    async def on_event(self, event: Event) -> None:
        """A tour looks at the screen after whatever the person does."""
        person = isinstance(event, Key | MouseDown | MouseScrollDown | MouseScrollUp | Paste)
        new = person and isinstance(event, InputEvent) and not event.is_forwarded
        if new and self.host is not None and self.host.heard(event):
            return
        await super().on_event(event)

    def operation_done(self, name: str) -> None:
        """An operation succeeded."""
        if self.host is not None:
            self.host.succeeded(name)
