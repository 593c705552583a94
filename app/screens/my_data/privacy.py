"""Privacy: all that is stored as files, and erasure, with what goes and what stays before it is asked."""

from __future__ import annotations

from app.i18n import _
from app.operations.core.privacy.preview import ErasurePreview
from app.screens.my_data.data_panel import DataSettings
from app.screens.my_products.changes import say
from app.screens.setting_list import Setting
from app.widgets.dialog import Confirm


class PrivacyPanel(DataSettings):
    """Export and erasure, then what an erasure takes away and what the law keeps."""

    async def renew(self) -> None:
        seen: ErasurePreview | None = None
        if self.may("ASK_ERASURE"):
            seen = await self.read("privacy.preview_erasure")
        self.fill([self.export_row(), *self.erasure_rows(seen)])

    def export_row(self) -> Setting:
        """All that is stored, as files."""
        whole = self.visit.reach("OWN_EXPORT") in ("account", "any")
        return Setting(
            "export",
            _("My data as files"),
            _("the account and my login") if whole else _("my login and my line"),
            detail=_(
                "Enter writes all that is stored: a text to read, CSV for spreadsheets, JSON for programs."
            ),
            change=self.export,
        )

    def erasure_rows(self, seen: ErasurePreview | None) -> list[Setting]:
        """Asking for erasure, and what it does."""
        if seen is None:
            why_not = _("Only the contract holder can ask for this.")
            return [Setting("erase", _("Erase my data"), "", why_not=why_not)]
        hinder = " ".join(seen.hinders)
        detail = _("Enter asks for it; our helpdesk releases it, then nothing brings the data back.")
        rows = [
            Setting(
                "erase",
                _("Erase my data"),
                hinder or _("can be asked for"),
                detail=f"{hinder}\n{detail}" if hinder else detail,
                tone="warning" if hinder else "",
                change=self.erase,
            )
        ]
        rows += [
            Setting(f"goes-{each.what}", _("Would go"), f"{each.what} ({each.count})") for each in seen.goes
        ]
        for kept in seen.stays:
            told = f"{kept.what} ({kept.count})"
            if kept.until:
                told = _("{what}, until {day}").format(what=told, day=kept.until)
            why = _("Kept because of {law}.").format(law=kept.why)
            rows.append(Setting(f"stays-{kept.what}", _("Stays"), told, detail=why))
        return rows

    async def export(self) -> None:
        """Write the files and say where they are."""
        done = await self.change("privacy.export")
        if done is not None:
            say(self, _("Written to {path}").format(path=done.path))

    async def erase(self) -> None:
        """Show once more what it does, then ask for it."""
        seen = await self.read("privacy.preview_erasure")
        if seen is None:
            return
        goes = ", ".join(f"{each.what} ({each.count})" for each in seen.goes)
        stays = ", ".join(f"{each.what} ({each.count})" for each in seen.stays) or _("nothing")
        text = _("Erased: {goes}.\nKept, without names: {stays}.\nThis cannot be undone.")
        told = "\n".join([*seen.hinders, text.format(goes=goes, stays=stays)])
        question = Confirm(
            _("Ask for erasure?"), told, yes=_("Ask for erasure"), no=_("Keep my data"), danger=True
        )
        if await self.app.push_screen_wait(question):
            case = await self.change("privacy.ask_erasure")
            if case is not None:
                say(self, _("It was asked for. Under Requests you see what became of it."))
