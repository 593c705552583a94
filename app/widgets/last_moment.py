"""A program that is asked to end is gone soon, whatever still holds it, and its terminal is whole."""

from __future__ import annotations

import _thread
import os
import time
from collections.abc import Callable
from typing import Final

LAST_SECONDS: Final = 1.5
"""How long what is being done may go on; what is not committed by then was not acknowledged either."""


class LastMoment:
    """Ends the process by force, unless it ended by itself in time.

    Args:
        restore: makes the terminal whole; called in another thread.
    """

    def __init__(self, restore: Callable[[], None]) -> None:
        self._restore = restore
        self._begun = self._over = False

    def begin(self, code: int) -> None:
        """Count from now; called again, it changes nothing. Safe in a handler of a signal.

        Args:
            code: the exit code of an end by force.
        """
        if not self._begun:
            self._begun = True
            # Not `threading`: the signal may have come while its locks were held.
            _thread.start_new_thread(self._wait, (code,))

    def over(self) -> None:
        """The end came by itself."""
        self._over = True

    def _wait(self, code: int) -> None:
        time.sleep(LAST_SECONDS)
        if not self._over:
            self._restore()
            os._exit(code)
