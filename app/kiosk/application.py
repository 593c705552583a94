"""The portal at a kiosk: no way out of it, and nothing of a visitor outlives the visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.events import Event, Key, MouseDown, Paste
from textual.screen import Screen

from app.clock import Clock
from app.content.operator import Operator
from app.i18n import _, set_language
from app.kiosk.codes import LEAVE, NEXT, RESTART
from app.kiosk.desk import KioskDesk
from app.kiosk.idle import KioskWatch
from app.portal import Portal
from app.screens.area import TourWanted
from app.screens.home import leave_all
from app.screens.kiosk import start
from app.screens.kiosk.bar import HomeTouched, SignOutTouched
from app.screens.kiosk.supervisor import SupervisorChose
from app.screens.sign_in.screen import LanguageChosen, SignInScreen
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

SHUT: Final = frozenset(
    {
        *("quit", "help_quit", "quit_portal", "suspend_process", "command_palette", "screenshot"),
        *("find", "export", "practise", "leave_practice", "copy_text", "copy"),
    }
)
"""Actions that a kiosk does not have: their keys do nothing and are not shown."""
SHEET: Final = Path(start.__file__).with_name("kiosk.tcss")


class Kiosk(Portal):
    """One visitor's portal. The process ends with the visit; `return_code` says what comes next."""

    ALLOW_SELECT = False
    may_practise = False

    def __init__(
        self, settings: Settings, operator: Operator, clock: Clock | None = None, **options: Any
    ) -> None:
        super().__init__(settings, operator, clock, **options)
        self.css_path.append(SHEET)
        self.over = False
        """Whether the visit is over and the process about to end."""
        self.touched = False
        """Whether anybody did anything in this process."""

    def make_desk(self, clock: Clock | None) -> KioskDesk:
        return KioskDesk(self.settings, clock)

    def make_shell(self) -> Screen[None]:
        from app.screens.kiosk.shell import KioskShell

        return KioskShell()

    def get_default_screen(self) -> Screen[None]:
        """The start page; see `Portal` for the callback."""
        first = start.StartScreen(self.operator)
        first._push_result_callback(first, None)
        return first

    def on_mount(self) -> None:
        self.title = ""
        KioskWatch(self).begin()

    # The end of a visit

    async def show_first_screen(self) -> None:
        """The visit is over: what was typed and read goes with the process."""
        self.leave_with(NEXT)

    def leave_with(self, code: int) -> None:
        """End this process; `code` says what comes next."""
        self.over = True
        self.exit(return_code=code)

    def exit(self, result: int | None = None, return_code: int = 0, message: Any | None = None) -> None:
        """Nothing ends a kiosk but the end of a visit, a supervisor, and signals."""
        if self.over or return_code:
            super().exit(result, return_code, None)

    @on(SupervisorChose)
    async def supervisor_chose(self, event: SupervisorChose) -> None:
        """Sign the supervisor out, then do it."""
        await self.desk.end_visit()
        self.leave_with({"leave": LEAVE, "restart": RESTART}.get(event.what, NEXT))

    # What a kiosk does not have

    def _check_action_state(self, action: str, default_namespace: DOMNode) -> bool | None:
        """What is shut is not shown either."""
        if _name(action) in SHUT:
            return False
        return super()._check_action_state(action, default_namespace)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        if _name(action) in SHUT:
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def copy_to_clipboard(self, text: str) -> None:
        """Do nothing: the clipboard outlives the visit."""

    def use_own_keys(self) -> None:
        """Do nothing: the keys of a machine that anybody uses are those that the texts name."""

    async def practice(self, tour_id: str = "", login: str | None = None) -> bool:
        """Say that there is none: a practice is a visit in the visit."""
        self.notify(_("There is no practice here. At home you can practise every task."), markup=False)
        return False

    # Where people go

    @on(HomeTouched)
    def home_touched(self) -> None:
        """A large button."""
        self.action_home_over("any")

    @on(SignOutTouched)
    async def sign_out_touched(self) -> None:
        """A large button."""
        await self.on_sign_out()

    @on(LanguageChosen)
    async def start_in_language(self, event: LanguageChosen) -> None:
        """The start page in another language."""
        event.prevent_default()
        set_language(event.code)
        await leave_all(self)
        await self.put(start.StartScreen(self.operator))

    @on(TourWanted)
    async def tour_for_nobody(self, event: TourWanted) -> None:
        """Before signing in only the tours of visitors can be followed; they begin at the sign-in."""
        if self.desk.visit is not None:
            return
        tour = self.helper().tour(event.tour)
        if tour is None or tour.audience != "visitor":
            event.prevent_default()
            event.stop()
            self.notify(_("Sign in first; then this can be shown to you."), markup=False)
        elif not isinstance(self.screen, SignInScreen):
            from app.screens.kiosk.sign_in import KioskSignIn

            await leave_all(self)
            await self.push_screen(KioskSignIn(self.operator))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | MouseDown | Paste):
            self.touched = True
        await super().on_event(event)


def _name(action: str | ActionParseResult) -> str:
    """The bare name of an action: `screen.copy_text` and `way('no_login')` are copy_text and way."""
    said = action[1] if isinstance(action, tuple) else action.partition("(")[0]
    return said.rpartition(".")[2]
