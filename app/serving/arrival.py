"""The portal for whom a connection's door has let in: it opens past the sign-in and ends with the visit."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from app.clock import Clock
from app.content.operator import Operator
from app.identity import Identity
from app.portal import Portal
from app.screens.arriving import ArrivalScreen
from app.settings import Settings


class ArrivalPortal(Portal):
    """Without `arrival` it is the portal as it is: its own sign-in asks, and it goes back there."""

    def __init__(
        self,
        settings: Settings,
        operator: Operator,
        clock: Clock | None = None,
        *,
        arrival: Identity | None = None,
        **options: Any,
    ) -> None:
        self.arrival = arrival
        self.parting = ""
        """What is said in the person's own shell when the visit is over."""
        super().__init__(settings, operator, clock, **options)

    def get_default_screen(self) -> Screen[None]:
        """A practice shows the sign-in to who wants to see it."""
        if self.arrival is None or self.practising is not None:
            return super().get_default_screen()
        first = ArrivalScreen(self.operator, self.arrival)
        first._push_result_callback(first, None)
        return first

    async def show_first_screen(self) -> None:
        """The visit is over: who was let in by the connection leaves with it."""
        if self.arrival is None:
            await super().show_first_screen()
            return
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.put(ArrivalScreen(self.operator))
        self.call_later(self.part)

    def say(self, text: str) -> None:
        """Why it is over stands where the person reads it: the screen goes at once."""
        if self.arrival is None:
            super().say(text)
        else:
            self.parting = text

    def part(self) -> None:
        """End the portal."""
        self.exit(0, message=self.parting or None)
