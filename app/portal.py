"""The application: which screen is shown, who is signed in, which theme and language."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.events import Event, Key, MouseDown, MouseScrollDown, MouseScrollUp, Paste, Resize
from textual.screen import Screen

from app.clock import Clock
from app.content.errors import ContentError
from app.content.operator import Operator, read_operator
from app.i18n import _, mark, set_language
from app.log import keep_log
from app.practising import PractisingApp
from app.screens.area import Restyle
from app.screens.desk import Desk
from app.screens.home import may_go_home
from app.screens.sign_in.screen import LanguageChosen, SignedIn, SignInScreen
from app.settings import Settings, read_settings


class Portal(PractisingApp):
    """The customer portal in a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Over a dialog too: the time for a customer may run out while a form is filled in.
        Binding("f7", "longer", mark("More time for the call"), show=False, priority=True, id="call.extend"),
        # Over a dialog: below, the areas have the same keys themselves.
        Binding("f4", "home_over('areas')", mark("Home"), show=False, priority=True, id="portal.home_over"),
        Binding("alt+0", "home_over('any')", mark("Home"), show=False, priority=True, id="portal.home_over"),
    ]

    def __init__(
        self, settings: Settings, operator: Operator, clock: Clock | None = None, **options: Any
    ) -> None:
        super().__init__(
            log_folder=settings.home / "log",
            brand=operator.brand.primary,
            css_path=settings.first_sheet,
            **options,
        )
        self.settings = settings
        self.operator = operator
        self.desk = self.make_desk(clock)
        self.desk.on_signed_out = lambda reason: self.call_later(self.session_over, reason)
        self.desk.ask_password = self.ask_password
        self.desk.on_done = self.operation_done
        self.own_task: asyncio.Task[Any] | None = None
        self.title = operator.name

    def make_desk(self, clock: Clock | None) -> Desk:
        """Where this person's data comes from."""
        return Desk(self.settings, clock)

    def make_shell(self) -> Screen[None]:
        """The areas."""
        from app.screens.shell import Shell

        return Shell()

    def get_default_screen(self) -> Screen[None]:
        """The first screen is no second one over an empty one: that would be laid out and painted too."""
        first = SignInScreen(self.operator)
        # `switch_screen` of Textual 8.2.8 expects the callback that only pushed screens have.
        first._push_result_callback(first, None)
        return first

    def on_mount(self) -> None:
        self.own_task = asyncio.current_task()
        # The first frame is painted before the database and the operations are loaded.
        self.call_after_refresh(self.call_later, self.prepare, self.screen)

    def on_resize(self, event: Resize) -> None:
        """Too little room: say so over what is open, which stays as it is."""
        from app.screens.too_small import TooSmall, too_small

        if not self.screen_stack:  # one screen is about to take the place of another
            return
        covered = isinstance(self.screen, TooSmall)
        if too_small(event.size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not too_small(event.size):
            self.pop_screen()

    @work(exclusive=True, exit_on_error=False)
    async def prepare(self, first: Screen[Any]) -> None:
        """Load what comes after the first screen; what goes wrong is said there, before anybody types."""
        from app.operations.core.errors import Unavailable
        from app.widgets.balloon_tones import has_few_colours

        self.set_class(has_few_colours(self), "-few-colours")
        # Reading it before the first frame would cost a tenth of the start.
        self.stylesheet.read(self.settings.stylesheet)
        if self.screen_stack and self.screen is not first:
            self.refresh_css(animate=False)  # somebody was quicker, or was let in at another door
        else:
            self.stylesheet.parse()
        try:
            await self.desk.opened()
        except (Unavailable, ContentError) as error:
            self.say(str(error))

    @on(SignedIn)
    @work(exclusive=True, group="welcome")
    async def welcome(self, event: SignedIn) -> None:
        """Ask for which customer, where there are several; then show everything."""
        from app.operations.core.errors import OperationError
        from app.screens.welcome import choose_account

        try:
            await choose_account(self.screen, event.who)
        except OperationError as error:
            self.say(error.message)
            self.key_order.release()
        else:
            self.call_later(self.enter)

    def say(self, text: str) -> None:
        """One line on the first screen, if that is what shows."""
        say = getattr(self.screen, "say", None)
        if callable(say):
            say(text)

    async def enter(self) -> None:
        """Open the areas for who is in, and say when that was before."""
        from app.operations.core.errors import OperationError
        from app.screens.welcome import tell_last_sign_in

        while len(self.screen_stack) > 1:  # a form that was opened while the password was checked
            await self.pop_screen()
        try:
            await self.show_shell()
            self.key_order.release()
            if self.screen_stack:
                await tell_last_sign_in(self.screen)
        except OperationError as error:
            self.say(error.message)
        finally:
            self.key_order.release()

    async def show_shell(self) -> None:
        """Open the six areas for who signed in, in their language and colours."""
        profile = await self.desk.do("profile.get")
        if not self.screen_stack:
            return  # the person left while the answer was on its way
        set_language(profile.language)
        self.theme = profile.theme or self.theme
        await self.put(self.make_shell())
        self.use_own_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a call to extend only while an agent helps a customer."""
        if action == "home_over":
            # F4 is another key before somebody has signed in.
            inside = hasattr(self.screen_stack[0], "action_home") if self.screen_stack else False
            return may_go_home(self) and (inside or parameters[0] == "any")
        if action == "longer":
            visit = self.desk.visit
            return visit is not None and visit.assistance is not None
        return super().check_action(action, parameters)

    @work(group="call-action")
    async def action_longer(self) -> None:
        """More time for the call."""
        from app.screens.helpdesk.calls import extend_call
        from app.screens.shell import Shell

        for screen in self.screen_stack:
            if isinstance(screen, Shell):
                await extend_call(screen)

    @work(exclusive=True, group="home")
    async def action_home_over(self, where: str) -> None:
        """Back to the start from any depth; what is typed and not saved is asked about.

        Args:
            where: `areas` for the key that leads home only from what lies over the areas, or `any`.
        """
        from app.screens.home import leave_all

        if await leave_all(self):
            go_home = getattr(self.screen, "action_home", None)
            if go_home is not None:
                await go_home()

    def use_own_keys(self) -> None:
        """The person's own keys, if there is a file of them; what is wrong with it is said, not fatal."""
        path = self.settings.home / "keys.toml"
        if path.exists():
            from app.keymap import use_own_keys

            problem = use_own_keys(self, path)
            if problem:
                title = _("Your own keys are not in use")
                self.notify(problem, title=title, severity="error", timeout=20, markup=False)

    @on(LanguageChosen)
    async def change_language(self, event: LanguageChosen) -> None:
        """Show the first screen in another language."""
        set_language(event.code)
        with self.batch_update():  # one paint of many kB, not each of its parts
            await self.switch_screen(SignInScreen(self.operator))

    @on(Restyle)
    async def restyle(self, event: Restyle) -> None:
        """Show everything in the language and colours that were chosen."""
        visit = self.desk.visit
        if visit is not None:
            visit.language = event.language
            await self.show_shell()

    async def on_sign_out(self) -> None:
        """Back to the first screen; nothing of the visit stays on it or behind it."""
        await self.desk.end_visit()
        await self.show_first_screen()

    async def session_over(self, reason: str) -> None:
        """The real session is over; a practice ends with it."""
        await self.leave_practice()
        await self.back_to_sign_in(reason)

    async def back_to_sign_in(self, reason: str) -> None:
        """The session is over, ended here or elsewhere: say why on the first screen."""
        if self.desk.visit is None:
            return  # several operations found it out at once
        self.desk.visit = None
        await self.show_first_screen()
        self.say(reason)

    async def end_session(self, by: str, reason: str) -> None:
        """Nobody is there, or it has lasted long enough: nothing stays on the screen but the reason."""
        from app.operations.core.errors import OperationError

        await self.leave_practice()
        with suppress(OperationError):  # whatever cannot be written now, the screen is wiped
            await self.desk.end_visit(by)
        self.desk.visit = None
        await self.show_first_screen()
        self.say(reason)

    async def show_first_screen(self) -> None:
        """Close everything that is open and show the first screen."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.put(SignInScreen(self.operator))

    async def put(self, screen: Screen[None]) -> None:
        """Show another screen; who leaves meanwhile does not break it off half-way."""
        await asyncio.shield(self.switch_screen(screen))

    async def ask_password(self) -> bool:
        """Let the person give the password again; whether it was right."""
        from app.screens.password_prompt import PasswordPrompt

        prompt = self.screen if isinstance(self.screen, PasswordPrompt) else PasswordPrompt()
        if prompt is not self.screen:
            self.push_screen(prompt)
        if asyncio.current_task() is self.own_task:
            # A key that the application itself handles cannot wait for other keys: it is pressed once more.
            return False
        return await prompt.answer

    async def on_event(self, event: Event) -> None:
        """What the person does keeps the session going."""
        if isinstance(event, Key | MouseDown | MouseScrollDown | MouseScrollUp | Paste):
            (self.desk if self.practising is None else self.practising.real).seen()
        await super().on_event(event)

    async def on_unmount(self) -> None:
        """End the session and the worker thread after the last frame."""
        if self.practising is not None:
            self.practising.end()
            self.desk = self.practising.real
        self.desk.close()


def run() -> int:
    """Open the portal; the exit code."""
    settings = read_settings()
    errors: list[ContentError] = []
    operator = read_operator(settings.content, errors)
    if errors:
        raise errors[0]
    set_language(settings.language)
    keep_log(settings.home)
    portal = Portal(settings, operator)
    portal.run()
    return portal.return_code or 0
