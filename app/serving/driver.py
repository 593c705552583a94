"""The terminal driver of a served session: the size comes from SSH, and nothing else is believed about it."""

from __future__ import annotations

import asyncio

from textual import events
from textual.geometry import Size
from textual.message import Message

from app.serving.request import clamped
from app.widgets.driver import LoopDriver


class ServedDriver(LoopDriver):
    """A terminal that may say anything at all.

    A size that it writes between the keys is not asked for, and cut if it comes nevertheless: laying out
    millions of cells would take the processor and the memory of many sessions.
    """

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Resize):
            size = Size(*clamped(*message.size))
            message = events.Resize(size, size)
        super().process_message(message)

    def _query_in_band_window_resize(self) -> None:
        return

    async def written(self) -> None:
        """Wait until everything has gone to the terminal."""
        # A few times at the start of a session.
        while self._pending:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
