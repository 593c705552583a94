"""Connection: what is set up on the device, secrets hidden until asked for, eSIMs, the line's own sites."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from app.i18n import _
from app.operations.core.registry import why_not
from app.screens.area import desk_of
from app.screens.my_products.esim_screen import show_esim
from app.screens.my_products.settings_panel import Setting, SettingsPanel
from app.screens.ticket import enter
from app.widgets.columns import Column

HIDDEN: Final = "••••••••"
SHOWN_SECONDS: Final = 30
ENTER: Final = "ENTER_LINE_SITES"
SITE: Final = "site:"
ACTIVATE: Final = "ACTIVATE_SIM"
ESIM: Final = "esim:"


class ConnectionPanel(SettingsPanel):
    """Names and values; Enter on a hidden one shows it for half a minute."""

    label_width = 28

    def columns(self) -> list[Column]:
        """Names of any length, values that are copied from the screen."""
        return [Column(_("Setting"), self.label_width), Column(_("Value"), 20, flex=1)]

    def on_mount(self) -> None:
        super().on_mount()
        self.shown: dict[str, str] = {}
        """What was asked for, until its time is over."""

    async def refresh_line(self, new: bool) -> None:
        line = self.line
        assert line is not None
        if new:
            self.shown = {}
        rows = await self.read("connection.get", line_id=line.id)
        if rows is not None:
            number, *settings = map(self.row, rows)
            self.fill([number, *await self.esims(), *settings, *await self.sites()])

    def row(self, row: Any) -> Setting:
        """One thing; a hidden one says how it is shown."""
        if not row.secret:
            return Setting(row.id, row.name, row.value, detail=row.value)
        shown = self.shown.get(row.id)
        seconds = _("Hidden. Enter shows it for {count} seconds; that is written down.")
        how = seconds.format(count=SHOWN_SECONDS)
        return Setting(
            row.id, row.name, shown or HIDDEN, detail=shown or "", how=how, change=self.reveal(row.id)
        )

    def reveal(self, item: str) -> Callable[[], Awaitable[None]]:
        """Enter on a hidden one shows it, or hides it again."""

        async def change() -> None:
            line = self.line
            assert line is not None
            if self.shown.pop(item, None) is None:
                found = await self.read("connection.reveal", line_id=line.id, item=item)
                if found is None:
                    return
                self.shown[item] = found.value
                self.set_timer(SHOWN_SECONDS, self.hide)
            await self.refresh_line(False)

        return change

    async def hide(self) -> None:
        """The time is over: nothing stays on a screen that is left alone."""
        self.shown = {}
        if self.line is not None:
            await self.refresh_line(False)

    async def esims(self) -> list[Setting]:
        """The profiles that a device can fetch; one that is not ready says so."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        found = await self.read("esim.page", line_id=line.id) or []
        how = _("Enter shows the picture that a device scans; that is written down.")
        return [
            Setting(
                f"{ESIM}{place}",
                f"{_('eSIM')} {esim.label}".strip(),
                _("ready to be activated") if esim.ready else _("not ready yet"),
                detail=esim.iccid,
                how=how if esim.ready else "",
                why_not=why_not(visit, ACTIVATE),
                change=self.activate(esim.id),
            )
            for place, esim in enumerate(found)
        ]

    def activate(self, sim_id: int) -> Callable[[], Awaitable[None]]:
        """Enter on an eSIM shows what a device scans."""

        async def change() -> None:
            assert self.line is not None
            await show_esim(self, self.line.id, sim_id)

        return change

    async def sites(self) -> list[Setting]:
        """The operator's sites that administer this line."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        if visit.reach(ENTER) is None:
            return []
        found = await self.read("handover.sites_of_line", line_id=line.id) or []
        how = _("Enter makes a link to it that works once, without signing in again.")
        return [
            Setting(
                f"{SITE}{site.id}",
                site.name,
                site.url,
                detail=site.url,
                how=how,
                why_not=why_not(visit, ENTER),
                change=self.go(site.id),
            )
            for site in found
        ]

    def go(self, site: str) -> Callable[[], Awaitable[None]]:
        """Enter on a site makes a ticket for this line."""

        async def change() -> None:
            assert self.line is not None
            await enter(self, "handover.make_for_line", line_id=self.line.id, site=site)

        return change
