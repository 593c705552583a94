"""What the tabs of a line have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Vertical
from textual.message import Message

from app.screens.area import attempt, desk_of
from app.screens.my_products.changes import save

if TYPE_CHECKING:
    from app.operations.core.line_records import LineDetail


class LineChanged(Message):
    """Something of the line was changed here; the page reads it again."""


class Panel(Vertical):
    """One tab of the page of a line. It is mounted when it is first opened and then reused."""

    DEFAULT_CSS = "Panel { height: 1fr; width: 1fr; }"

    line: LineDetail | None = None

    async def show(self, line: LineDetail) -> None:
        """Show this line, or what is new about it. What has not changed is not painted again."""
        new = self.line is None or self.line.id != line.id
        self.line = line
        await self.refresh_line(new)

    async def refresh_line(self, new: bool) -> None:
        """Bring the panel up to date with `self.line`; `new` if it is another line than before."""
        raise NotImplementedError

    async def read(self, name: str, /, **arguments: Any) -> Any:
        """Read something; None, and said on the screen, if it cannot be read."""
        return await attempt(self, name, **arguments)

    async def change(self, name: str, /, **arguments: Any) -> Any:
        """Make a change, in a worker; None if it was not made."""
        done = await save(self, name, **arguments)
        if done is not None:
            self.post_message(LineChanged())
        return done

    def may(self, right: str) -> bool:
        """Whether the visitor's role has a right; operations check it again."""
        visit = desk_of(self).visit
        return visit is not None and visit.reach(right) is not None

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        visit = desk_of(self).visit
        assert visit is not None
        return visit.zone

    def focus_first(self) -> None:
        """Put the focus where work starts."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return
