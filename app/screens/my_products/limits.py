"""Limits & bars: the cost limit, notices, and what a line may not do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from app import units
from app.i18n import _
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.line_rows import whole_money
from app.screens.my_products.notices import NoticeForm
from app.screens.my_products.setting_words import on_off
from app.screens.my_products.settings_panel import Setting, SettingsPanel
from app.widgets.dialog import Confirm


class LimitsPanel(SettingsPanel):
    """Everything that stops or warns."""

    async def refresh_line(self, new: bool) -> None:
        line = self.line
        assert line is not None
        bars = await self.read("barring.get", line_id=line.id)
        if bars is None:
            return
        why_not = self.only_managers()
        settings = [self.limit_setting(why_not), self.hard_setting(why_not)]
        if line.zero:
            settings.append(self.zero_setting(why_not))
        settings += [self.bar_setting(bar, why_not) for bar in bars]
        settings += self.notice_settings()
        self.fill(settings)

    # The cost limit

    def limit_setting(self, why_not: str) -> Setting:
        """The limit in force, and a lower one that waits."""
        line = self.line
        assert line is not None
        note = _("{amount} used this month").format(
            amount=units.money_micro(line.counters.standard_micro // 10_000 * 10_000)
        )
        if line.pending_limit_cents is not None and line.pending_from is not None:
            note = self.pending_text(line.pending_limit_cents, line.pending_from)
        detail = _(
            "What data outside the EU may cost in a calendar month at the standard rate. SMS at 80 %; "
            "blocked at 100 % and, once lifted, again at 200 %. A higher limit holds at once, a lower one "
            "from the 1st."
        )
        return Setting(
            "limit",
            _("Cost limit outside the EU"),
            whole_money(line.limit_cents),
            note,
            f"{note}\n{detail}",
            why_not=why_not,
            change=self.change_limit,
        )

    def pending_text(self, cents: int, start: int) -> str:
        """The lower limit that waits for its day."""
        return _("{amount} from {date}").format(
            amount=whole_money(cents), date=units.date(start, self.zone, year=False)
        )

    async def change_limit(self) -> None:
        """Choose among the operator's limits; what a lower one means is shown beside it."""
        line = self.line
        assert line is not None
        choices = await self.read("limits.choices")
        if choices is None:
            return
        options = [
            Option(
                str(cents),
                whole_money(cents),
                _("from the 1st of next month") if cents < line.limit_cents else _("at once"),
            )
            for cents in choices
        ]
        chosen = await self.app.push_screen_wait(
            Choose(_("Cost limit outside the EU"), options, str(line.limit_cents))
        )
        if chosen is None:
            return
        done = await self.change(
            "limits.set",
            line_id=line.id,
            limit_cents=int(chosen),
            version=line.version,
            was_cents=line.limit_cents,
        )
        if done is not None and done.pending_cents is not None:
            say(self, self.pending_text(done.pending_cents, done.pending_from))

    def hard_setting(self, why_not: str) -> Setting:
        """Whether the user may go beyond the limit."""
        line = self.line
        assert line is not None
        note = _("the user cannot lift it") if line.hard_limit else _("the user may answer the SMS")
        detail = _(
            "On: the block of the cost limit stays until the 1st or a higher limit. "
            "Off: the user lifts it by answering the SMS."
        )
        return Setting(
            "hard",
            _("Hard limit"),
            on_off(line.hard_limit),
            note,
            detail,
            why_not=why_not,
            change=self.change_hard,
        )

    async def change_hard(self) -> None:
        """Switch it."""
        line = self.line
        assert line is not None
        await self.change("limits.set_hard", line_id=line.id, hard=not line.hard_limit, version=line.version)

    def zero_setting(self, why_not: str) -> Setting:
        """The block of a 0 GB line."""
        line = self.line
        assert line is not None
        lifted = line.zero_lifted
        return Setting(
            "zero",
            _("Data on this 0 GB line"),
            _("open") if lifted else _("blocked"),
            _("at the out-of-bundle rate") if lifted else _("since activation"),
            _(
                "A 0 GB line has its data blocked. When it is open, data in NL and the EU costs the normal "
                "out-of-bundle rate."
            ),
            "" if lifted else "warning",
            why_not,
            self.change_zero,
        )

    async def change_zero(self) -> None:
        """Lift the block, or put it back."""
        line = self.line
        assert line is not None
        if line.zero_lifted:
            title, text = _("Block the data again?"), _("Data of this line stops.")
            name, yes, place = "blocks.restore_zero", _("Block it"), "block_question"
        else:
            title, text = (
                _("Lift the block?"),
                _("Data in NL and the EU is then billed at the out-of-bundle rate."),
            )
            name, yes, place = "blocks.lift", _("Lift it"), "lift_question"
        question = Confirm(title, text, yes, _("Leave it"))
        question.place = place
        if await self.app.push_screen_wait(question):
            await self.change(name, line_id=line.id, version=line.version)

    # Bars

    def bar_setting(self, bar: Any, why_not: str) -> Setting:
        """One of the five switches."""
        details = {
            "premium": _("Barring stops calls to paid service numbers that begin with 090."),
            "international": _(
                "Barring stops calls from home and abroad to numbers of other countries, forwarding "
                "included. SMS stays possible."
            ),
            "data_outside_eu": _(
                "Barring stops data outside the EU. Calls, SMS and data in the EU stay possible."
            ),
            "data_eu": _("Barring stops data abroad in the EU. Calls and SMS abroad stay possible."),
            "roaming": _("Barring stops everything abroad: calls, SMS and data."),
        }
        return Setting(
            f"bar-{bar.code}",
            bar.name,
            _("barred") if bar.barred else _("allowed"),
            details.get(bar.code, ""),
            details.get(bar.code, ""),
            "warning" if bar.barred else "",
            why_not,
            self.bar_change(bar),
        )

    def bar_change(self, bar: Any) -> Callable[[], Awaitable[None]]:
        """Allowing is done at once; barring is confirmed with the operator's note."""

        async def change() -> None:
            line = self.line
            assert line is not None
            bars = [code for code in line.bars if code != bar.code]
            if not bar.barred:
                note = await self.read("barring.note")
                question = Confirm(_("Bar this?"), f"{bar.name}\n\n{note or ''}", _("Bar it"), _("Leave it"))
                question.place = "bar_question"
                if not await self.app.push_screen_wait(question):
                    return
                bars.append(bar.code)
            await self.change(
                "barring.set", line_id=line.id, bars=bars, version=line.version, was=list(line.bars)
            )

        return change

    # Notices

    def notice_settings(self) -> list[Setting]:
        """Volumes at which the user is told, and what the user has switched off by SMS."""
        line = self.line
        assert line is not None
        others = _("Your administrator, reseller or the helpdesk sets this value.")
        why_not = "" if self.may("SET_NOTICES") else others
        told = ", ".join(
            f"{name} {on_off(value)}"
            for name, value in (
                (_("use"), line.tell_usage),
                (_("borders"), line.tell_border),
                (_("limit"), line.tell_limit),
            )
        )
        once = _("The user is told by SMS at 80 and 100 % of this volume. A notice never blocks.")
        return [
            Setting(
                "usage-notice", _("Usage notice, NL and EU"), self.volume_text(line.usage_notice_bytes),
                _("SMS at 80 and 100 %"), once, why_not=why_not, change=self.change_notices,
            ),
            Setting(
                "roaming-notice", _("Roaming data notice"), self.volume_text(line.roaming_notice_bytes),
                _("SMS at 80 and 100 %"), once, why_not=why_not, change=self.change_notices,
            ),
            Setting(
                "told", _("Messages to the user"), _("by SMS"), told,
                _("The user switches these by SMS: BERICHT, INFO or LIMIET with AAN or UIT.") + "\n" + told,
                why_not=_("Only the user of the line switches these, by SMS."),
            ),
        ]  # fmt: skip

    @staticmethod
    def volume_text(size: int) -> str:
        """A notice's volume."""
        return units.volume(size) if size else _("none")

    async def change_notices(self) -> None:
        """Both values in one form."""
        line = self.line
        assert line is not None
        values = await self.app.push_screen_wait(
            NoticeForm(line.usage_notice_bytes, line.roaming_notice_bytes)
        )
        if values is not None:
            await self.change("limits.set_notices", line_id=line.id, version=line.version, **values)
