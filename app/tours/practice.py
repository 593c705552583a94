"""Practising: the portal's screens over a world that is thrown away, while the real ones wait behind it.

The real screens keep their own desk, with everything that was typed into them; the screens of the practice
get another one. Only here is decided which.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

from textual.app import App
from textual.dom import NoScreen
from textual.screen import Screen
from textual.widget import Widget

from app.content.errors import InvalidContent
from app.i18n import _, language, set_language
from app.operations.core.errors import Unavailable
from app.screens.desk import Desk
from app.screens.practice_wait import PracticeWait
from app.store import StoreError
from app.text import safe
from app.tours.practice_copies import practice_copy
from app.tours.practice_desk import PracticeDesk

MODE: Final = "practice"
REAL: Final = "_default"
PATIENCE: Final = 0.15
"""Seconds before it is said that the practice is being prepared."""
TOLD_SECONDS: Final = 10
CODE_SECONDS: Final = 60
"""Long enough to type a code of 28 letters over."""


class PractisingApp(App[int]):
    """The application, as the practice sees it."""

    desk: Desk

    @abstractmethod
    async def back_to_sign_in(self, reason: str) -> None:
        """The session is over: show the first screen."""


class Practice:
    """One practice of one person; `begin`, then `leave`."""

    def __init__(self, app: App[int]) -> None:
        self.app = cast(PractisingApp, app)
        self.real = self.app.desk
        self.real_screens: tuple[Screen[Any], ...] = tuple(app.screen_stack)
        self.desk: PracticeDesk | None = None
        self._language = language()
        self._theme = app.theme
        self._leaving = asyncio.Lock()

    def desk_of(self, widget: Widget) -> Desk:
        """The desk that a widget works with: the real screens stay with the real one."""
        if self.desk is None:
            return self.real
        with suppress(NoScreen):
            if widget.screen in self.real_screens:
                return self.real
        return self.desk

    async def begin(self, login: str, first: Callable[[], Screen[None]]) -> None:
        """Show the first screen of a fresh copy. To be awaited in a worker.

        Args:
            login: user name of who practises; nobody: the first screen asks.
            first: makes that screen.

        Raises:
            Unavailable: there can be no practice now; the text says why.
        """
        desk = await self._fresh_desk(login)
        desk.on_signed_out = lambda reason: self.app.call_later(self.app.back_to_sign_in, reason)
        desk.ask_password, desk.on_done = self.real.ask_password, self.real.on_done
        if login:
            await desk.enter(login)
        self.desk = desk
        self.real_screens = tuple(self.app.screen_stack)
        self.app.desk = desk
        # Textual 8.2.8 has no public way back to the mode that an application begins in.
        self.app._modes.setdefault(REAL, first)
        self.app.add_mode(MODE, first)
        await self.app.switch_mode(MODE)
        if not login:
            await desk.tell_last_code()

    async def _fresh_desk(self, login: str) -> PracticeDesk:
        await self.real.opened()
        content = self.real.content
        assert content is not None
        wait, loop = PracticeWait(), asyncio.get_running_loop()

        def tell(done: int, of: int) -> None:
            loop.call_soon_threadsafe(wait.show, done, of)

        copying = asyncio.create_task(
            asyncio.to_thread(
                practice_copy,
                *(self.real.settings, content, self.real.clock, login, self._language, self._theme, tell),
            )
        )
        finished, _waiting = await asyncio.wait({copying}, timeout=PATIENCE)
        if not finished:
            await self.app.push_screen(wait)
            await asyncio.wait({copying})
            await wait.dismiss()
        try:
            settings, changed = copying.result()
        except (StoreError, InvalidContent, OSError) as error:
            raise Unavailable(_("There is nothing to practise on now: {why}").format(why=error)) from error
        return PracticeDesk(settings, changed, self.real.clock, self._tell)

    def _tell(self, title: str, text: str, has_code: bool) -> None:
        seconds = CODE_SECONDS if has_code else TOLD_SECONDS
        self.app.notify(text, title=safe(title), timeout=seconds, markup=False)

    async def leave(self) -> None:
        """Throw the practice away; the real screens are in front again as they were."""
        async with self._leaving:
            if self.desk is None:
                return
            self.app.desk = self.real
            await self.app.switch_mode(REAL)
            # Until they are gone, its screens still work with their own desk.
            await self.app.remove_mode(MODE)
            desk, self.desk = self.desk, None
            set_language(self._language)
            self.app.theme = self._theme
            await asyncio.to_thread(desk.close)

    def end(self) -> None:
        """The portal ends: throw the practice away."""
        if self.desk is not None:
            self.desk.close()
