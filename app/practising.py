"""The part of the application with a world to practise in: opened over what is real, and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen

from app.guided import GuidedApp
from app.i18n import mark
from app.screens.area import PracticeWanted

if TYPE_CHECKING:
    from app.tours.practice import Practice


class PractisingApp(GuidedApp):
    """Who practises works in a copy of the demo, with a desk of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f10,alt+q", "leave_practice", mark("Leave the practice"), priority=True, id="practice.leave"
        ),
    ]
    practising: Practice | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a practice to leave only in one."""
        if action == "leave_practice":
            return self.practising is not None
        return super().check_action(action, parameters)

    async def practice(self, tour_id: str = "", login: str | None = None) -> bool:
        """Open a world to practise in, over what is open; to be awaited in a worker. Whether it could be.

        Args:
            tour_id: the task that is shown there; empty: none, the person looks around.
            login: user name of who practises; empty: a visitor at the first screen; None: as the task says.
        """
        from app.operations.core.errors import OperationError
        from app.tours.practice import Practice

        await self.leave_practice()
        if login is None:
            tour = self.helper().tour(tour_id)
            login = "admin" if tour is None else "" if tour.audience == "visitor" else tour.login
        self.practising = Practice(self)
        try:
            await self.practising.begin(login, self.practice_screen if login else self.get_default_screen)
        except OperationError as error:
            self.practising = None
            self.notify(error.message, severity="error", markup=False, timeout=20)
            return False
        return not tour_id or await self.helper().start(tour_id)

    @on(PracticeWanted)
    @work(exclusive=True, group="practice")
    async def practice_wanted(self, event: PracticeWanted) -> None:
        """Somebody chose a task to practise."""
        await self.practice(event.tour)

    def practice_screen(self) -> Screen[None]:
        """The areas, for who practises."""
        from app.screens.shell import Shell

        shell = Shell()
        shell._push_result_callback(shell, None)
        return shell

    async def leave_practice(self) -> None:
        """Throw the practice away, if there is one, and go on where the person was."""
        if self.practising is not None:
            self.helper().leave("practice")
            await self.practising.leave()
            self.practising = None
            self.refresh_bindings()

    @work(group="practice")
    async def action_leave_practice(self) -> None:
        """Back to what is real."""
        await self.leave_practice()
