"""Who else is here: colleagues and people of the customer who look at the same thing, or edit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from app.i18n import _
from app.screens.area import desk_of
from app.widgets.notice import Notice

if TYPE_CHECKING:
    from app.operations.core import Visit
    from app.operations.core.presence import Present


class AlsoHere(Notice):
    """One line that names who else is here; no line where nobody is.

    It says for its own session that it is here while it shows. Whoever polls for changes calls `renew`.
    """

    def __init__(self, about: str = "", **options: Any) -> None:
        super().__init__("", "info", classes="also-here", **options)
        self.about = about
        self._visit: Visit | None = None
        self._seen_at = ""
        """What others see this session look at."""

    def on_mount(self) -> None:
        if self.about:
            self.look(self.about)

    @work(exclusive=True, group="also-here")
    async def look(self, about: str, silent: bool = False) -> None:
        """Look at another thing from now on; the earlier one is left.

        Args:
            silent: see who is here without being seen.
        """
        self.about = about
        visit = desk_of(self).visit
        if visit is None:
            return
        self._visit = visit

        seen_at = self._seen_at

        def move() -> None:
            from app.operations.core import presence

            if seen_at and seen_at != about:
                presence.leave(visit, seen_at)
            if about and not silent:
                presence.enter(visit, about)

        self._seen_at = "" if silent else about
        await desk_of(self).run(move)
        await self.renew()

    async def renew(self) -> None:
        """Read again who is here."""
        visit, about = self._visit, self.about
        if visit is None or not about:
            return

        def read() -> list[Present]:
            from app.operations.core import presence

            return presence.others(visit, about)

        found = await desk_of(self).run(read)
        text = who_is_there(found)
        if self.is_attached and text != self.text:
            self.show(text, "warning" if any(each.editing for each in found) else "info")

    def on_unmount(self) -> None:
        visit, about = self._visit, self._seen_at
        if visit is None or not about or looks_at(self.app.screen_stack, about, self):
            return

        def leave() -> None:
            from app.operations.core import presence

            presence.leave(visit, about)

        desk_of(self).later(leave)


def looks_at(screens: Iterable[Screen[Any]], about: str, but: AlsoHere | None = None) -> bool:
    """Whether a page still shows the thing that something else on the screen has left."""
    lines = (line for screen in screens for line in screen.query(AlsoHere) if line is not but)
    return any(line.about == about for line in lines)


def who_is_there(others: Sequence[Present]) -> str:
    """The others in one sentence; empty where there is nobody."""
    names = [_("{name} (edits)").format(name=each.person) if each.editing else each.person for each in others]
    return _("Also here: {names}").format(names=", ".join(dict.fromkeys(names))) if names else ""
