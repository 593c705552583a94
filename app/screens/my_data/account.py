"""The customer's data: all that is stored, and changing it."""

from __future__ import annotations

import functools

from textual.app import ComposeResult

from app import units
from app.i18n import _
from app.operations.account import AccountData, LastEdit
from app.screens.also_here import AlsoHere
from app.screens.my_data.account_form import AccountForm, labels, shown_values
from app.screens.my_data.data_panel import DataSettings
from app.screens.my_data.requests import ask
from app.screens.my_data.telephone_password import change_telephone_password
from app.screens.my_products.changes import say
from app.screens.setting_list import Setting
from app.screens.sign_in.screen import OWN_NAMES
from app.text import safe


class AccountPanel(DataSettings):
    """Facts that stand in the contract, then what can be changed, then when that was done last."""

    account: AccountData | None = None

    def compose(self) -> ComposeResult:
        yield AlsoHere(f"account:{self.visit.account_id}")
        yield from super().compose()

    async def renew(self) -> None:
        account = await self.read("account.get")
        if account is not None:
            self.account = account
            await self.query_one(AlsoHere).renew()
            self.fill([*self.contract(account), *self.contact_data(account), *self.others(account)])

    def contract(self, account: AccountData) -> list[Setting]:
        """What stands in the contract: none of it is changed in a form."""
        name = _("Company") if account.kind == "company" else _("Name")
        fixed = _("This cannot be changed.")
        renaming = _("The name stands in the contract and cannot be edited here.")
        since = units.date(account.created_at, self.visit.zone)
        return [
            Setting("number", _("Customer number"), account.number, detail=fixed),
            Setting(
                "name",
                name,
                account.name,
                _("read only"),
                renaming,
                why_not=self.why_not("EDIT_ACCOUNT"),
                change=self.ask_name,
                how=_("Press Enter to ask for another name."),
            ),
            Setting("since", _("Customer since"), since, detail=fixed),
        ]

    def contact_data(self, account: AccountData) -> list[Setting]:
        """What the customer changes."""
        why_not = self.why_not("EDIT_ACCOUNT")
        shown = shown_values(account, self.visit.content)
        detail = self.dated(account.last_edit)
        return [
            Setting(
                name,
                label,
                shown[name] or "–",
                detail=detail,
                why_not=why_not,
                change=functools.partial(self.edit, name),
                how=_("Press Enter to change address and contact data."),
            )
            for name, label in labels().items()
        ]

    def others(self, account: AccountData) -> list[Setting]:
        """The language of letters, and the telephone password."""
        spoken = _("Invoices and mails about the account are written in it.")
        telephone = _(
            "Who calls our helpdesk for you is asked for it. It is not the password you sign in with, and "
            "nobody can read it: our people type what they hear, and see whether it is right."
        )
        return [
            Setting(
                "language",
                _("Language"),
                OWN_NAMES.get(account.language, account.language),
                detail=spoken,
                why_not=self.why_not("EDIT_ACCOUNT"),
                change=functools.partial(self.edit, "language"),
                how=_("Press Enter to choose another one."),
            ),
            Setting(
                "telephone_password",
                _("Telephone password"),
                _("set") if account.has_telephone_password else _("none yet"),
                "",
                telephone,
                why_not=self.why_not("GUARD_ACCOUNT"),
                change=self.change_telephone_password,
                how=_("Press Enter to change or remove it.")
                if account.has_telephone_password
                else _("Press Enter to set it."),
            ),
        ]

    def dated(self, last: LastEdit | None) -> str:
        """When it was last changed, by whom and why."""
        if last is None:
            return ""
        when = units.instant(last.at, self.visit.zone)
        person = last.person or _("the operator's system")
        text = _("Changed on {when} by {person}.").format(when=when, person=safe(person))
        if last.caller:
            text = _("Changed on {when} by {person}, for {caller}.").format(
                when=when, person=safe(person), caller=safe(last.caller)
            )
        reason = _("Reason: {reason}").format(reason=safe(last.reason)) if last.reason else ""
        return "\n".join(filter(None, [text, reason]))

    async def edit(self, field: str) -> None:
        """Ask for all contact data, from the field that was chosen."""
        assert self.account is not None
        form = AccountForm(self.visit.content, self.account, field)
        if await self.app.push_screen_wait(form) is not None:
            say(self, _("Saved."))
            await self.renew()

    async def ask_name(self) -> None:
        """Another name is a request, which staff answer."""
        await ask(self, "name")

    async def change_telephone_password(self) -> None:
        """Ask for it twice, or remove it."""
        assert self.account is not None
        await change_telephone_password(self, self.account.id, is_set=self.account.has_telephone_password)
        await self.renew()
