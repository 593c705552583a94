"""One's open sessions: which one this is, and ending the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from app import units
from app.i18n import _
from app.operations.sessions import SessionInfo
from app.screens.area import attempt, desk_of
from app.screens.door_names import door_name
from app.screens.my_data.list_dialog import ListDialog
from app.screens.my_products.changes import say
from app.widgets.columns import Column
from app.widgets.dialog import Action, Confirm
from app.widgets.rows import Key, Row


class SessionsDialog(ListDialog):
    """The newest first."""

    def __init__(self) -> None:
        super().__init__(_("Sessions"), _("Where you are signed in now."))

    def columns(self) -> list[Column]:
        return [
            Column(_("Signed in"), 17),
            Column(_("Last seen"), 17),
            Column(_("Where"), 12, flex=1),
            Column("", 9, tone=lambda _row: "success"),
        ]

    def actions(self) -> Sequence[Action]:
        return [
            Action("end", _("End it"), "primary", "x"),
            Action("others", _("End all others"), key="o"),
            self.close_action(),
        ]

    def acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"end": self.end, "others": self.end_others}

    async def read(self) -> Sequence[tuple[Key, SessionInfo]] | None:
        found: list[SessionInfo] | None = await attempt(self, "sessions.page")
        return None if found is None else [(each.id, each) for each in found]

    def cells(self, thing: SessionInfo) -> Row:
        visit = desk_of(self).visit
        zone = visit.zone if visit else "UTC"
        where = f"{door_name(thing.channel)} {thing.address}".strip()
        here = _("this one") if thing.this else ""
        return (units.instant(thing.started_at, zone), units.instant(thing.seen_at, zone), where, here)

    async def end(self) -> None:
        """End the one under the cursor; this one ends by signing out."""
        session: SessionInfo | None = self.chosen
        if session is None:
            return
        if session.this:
            say(self, _("You work in this one: sign out to end it."), "warning")
            return
        if await self.app.push_screen_wait(ending(_("End this session?"))):
            await self.change("sessions.end", session=session.id)

    async def end_others(self) -> None:
        """End all but this one."""
        others = [each for each in self.things.values() if not each.this]
        if not others:
            say(self, _("There is no other session."))
            return
        if await self.app.push_screen_wait(ending(_("End all other sessions?"))):
            await self.change("sessions.end_others")


def ending(title: str) -> Confirm:
    """The question before somebody is signed out."""
    return Confirm(title, _("Whoever works there is signed out."), danger=True)
