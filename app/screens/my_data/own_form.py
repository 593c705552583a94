"""Forms about one's own login: what is typed is often secret, so nothing of it is kept."""

from __future__ import annotations

from typing import Any

from app.screens.area import desk_of
from app.screens.sign_in.step_form import StepForm, wrong


class OwnForm(StepForm):
    """Performs an operation with what `arguments` makes of the fields; answers with its answer, or True.

    Args:
        operation: its name.
        text: what to do here.
        go: what the button says.
    """

    def __init__(self, title: str, operation: str, text: str = "", go: str = "") -> None:
        super().__init__(title, text, go)
        self.operation = operation

    @property
    def place(self) -> str:
        """Which form it is, for who shows the way."""
        return f"form:{self.operation}"

    def arguments(self) -> dict[str, Any]:
        """The operation's arguments."""
        raise NotImplementedError

    async def perform(self) -> Any:
        """Do it; what it answers."""
        return await desk_of(self).do(self.operation, **self.arguments())

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        self.wait()
        try:
            answer = await self.perform()
        except OperationError as error:
            raise wrong(error) from error
        return True if answer is None else answer
