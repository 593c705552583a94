"""A dialog with a short list and what can be done with its rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app.i18n import _
from app.screens.area import attempt
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Dialog
from app.widgets.rows import Key, Row

LINES = 8


class ListDialog(Dialog):
    """Reads its rows anew after every change. Enter does what the first action does.

    Args:
        text: what the list is, above it.
    """

    empty = ""

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self.text = text
        self.things: dict[Key, Any] = {}

    def columns(self) -> list[Column]:
        """What each row shows."""
        raise NotImplementedError

    async def read(self) -> Sequence[tuple[Key, Any]] | None:
        """The things of the list with their keys; None where they cannot be read."""
        raise NotImplementedError

    def cells(self, thing: Any) -> Row:
        """One thing as a row."""
        raise NotImplementedError

    def acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What each action does, in a worker."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        yield Label(Content(safe(self.text, lines=True)), classes="dialog-text", id="list-text")
        table = FactList(self.columns(), empty=self.empty, id="choices")
        table.styles.height = LINES
        yield table

    def on_mount(self) -> None:
        self.query_one(FactList).focus()
        self.renew()

    @work(exclusive=True, group="list")
    async def renew(self) -> None:
        """Read the list again."""
        await self.fill()

    async def fill(self) -> None:
        """Show what there is now."""
        found = await self.read()
        if found is not None:
            self.things = dict(found)
            rows = [self.cells(thing) for thing in self.things.values()]
            self.query_one(FactList).set_rows(rows, list(self.things))

    @property
    def chosen(self) -> Any:
        """The thing under the cursor, or None."""
        return self.things.get(self.query_one(FactList).key)

    @on(FactList.RowActivated)
    async def opened(self, event: FactList.RowActivated) -> None:
        """Enter, or a second click."""
        event.stop()
        await self.action_first()

    async def on_action(self, id: str) -> None:
        self.act(id)

    @work(exclusive=True, group="act")
    async def act(self, id: str) -> None:
        """Ask and do."""
        await self.acts()[id]()
        await self.fill()

    async def change(self, name: str, /, **arguments: Any) -> Any:
        """Perform an operation; None, and said, where it was refused."""
        return await attempt(self, name, **arguments)

    @staticmethod
    def close_action() -> Action:
        """The way out."""
        return Action("cancel", _("Close"))
