"""The first screen: who are you? It paints before anything heavy is loaded."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from app.content.operator import Operator
from app.i18n import LANGUAGES, _, language, mark
from app.screens.area import HelpWanted, desk_of
from app.screens.help_mark import HelpMark
from app.screens.practice_mark import name_on_top
from app.screens.role_names import role_name
from app.screens.sign_in.demo_logins import DemoLogin, demo_logins, demo_telephone_password
from app.screens.sign_in.ways_line import WaysLine
from app.text import safe
from app.widgets.key_order import key_order
from app.widgets.secret_input import SecretInput
from app.widgets.text_input import TextInput

OWN_NAMES = {"en": "English", "nl": "Nederlands", "de": "Deutsch"}


class SignedIn(Message):
    """Somebody is in; the desk knows who. `who` is what they typed as their name."""

    def __init__(self, who: str = "") -> None:
        super().__init__()
        self.who = who


class LanguageChosen(Message):
    """The person wants another language."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class SignInScreen(Screen[None]):
    """Asks for a name and a password, and says in one sentence what was wrong."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", mark("Need help"), show=False, id="portal.help"),
        Binding("f2", "next_language", "Language", id="sign_in.language"),
        Binding("f3", "way('have_code')", mark("I have a code"), id="sign_in.have_code"),
        Binding("f4", "way('forgot_password')", mark("Forgot password"), id="sign_in.forgot_password"),
        Binding("f5", "way('no_login')", mark("No login yet?"), id="sign_in.no_login"),
        Binding("f6", "way('forgot_user_name')", mark("Forgot user name"), id="sign_in.forgot_user_name"),
        Binding("ctrl+q", "leave", "Quit", id="portal.quit"),
    ]

    place = "sign_in"

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator
        self.logins: list[DemoLogin] = []

    def compose(self) -> ComposeResult:
        with Horizontal(id="sign-in-top"):
            yield Static(id="sign-in-operator", markup=False)
            yield Static("F2", id="sign-in-language", markup=False)
            for code in self.operator.languages:
                current = " -current" if code == language() else ""
                yield Button(
                    Content(OWN_NAMES[code]),
                    id=f"language-{code}",
                    classes=f"language{current}",
                    compact=True,
                )
        with VerticalScroll(id="sign-in-middle", can_focus=False):
            with Vertical(id="sign-in-box") as box:
                box.border_title = Content(_("Sign in"))
                yield Static(self.who_label(), classes="label", markup=False)
                yield TextInput(id="who")
                yield Static(_("Password"), classes="label", markup=False)
                yield SecretInput(id="password")
                yield Static("", id="sign-in-notice", markup=False)
                yield Button(Content(_("Sign in")), id="go", variant="primary", compact=True)
            yield WaysLine(id="sign-in-ways")
            self.logins = self.demo()
            if self.logins:
                yield from self.compose_demo()
        with Horizontal(id="sign-in-foot-line"):
            yield Static(self.foot(), id="sign-in-foot", markup=False)
            yield HelpMark()

    def demo(self) -> list[DemoLogin]:
        """The logins that a demonstration shows."""
        return demo_logins(desk_of(self).settings.home)

    def compose_demo(self) -> ComposeResult:
        with Vertical(id="sign-in-demo") as box:
            box.border_title = Content(_("Demonstration: choose who you are"))
            said = safe(demo_telephone_password(desk_of(self).settings.home), cells=30)
            if said:
                text = _("Telephone password of the customers: {password}")
                box.border_subtitle = Content(text.format(password=said))
            for index, login in enumerate(self.logins):
                line = f"{safe(login.user_name):<12}{safe(login.says)} · {role_name(login.role)}"
                yield Button(Content(line), id=f"demo-{index}", classes="demo-login", compact=True)

    def who_label(self) -> str:
        """What this operator's customers sign in with."""
        names = {
            "customer_number": _("Customer number"),
            "user_name": _("User name"),
            "email": _("E-mail address"),
        }
        return " / ".join(names[scheme] for scheme in self.operator.login_scheme)

    def foot(self) -> str:
        """How to reach the operator."""
        contact = self.operator.contact
        return safe(f"{contact.phone}  ·  {contact.email}") + "   ^Q " + _("Quit")

    def on_mount(self) -> None:
        # Who leaves while the language changes finds nothing on the new screen yet.
        for on_top in self.query("#sign-in-operator").results(Static):
            on_top.update(Content(name_on_top(on_top, self.operator.name)))
        for first in self.query("#who").results(Input):
            first.focus()

    @on(Input.Submitted, "#who")
    def go_on(self) -> None:
        """Enter in the first field goes to the second."""
        self.query_one("#password", Input).focus()

    @on(Input.Submitted, "#password")
    @on(Button.Pressed, "#go")
    def check(self) -> None:
        """Try what was typed."""
        who, password = self.query_one("#who", Input).value.strip(), self.query_one("#password", Input).value
        if not who:
            self.say(_("Fill in who you are."))
            self.query_one("#who", Input).focus()
        elif not password:
            self.say(_("Fill in the password."))
            self.query_one("#password", Input).focus()
        else:
            key_order(self.app).hold()  # what is typed now is meant for what opens
            self.sign_in(who, password)

    @work(exclusive=True)
    async def sign_in(self, who: str, password: str) -> None:
        """Ask the desk; the screen stays alive meanwhile."""
        from app.operations.core import OperationError, Refused

        button, field = self.query_one("#go", Button), self.query_one("#password", Input)
        button.disabled = True
        self.say(_("One moment …"))
        keys = key_order(self.app)
        try:
            await desk_of(self).opened()
            entered = await self.enter(who, password)
        except OperationError as error:
            self.say(error.message)
            if isinstance(error, Refused):
                field.value = ""
            field.focus()
            keys.release()
        else:
            field.value = ""
            self.say("")
            if entered:
                self.post_message(SignedIn(who))
            else:
                field.focus()
                keys.release()
        button.disabled = False

    async def enter(self, who: str, password: str) -> bool:
        """Sign in, with what is asked after the password; whether somebody is in now.

        Raises:
            OperationError: with what to say.
        """
        from app.operations.core.next_step import NextStep

        try:
            await desk_of(self).sign_in(who, password)
        except NextStep as step:
            from app.screens.sign_in.next_steps import go_on

            self.query_one("#password", Input).value = ""
            self.say("")
            key_order(self.app).release()
            return await go_on(self, step)
        return True

    @work(exclusive=True, group="way")
    async def action_way(self, name: str) -> None:
        """One of the ways for who cannot sign in."""
        from app.content.errors import ContentError
        from app.operations.core.errors import Unavailable
        from app.screens.sign_in.ways import WAYS

        try:
            await desk_of(self).opened()
        except (Unavailable, ContentError) as error:
            self.say(str(error))
        else:
            await WAYS[name](self)

    def may_sign_in_now(self, who: str, text: str) -> None:
        """A code was used: say what it did, with the name filled in and the password to be typed."""
        self.query_one("#who", Input).value = who
        self.query_one("#password" if who else "#who", Input).focus()
        self.say(text)

    @on(Button.Pressed, ".demo-login")
    def take_demo_login(self, event: Button.Pressed) -> None:
        """Sign in as one of the demonstration's people."""
        login = self.logins[int((event.button.id or "demo-0").removeprefix("demo-"))]
        self.query_one("#who", Input).value = login.user_name
        self.query_one("#password", Input).value = login.password
        self.check()

    @on(Button.Pressed, ".language")
    def choose_language(self, event: Button.Pressed) -> None:
        """Show everything in another language."""
        self.post_message(LanguageChosen((event.button.id or "").removeprefix("language-")))

    def action_next_language(self) -> None:
        """Show everything in the next language."""
        offered = [code for code in self.operator.languages if code in LANGUAGES]
        where = offered.index(language()) if language() in offered else -1
        self.post_message(LanguageChosen(offered[(where + 1) % len(offered)]))

    def action_help(self) -> None:
        """How things are done here."""
        self.post_message(HelpWanted())

    def action_leave(self) -> None:
        """Leave the portal."""
        self.app.exit(0)

    def say(self, text: str) -> None:
        """One line under the fields."""
        for line in self.query("#sign-in-notice").results(Static):  # there is none once the screen was left
            line.update(Content(safe(text)))
