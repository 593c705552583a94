"""One key at a time: the next is given out when the one before has done what it does.

Textual gives a key to whatever has the focus at that moment. A slow line brings several in one packet, and
the letters after a Tab would go where the focus was: a password into the field of the name.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from textual.events import InputEvent, Key, Paste
from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.screen import Screen

LONGEST_WAIT: Final = 0.5
"""Seconds that keys wait for the one before them; what takes longer is not waited for."""
LONGEST_HOLD: Final = 10.0
"""The same, where the application itself has announced that it takes its time."""
NEVER_HELD: Final = ("ctrl+c", "ctrl+q")
Then = Callable[[Message | None], None]


class KeyOrder:
    """Keeps what is typed too early. What comes alone passes at once.

    A key is followed on its way: what was queued behind it at the application, at the control that has the
    focus and at each box around that one, is reached only when the key has been dealt with there.

    Args:
        app: whose keys these are.
        give: puts an event into the queue of the application.
    """

    def __init__(self, app: App[Any], give: Callable[[Message], bool]) -> None:
        self._app = app
        self._give = give
        self._kept: deque[Message] = deque()
        self._last: Message | None = None
        """The key that is on its way, or was."""
        self._target: DOMNode | None = None
        """The control that it was given to."""
        self._done = True
        self._open: Callable[[], Screen[Any] | None] = _nothing
        """The screen that is known to be ready for keys, while it is there."""
        self._patience: asyncio.TimerHandle | None = None
        self._held: asyncio.TimerHandle | None = None
        """While another screen is on its way: when it is no longer waited for."""
        self._announced = 0
        """How much is under way that takes its time."""

    def hold(self) -> None:
        """Keep what is typed from now on: it is meant for the screen that is being made."""
        self._end_hold()
        self._held = asyncio.get_running_loop().call_later(LONGEST_HOLD, self.release)

    def release(self) -> None:
        """Give what was kept: the screen is there, or something is asked before, or there will be none."""
        if self._held is not None:
            self._end_hold()
            if self._kept:
                self._follow()

    def _end_hold(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = None

    @contextmanager
    def patient(self) -> Iterator[None]:
        """For what a key begins and what may take its time: what is typed meanwhile is meant for it."""
        self._announced += 1
        self._wait_from_now()
        try:
            yield
        finally:
            self._announced -= 1
            self._wait_from_now()

    def _wait_from_now(self) -> None:
        """Wait as long as is right now for the key that others are kept for."""
        if self._patience is not None:
            self._patience.cancel()
        if self._kept:
            longest = LONGEST_HOLD if self._announced else LONGEST_WAIT
            self._patience = asyncio.get_running_loop().call_later(longest, self._give_next, self._last)

    def keeps(self, event: Message) -> bool:
        """Whether an event that has just come is kept, to be given later."""
        key = isinstance(event, Key | Paste)
        if key and self._held is not None:
            return self._holds(event)
        if self._announced and isinstance(event, Key) and event.key in NEVER_HELD:
            return False
        if self._kept or (key and not self._free() and not self._repeats(event)):
            self._kept.append(event)
            if len(self._kept) == 1:
                self._follow()
            return True
        if key:
            self._begin(event)
        return False

    def _holds(self, event: Message) -> bool:
        """Whether a key waits for the screen that is on its way; Enter once more means the same again."""
        if isinstance(event, Key) and event.key in NEVER_HELD:
            return False
        if not (isinstance(event, Key) and event.key == "enter"):
            self._kept.append(event)
        return True

    def given(self, event: Message) -> None:
        """The application has just passed an event on, or dealt with it itself."""
        if event is self._last:
            if event.is_forwarded:
                self._target = self._app.focused or self._screen()
            else:
                self._done = True

    def came_back(self, event: Message) -> None:
        """No control wanted an event, and the application has dealt with it."""
        if event is self._last:
            self._done = True

    def _begin(self, event: Message) -> None:
        self._last, self._target, self._done = event, None, False

    def _free(self) -> bool:
        return self._is_done() and self._open() is not None and self._open() is self._screen()

    def _is_done(self) -> bool:
        return self._done or (self._last is not None and self._last._stop_propagation)

    def _repeats(self, event: Message) -> bool:
        """A key that is held down has no order; the terminal may send more of it than can be shown."""
        last = self._last
        return isinstance(event, Key) and isinstance(last, Key) and last.key == event.key

    def _screen(self) -> Screen[Any] | None:
        return next(reversed(self._app._screen_stack), None)

    def _follow(self) -> None:
        self._wait_from_now()
        self._app.call_later(self._passed_on, self._last)

    def _passed_on(self, key: Message | None) -> None:
        """Queued at the application behind the key: it has been given to a control, if anybody wants it."""
        if key is self._last:
            self._climb(key, self._way(), self._dealt_with, self._up_again)

    def _way(self) -> Sequence[DOMNode]:
        return [] if self._target is None else [self._target, *self._target.ancestors]

    def _dealt_with(self, key: Message | None) -> bool:
        return key is not self._last or self._is_done()

    def _climb(
        self, key: Message | None, way: Sequence[DOMNode], over: Callable[[Message | None], bool], then: Then
    ) -> None:
        """Through the queues of whatever of a way is still there, until that is needless."""
        for place, node in enumerate(way):
            if over(key):
                break
            if node.call_later(self._climb, key, way[place + 1 :], over, then):
                return
        then(key)

    def _up_again(self, key: Message | None) -> None:
        """Behind what the key had its control say: as a field says that it was submitted."""
        typed = isinstance(key, Key) and key.is_printable and key._stop_propagation
        self._climb(key, [] if typed else self._way(), lambda _key: False, self._settled)

    def _settled(self, key: Message | None) -> None:
        # Controls that are given the focus get it by the queue of the application.
        self._app.call_later(self._enter, key, None)

    def _enter(self, key: Message | None, ready: Screen[Any] | None) -> None:
        """Go on when the screen is ready: its queue begins with what makes it and chooses the focus."""
        screen = self._screen()
        if (
            screen is None
            or screen in (ready, self._open())
            or not screen.call_later(self._enter, key, screen)
        ):
            self._open = _nothing if screen is None else ref(screen)
            self._give_next(key)

    def _give_next(self, before: Message | None) -> None:
        if before is not self._last or not self._kept or self._held is not None:
            return
        if self._patience is not None:
            self._patience.cancel()
        self._done = True
        while self._kept and (self._done or self._repeats(self._kept[0])):
            event = self._kept.popleft()
            if isinstance(event, Key | Paste):
                self._begin(event)
            self._give(event)
        if self._kept:
            self._follow()


def key_order(app: App[Any]) -> KeyOrder:
    """The order of an application's keys."""
    found: KeyOrder = app.key_order  # type: ignore[attr-defined]
    return found


def _nothing() -> None:
    return None


def is_input(message: Message) -> bool:
    """Whether a message is something a person did, and new."""
    return isinstance(message, InputEvent | Paste) and not message.is_forwarded
