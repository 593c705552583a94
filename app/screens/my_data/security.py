"""Login and security: password, where codes go, one-time passwords, sessions, and who may come from where."""

from __future__ import annotations

from app import units
from app.i18n import _, ngettext
from app.operations.allowed_addresses import AddressList
from app.operations.profile import Reached
from app.operations.second_factor import FactorState
from app.operations.sessions import SessionInfo
from app.operations.ssh_keys import SshKeyRow
from app.operations.tokens import TokenRow
from app.screens.my_data import login_changes
from app.screens.my_data.addresses_dialog import AddressesDialog
from app.screens.my_data.data_panel import DataSettings
from app.screens.my_data.sessions_dialog import SessionsDialog
from app.screens.my_data.ssh_keys_dialog import SshKeysDialog
from app.screens.my_data.telephone_password import change_telephone_password
from app.screens.my_data.tokens_dialog import TokensDialog
from app.screens.my_products.setting_words import on_off
from app.screens.setting_list import Setting, value_tone
from app.widgets.columns import Column


class SecurityPanel(DataSettings):
    """One's own login first, then what guards the whole account."""

    reached: Reached
    factor: FactorState
    telephone_is_set = False

    def columns(self) -> list[Column]:
        return [
            Column("", 22),
            Column("", 24, flex=1, tone=value_tone),
            Column("", 20, shown_from=60, tone=lambda _row: "muted"),
        ]

    async def renew(self) -> None:
        reached: Reached | None = await self.read("profile.reached")
        factor: FactorState | None = await self.read("second_factor.state")
        sessions: list[SessionInfo] | None = await self.read("sessions.page")
        keys: list[SshKeyRow] | None = await self.read("ssh_keys.page")
        tokens: list[TokenRow] | None = await self.read("tokens.page")
        if reached is None or factor is None or sessions is None or keys is None or tokens is None:
            return
        self.reached, self.factor = reached, factor
        self.fill(
            [
                *self.reach(reached),
                *self.codes(factor),
                self.sessions(sessions),
                self.keys(keys),
                self.tokens(tokens),
                *await self.guards(),
            ]
        )

    def why_not_own(self) -> str:
        """Why one's own login cannot be changed now."""
        if self.visit.assistance is not None:
            return _("This is your own login, not the customer's. End the help to change it.")
        return self.why_not("CHANGE_LOGIN")

    def reach(self, reached: Reached) -> list[Setting]:
        """Password, e-mail address and mobile number."""
        since = reached.password_set_at
        waits = _("waits for its code")
        address = _("Codes and notices about your login go there.")
        number = _("Your usage is followed by it.")
        change = _("Press Enter to change it.")
        if reached.asked_email:
            text = _("{email} counts once you type the code that was mailed there.")
            address = text.format(email=reached.asked_email)
        if reached.asked_mobile:
            text = _("{number} counts once you type the code that was sent there.")
            number = text.format(number=units.phone(reached.asked_mobile))
        pending = _("Press Enter to type the code, or to cancel the change.")
        why_not = self.why_not_own()
        return [
            Setting(
                "password",
                _("Password"),
                _("set on {date}").format(date=units.date(since, self.visit.zone)) if since else _("set"),
                why_not=why_not,
                change=self.change_password,
                how=change,
            ),
            Setting(
                "email",
                _("E-mail address"),
                reached.email,
                waits if reached.asked_email else "",
                address,
                why_not=why_not,
                change=self.change_email,
                how=pending if reached.asked_email else change,
            ),
            Setting(
                "mobile",
                _("Mobile number"),
                units.phone(reached.mobile or reached.line_number) or _("none linked"),
                waits if reached.asked_mobile else "",
                number,
                why_not=why_not,
                change=self.change_mobile,
                how=pending if reached.asked_mobile else _("Press Enter to link or unlink a number."),
            ),
        ]

    def codes(self, factor: FactorState) -> list[Setting]:
        """One-time passwords, and the codes for a lost phone."""
        why_not = self.why_not_own()
        detail = _("After your password you type six digits that an app on your phone shows.")
        left = ngettext("{count} left", "{count} left", factor.codes_left).format(count=factor.codes_left)
        off = _("One-time passwords are off; there is nothing to recover.")
        return [
            Setting(
                "factor",
                _("One-time passwords"),
                on_off(factor.on),
                _("required") if factor.required else "",
                detail,
                "success" if factor.on else "muted",
                why_not=why_not,
                change=self.change_factor,
            ),
            Setting(
                "recovery",
                _("Recovery codes"),
                left if factor.on else "–",
                detail=_("Each works once in place of your phone."),
                why_not=why_not or ("" if factor.on else off),
                change=self.new_codes,
                how=_("Press Enter to make ten new ones."),
            ),
        ]

    def sessions(self, sessions: list[SessionInfo]) -> Setting:
        """Where one is signed in."""
        count = len(sessions)
        return Setting(
            "sessions",
            _("Sessions"),
            ngettext("{count} open", "{count} open", count).format(count=count),
            why_not=self.why_not_own(),
            change=self.show_sessions,
            how=_("Press Enter to see where you are signed in, and to end what is not yours."),
        )

    def keys(self, keys: list[SshKeyRow]) -> Setting:
        """What opens the door over SSH."""
        count = len(keys)
        return Setting(
            "keys",
            _("SSH keys"),
            ngettext("{count} key", "{count} keys", count).format(count=count) if keys else _("none yet"),
            detail=_("With a key you sign in over SSH without your password."),
            why_not=self.why_not_own(),
            change=self.show_keys,
            how=_("Press Enter to see yours, and to add one."),
        )

    def tokens(self, tokens: list[TokenRow]) -> Setting:
        """What scripts work with."""
        count = sum(token.state == "valid" for token in tokens)
        return Setting(
            "tokens",
            _("Tokens for scripts"),
            ngettext("{count} valid", "{count} valid", count).format(count=count),
            detail=_("A script works with a token instead of your password."),
            why_not=self.why_not_own(),
            change=self.show_tokens,
            how=_("Press Enter to see yours."),
        )

    async def guards(self) -> list[Setting]:
        """What holds for all people of the account; for who does not manage it without the values."""
        why_not = self.why_not("GUARD_ACCOUNT")
        if self.visit.account_id is None:
            why_not = _("No customer is open.")
        addresses, telephone = "–", "–"
        change = _("Press Enter to change it.")
        if not why_not:
            found: AddressList | None = await self.read("allowed_addresses.page")
            account = await self.read("account.get")
            if found is not None:
                count = len(found.rows)
                addresses = ngettext("{count} address", "{count} addresses", count).format(count=count)
                addresses = addresses if count else _("from anywhere")
            if account is not None:
                self.telephone_is_set = account.has_telephone_password
                telephone = _("set") if self.telephone_is_set else _("none yet")
        return [
            Setting(
                "addresses",
                _("Allowed addresses"),
                addresses,
                detail=_("From which addresses your people may sign in."),
                why_not=why_not,
                change=self.show_addresses,
                how=change,
            ),
            Setting(
                "telephone",
                _("Telephone password"),
                telephone,
                detail=_("Who calls our helpdesk for you is asked for it."),
                why_not=why_not,
                change=self.change_telephone_password,
                how=change,
            ),
        ]

    async def change_password(self) -> None:
        """The present one and a new one."""
        await login_changes.change_password(self)
        await self.renew()

    async def change_email(self) -> None:
        """Ask for another address, or confirm the one that was asked for."""
        await login_changes.change_email(self, self.reached)
        await self.renew()

    async def change_mobile(self) -> None:
        """Link a number, confirm it, or take it off."""
        await login_changes.change_mobile(self, self.reached)
        await self.renew()

    async def change_factor(self) -> None:
        """Set up, or switch off."""
        await login_changes.change_factor(self, self.factor)
        await self.renew()

    async def new_codes(self) -> None:
        """Ten new recovery codes."""
        await login_changes.new_codes(self)
        await self.renew()

    async def show_sessions(self) -> None:
        """The list of them."""
        await self.app.push_screen_wait(SessionsDialog())
        await self.renew()

    async def show_keys(self) -> None:
        """The list of them."""
        await self.app.push_screen_wait(SshKeysDialog())
        await self.renew()

    async def show_tokens(self) -> None:
        """The list of them."""
        await self.app.push_screen_wait(TokensDialog())
        await self.renew()

    async def show_addresses(self) -> None:
        """The list of them."""
        await self.app.push_screen_wait(AddressesDialog())
        await self.renew()

    async def change_telephone_password(self) -> None:
        """Set it, change it or remove it."""
        await change_telephone_password(self, self.visit.account_id or 0, is_set=self.telephone_is_set)
        await self.renew()
