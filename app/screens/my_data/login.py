"""One's own login: who it is, and how the portal looks for it."""

from __future__ import annotations

from app import units
from app.i18n import _
from app.operations.profile import THEMES, Profile
from app.screens.area import Restyle
from app.screens.my_data.data_panel import DataSettings
from app.screens.my_products.dialogs import Choose, Option
from app.screens.role_names import role_name
from app.screens.setting_list import Setting
from app.screens.sign_in.screen import OWN_NAMES


class LoginPanel(DataSettings):
    """Facts, then language and colours, which Enter changes."""

    profile: Profile | None = None

    async def renew(self) -> None:
        profile = await self.read("profile.get")
        if profile is not None:
            self.profile = profile
            self.fill([*self.facts(profile), *self.looks(profile)])

    def facts(self, profile: Profile) -> list[Setting]:
        """Who it is; read only."""
        last = profile.last_sign_in_at
        found = [
            Setting("name", _("Name"), profile.name),
            Setting("user_name", _("User name"), profile.user_name),
            Setting("email", _("E-mail"), profile.email),
            Setting("role", _("Role"), role_name(profile.role)),
            Setting(
                "signed_in",
                _("Signed in since"),
                units.instant(last, self.visit.zone) if last else _("never"),
            ),
        ]
        if not self.visit.is_staff:
            how = _("Messages about your own use are about this number.")
            none = _("none linked: ask your administrator, then your own use shows here")
            number = units.phone(profile.line_number) or none
            found.insert(4, Setting("line", _("Mobile number"), number, detail=how))
        elif not profile.account_number:
            how = _("Choose one on the Dashboard: what you may see of a customer shows here then.")
            found.append(Setting("customer", _("Customer"), _("none is open"), detail=how))
        return found

    def looks(self, profile: Profile) -> list[Setting]:
        """Language and colours of the portal."""
        language = OWN_NAMES.get(profile.language, profile.language)
        enter = _("Press Enter to choose.")
        return [
            Setting("language", _("Language"), language, change=self.choose_language, how=enter),
            Setting("theme", _("Colours"), theme_name(profile.theme), change=self.choose_theme, how=enter),
        ]

    async def choose_language(self) -> None:
        """Ask for the language of the portal, keep it with the login, show it."""
        assert self.profile is not None
        options = [Option(code, OWN_NAMES[code]) for code in self.visit.content.operator.languages]
        wanted = await self.app.push_screen_wait(Choose(_("Language"), options, self.profile.language))
        if wanted not in (None, self.profile.language):
            done = await self.read("profile.set_language", language=wanted)
            if done is not None:
                self.post_message(Restyle(wanted, self.profile.theme or "dark"))

    async def choose_theme(self) -> None:
        """Ask for the colours of the portal, keep them with the login, show them."""
        assert self.profile is not None
        now = self.profile.theme or "dark"
        options = [Option(theme, theme_name(theme)) for theme in THEMES]
        wanted = await self.app.push_screen_wait(Choose(_("Colours"), options, now))
        if wanted not in (None, now) and await self.read("profile.set_theme", theme=wanted) is not None:
            await self.renew()
            self.post_message(Restyle(self.profile.language, wanted))


def theme_name(theme: str) -> str:
    """A theme in words."""
    return {
        "light": _("Light"),
        "contrast": _("High contrast"),
        "ansi": _("The terminal's 16 colours"),
    }.get(theme, _("Dark"))
