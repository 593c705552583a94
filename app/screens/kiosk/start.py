"""The start page of a kiosk: how to get in, whom to ask, and what anybody may read."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from app.content.operator import Operator
from app.i18n import _, language, mark
from app.screens.area import HelpWanted, attempt, desk_of
from app.screens.help_mark import HelpMark
from app.screens.kiosk.pages import PAGES, open_page
from app.screens.sign_in.screen import OWN_NAMES, LanguageChosen
from app.text import safe

WAYS: Final = (
    ("sign_in", mark("Sign in")),
    ("forgot_password", mark("Forgot password")),
    ("no_login", mark("No login yet?")),
    ("contact", mark("Contact and hours")),
)
TO_READ: Final = (("prices", mark("Prices")), ("articles", mark("Articles")), ("status", mark("Status")))
TARGETS: Final = (*WAYS, *TO_READ)
"""What is offered, in the order of the keys 1 to 7."""


class StartScreen(Screen[None]):
    """Shows nothing of anybody: this is what a kiosk shows while nobody is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", mark("Need help"), show=False, id="kiosk.help"),
        Binding("f2", "next_language", mark("Language"), id="kiosk.language"),
        *(
            Binding(str(key), f"go('{name}')", title, id=f"kiosk.{name}")
            for key, (name, title) in enumerate(TARGETS, 1)
        ),
        Binding("ctrl+o", "supervise", mark("For supervisors"), show=False, id="kiosk.supervise"),
        Binding("down,right", "app.focus_next", show=False),
        Binding("up,left", "app.focus_previous", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-usual"), (34, "-high")]
    place = "kiosk"

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator

    def compose(self) -> ComposeResult:
        with Horizontal(id="kiosk-top"):
            yield Static(safe(self.operator.name), id="kiosk-operator", markup=False)
            for code in self.operator.languages:
                current = " -current" if code == language() else ""
                yield Button(Content(OWN_NAMES[code]), id=f"language-{code}", classes=f"language{current}")
        with Vertical(id="kiosk-middle"):
            with Grid(id="kiosk-ways"):
                yield from self.targets(WAYS, 1)
            yield Static(_("To read without signing in"), id="kiosk-to-read", markup=False)
            with Grid(id="kiosk-reading"):
                yield from self.targets(TO_READ, 1 + len(WAYS))
            yield Static("", id="kiosk-notice", markup=False)
        with Horizontal(id="kiosk-foot-line"):
            contact = self.operator.contact
            yield Static(safe(f"{contact.phone}  ·  {contact.email}"), id="kiosk-foot", markup=False)
            yield HelpMark()

    @staticmethod
    def targets(offered: tuple[tuple[str, str], ...], first: int) -> ComposeResult:
        """Large buttons, each with its key."""
        for key, (name, title) in enumerate(offered, first):
            label = Content.assemble(f"{key}  ", (_(title), "bold"))
            yield Button(label, id=f"kiosk-{name}", classes="target")

    def on_mount(self) -> None:
        self.query_one("#kiosk-sign_in").focus()
        self.tell_faults()

    @work(exclusive=True, exit_on_error=False)
    async def tell_faults(self) -> None:
        """A fault stands on the start page itself, once the content is loaded."""
        await desk_of(self).opened()
        for row in await attempt(self, "status.current") or ():
            if row.kind == "fault" and row.now:
                self.say(row.title)
                return

    def say(self, text: str) -> None:
        """One line under the buttons."""
        self.query_one("#kiosk-notice", Static).update(Content(safe(text)))

    @on(Button.Pressed, ".target")
    def touched(self, event: Button.Pressed) -> None:
        """A large button."""
        event.stop()
        self.action_go((event.button.id or "").removeprefix("kiosk-"))

    @work(exclusive=True, group="go")
    async def action_go(self, name: str) -> None:
        """Open what was chosen."""
        from app.content.errors import ContentError
        from app.operations.core.errors import Unavailable

        try:
            await desk_of(self).opened()
        except (Unavailable, ContentError) as error:
            self.say(str(error))
            return
        if name in PAGES:
            await open_page(self.app, self.operator, name)
            return
        from app.screens.kiosk.sign_in import KioskSignIn

        await self.app.push_screen(KioskSignIn(self.operator, "" if name == "sign_in" else name))

    @on(Button.Pressed, ".language")
    def choose_language(self, event: Button.Pressed) -> None:
        """Show everything in another language."""
        event.stop()
        self.post_message(LanguageChosen((event.button.id or "").removeprefix("language-")))

    def action_next_language(self) -> None:
        """Show everything in the next language."""
        offered = self.operator.languages
        where = offered.index(language()) if language() in offered else -1
        self.post_message(LanguageChosen(offered[(where + 1) % len(offered)]))

    def action_help(self) -> None:
        """How things are done here."""
        self.post_message(HelpWanted())

    def action_supervise(self) -> None:
        """A supervisor leaves the kiosk, or starts it anew, after signing in."""
        from app.screens.kiosk.supervisor import SupervisorSignIn

        self.app.push_screen(SupervisorSignIn(self.operator))
