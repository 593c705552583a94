"""My Data: the account, one's own login, who else may act, how the portal looks, and what was done."""

from __future__ import annotations

from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Label, Select

from app import units
from app.i18n import LANGUAGES, _, language, mark
from app.operations.members import MemberRow
from app.operations.profile import THEMES, Profile
from app.screens.area import Area, Restyle
from app.screens.my_data.activity import Activity
from app.screens.panel import Facts, Line, Panel, rows
from app.screens.role_names import role_name
from app.screens.sign_in.screen import OWN_NAMES
from app.text import safe

TWO_COLUMNS = 100
OF_TEXTUAL = (mark("Dismiss menu"),)
"""Words of Textual's own widgets that the line of keys shows."""


class MyDataArea(Area):
    """Facts on the left, choices and the log of what was done on the right or below."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.profile: Profile | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="my-data", classes="columns"):
            with Horizontal(classes="pair"):
                yield Panel(_("Account"), id="my-account")
                yield Panel(_("My login"), id="my-login")
            with Horizontal(classes="pair"):
                yield Panel(_("Who may act for this account"), id="my-members")
                with Vertical(classes="box", id="my-looks") as box:
                    box.border_title = Content(_("Language and colours"))
                    yield Label(_("Language"), classes="quiet", markup=False)
                    yield Select(
                        [(OWN_NAMES[code], code) for code in LANGUAGES],
                        allow_blank=False,
                        value=language(),
                        compact=True,
                        id="my-language",
                    )
                    yield Label(_("Colours"), classes="quiet", markup=False)
                    yield Select(
                        [(theme_name(theme), theme) for theme in THEMES],
                        allow_blank=False,
                        compact=True,
                        id="my-theme",
                    )
            yield Activity(id="my-activity")

    async def refresh_data(self) -> None:
        profile: Profile | None = await self.attempt("profile.get")
        if profile is None:
            return
        self.profile = profile
        self.query_one("#my-account", Panel).show(self.account_lines(profile))
        self.query_one("#my-login", Panel).show(self.login_lines(profile))
        with self.prevent(Select.Changed):
            self.query_one("#my-language", Select).value = profile.language
            self.query_one("#my-theme", Select).value = profile.theme or "dark"
        people, log = self.may("VIEW_PEOPLE"), self.may("VIEW_AUDIT") and bool(profile.account_number)
        self.query_one("#my-members").display = people
        self.query_one("#my-activity").display = log
        if people:
            members: list[MemberRow] | None = await self.attempt("members.page")
            self.query_one("#my-members", Panel).show(member_lines(members or []))
        if log:
            await self.query_one(Activity).renew()

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        return self.desk.content.operator.time_zone if self.desk.content else "UTC"

    def may(self, right: str) -> bool:
        """Whether the visitor may do that for the account that is open, if one is."""
        visit = self.desk.visit
        return visit is not None and visit.account_id is not None and visit.reach(right) is not None

    def account_lines(self, profile: Profile) -> Content | Facts:
        """Master data of the account."""
        if not profile.account_number:
            return Content(_("No customer is open. Choose one on the Dashboard."))
        since = units.date(profile.customer_since or 0, self.zone)
        return rows(
            [
                (_("Customer number"), Content(safe(profile.account_number))),
                (_("Name"), Content(safe(profile.account_name))),
                (_("Kind"), Content(_("company") if profile.account_kind == "company" else _("person"))),
                (_("Language"), Content(OWN_NAMES.get(profile.account_language, profile.account_language))),
                (_("Customer since"), Content(since)),
                (_("Mobile lines"), Content(units.count(profile.lines))),
            ]
        )

    def login_lines(self, profile: Profile) -> Facts:
        """The login in use."""
        facts: list[Line] = [
            (_("Name"), Content(safe(profile.name))),
            (_("User name"), Content(safe(profile.user_name))),
            (_("E-mail"), Content(safe(profile.email))),
            (_("Role"), Content(role_name(profile.role))),
        ]
        if self.desk.visit is None or not self.desk.visit.is_staff:
            none = _("none linked: ask your administrator, then your own use shows here")
            facts.append((_("Mobile number"), Content(safe(units.phone(profile.line_number) or none))))
        if profile.last_sign_in_at:
            since = units.instant(profile.last_sign_in_at, self.zone)
            facts.append((_("Signed in since"), Content(since)))
        return rows(facts)

    @on(Select.Changed, "#my-language")
    @on(Select.Changed, "#my-theme")
    def restyle(self) -> None:
        """Keep the choice with the login, then show it."""
        wanted = self.query_one("#my-language", Select).value
        theme = self.query_one("#my-theme", Select).value
        if self.profile is not None and (wanted, theme) != (
            self.profile.language,
            self.profile.theme or "dark",
        ):
            self.keep(str(wanted), str(theme))

    @work(exclusive=True)
    async def keep(self, wanted: str, theme: str) -> None:
        """Store both choices."""
        assert self.profile is not None
        kept = True
        if wanted != self.profile.language:
            kept = await self.attempt("profile.set_language", language=wanted) is not None
        if theme != (self.profile.theme or "dark"):
            kept = kept and await self.attempt("profile.set_theme", theme=theme) is not None
        if kept:
            self.post_message(Restyle(wanted, theme))

    def on_resize(self, event: Resize) -> None:
        """One column where two would be narrow."""
        self.set_class(event.size.width < TWO_COLUMNS, "-narrow")

    def focus_first(self) -> None:
        self.query_one("#my-data").focus()


def theme_name(theme: str) -> str:
    """A theme in words."""
    return {
        "dark": _("Dark"),
        "light": _("Light"),
        "contrast": _("High contrast"),
        "ansi": _("The terminal's 16 colours"),
    }[theme]


def member_lines(members: list[MemberRow]) -> Content | Facts:
    """Name and role of each."""
    if not members:
        return Content(_("Nobody but the operator."))
    return rows([(safe(member.name, cells=22), Content(role_name(member.role))) for member in members], 24)
