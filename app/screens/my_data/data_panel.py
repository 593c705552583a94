"""What the tabs of My Data have in common."""

from __future__ import annotations

from typing import Any

from textual.containers import Vertical
from textual.widget import Widget

from app.i18n import _
from app.operations.core import Visit
from app.screens.area import attempt, desk_of
from app.screens.my_products.changes import save
from app.screens.setting_list import SettingList, value_tone
from app.widgets.columns import Column
from app.widgets.line_table import LineTable


class DataPanel(Vertical):
    """One tab of My Data. It is mounted when it is first opened and then reused."""

    DEFAULT_CSS = "DataPanel { height: 1fr; width: 1fr; }"

    async def renew(self) -> None:
        """Read again what is shown, or for the first time. What has not changed is not painted again."""
        raise NotImplementedError

    async def show_object(self, number: int) -> None:
        """Put the cursor on the object of this id, where the tab lists such."""

    async def read(self, name: str, /, **arguments: Any) -> Any:
        """Read something; None, and said on the screen, if it cannot be read."""
        return await attempt(self, name, **arguments)

    async def change(self, name: str, /, **arguments: Any) -> Any:
        """Make a change, in a worker, and show it; None if it was not made."""
        done = await save(self, name, **arguments)
        await self.renew()
        return done

    @property
    def visit(self) -> Visit:
        """Whose data it is."""
        visit = desk_of(self).visit
        assert visit is not None
        return visit

    def may(self, right: str) -> bool:
        """Whether the visitor has a right now; operations check it again."""
        return self.visit.reach(right) is not None

    def why_not(self, right: str) -> str:
        """Why the visitor cannot change what needs this right; empty if they can."""
        if self.may(right):
            return ""
        if self.visit.assistance is not None and right in self.visit.content.matrix.forbidden:
            return _("Only the customer may do this, after signing in. It cannot be done on a call.")
        return _("Only an administrator of your account can change this.")


class DataSettings(SettingList, DataPanel):
    """A tab that lists facts; the values are longer than those of settings of a line."""

    def columns(self) -> list[Column]:
        return [
            Column("", 22),
            Column("", 24, flex=1, tone=value_tone),
            Column("", 14, shown_from=60, tone=lambda _row: "muted"),
        ]


def focus_in(panel: Widget) -> None:
    """Put the focus where work starts: into the list, if there is one."""
    for wanted in (panel.query(LineTable), panel.query("*")):
        for widget in wanted:
            if widget.focusable:
                widget.focus()
                return
