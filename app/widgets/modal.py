"""Screens over others that are closed by a key or a click, and only once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """Closes itself and no other: Textual takes away whatever is on top.

    What was pressed or clicked just before it closed is heard after that, and closes nothing more.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if self not in self.app.screen_stack[-1:]:
            return AwaitComplete()
        return super().dismiss(result)
