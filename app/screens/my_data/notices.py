"""Newsletters and notices: switched on and off topic by topic."""

from __future__ import annotations

import functools

from app.i18n import _
from app.operations.mailings import Mailing
from app.screens.my_data.data_panel import DataSettings
from app.screens.my_products.setting_words import on_off
from app.screens.setting_list import Setting, value_tone
from app.widgets.columns import Column

ORDER = ("notice", "newsletter", "always")


class NoticesPanel(DataSettings):
    """Notices, newsletters apart, then what always comes. Enter switches."""

    def columns(self) -> list[Column]:
        return [
            Column("", 44),
            Column("", 5, tone=value_tone),
            Column("", 12, flex=1, tone=lambda _row: "muted"),
        ]

    async def renew(self) -> None:
        mailings: list[Mailing] | None = await self.read("mailings.page")
        if mailings is not None:
            mailings.sort(key=lambda each: ORDER.index(each.kind))
            self.fill([self.setting(each) for each in mailings])

    def setting(self, mailing: Mailing) -> Setting:
        """One topic."""
        kinds = {"notice": _("notice"), "newsletter": _("newsletter"), "always": _("always sent")}
        details = {
            "notice": _("A notice about your service, by e-mail."),
            "newsletter": _("News and offers, by e-mail."),
            "always": _("These mails cannot be switched off: without them you could not work safely."),
        }
        always = mailing.kind == "always"
        return Setting(
            mailing.topic,
            mailing.name,
            on_off(mailing.wanted),
            kinds[mailing.kind],
            "" if always else details[mailing.kind],
            "success" if mailing.wanted and not always else "muted",
            why_not=details["always"] if always else "",
            change=functools.partial(self.switch, mailing),
            how=_("Press Enter to switch it on or off."),
        )

    async def switch(self, mailing: Mailing) -> None:
        """The other way round, at once."""
        await self.change("mailings.set", topic=mailing.topic, wanted=not mailing.wanted)
