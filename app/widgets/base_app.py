"""The application class under the portal: safe output, clean exits, no doors out, nothing that moves."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from rich.segment import Segment, Segments
from textual import constants
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.actions import ActionParseResult
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Key, Paste, Resize
from textual.message import Message
from textual.screen import Screen

from app.i18n import _
from app.text import safe
from app.widgets import nets, paint_once, quick_styles, themes
from app.widgets.key_order import KeyOrder, is_input
from app.widgets.last_moment import LastMoment
from app.widgets.shown import Changes, Shown

nets.install()
paint_once.install()
quick_styles.install()

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


class ScreenGone(Exception):
    """An answer came for a screen or widget that was left meanwhile: nobody is there to tell."""


class SafeApp(App[int]):
    """Base of every full-screen application of the portal.

    A crash shows an error number and nothing else; the details go to `log_folder`/errors.log (mode 0600),
    without local variables. SIGTERM and SIGHUP leave the terminal as it was. The palette, when a subclass
    offers one, holds only our own commands.
    """

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[Any]] = set()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, log_folder: Path | None = None, brand: str = themes.BRAND, **options: Any) -> None:
        self.key_order = KeyOrder(self, super().post_message)
        self.shown = Shown()
        super().__init__(**options)
        for theme in themes.themes(brand):
            self.register_theme(theme)
        # Chosen before the sheet is read: the watcher would have it read a second time.
        self.set_reactive(App.theme, "dark")
        self.stylesheet.set_variables(self.get_css_variables())
        self.add_class("-theme-dark")
        self.log_folder = log_folder
        self.animation_level = "none"
        self.error_number = ""
        """The number of the error that ended the application, or nothing."""
        self.last_moment: LastMoment | None = None
        """Set where the application holds a terminal of its own."""

    def post_message(self, message: Message) -> bool:
        if is_input(message) and self.key_order.keeps(message):
            return True
        return super().post_message(message)

    async def on_event(self, event: Event) -> None:
        back = event.is_forwarded
        if isinstance(event, Resize):
            self.shown.forget()  # terminals move what they show
        await super().on_event(event)
        if isinstance(event, Key | Paste):
            (self.key_order.came_back if back else self.key_order.given)(event)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = Changes(renderable, self.shown)
        super()._display(screen, renderable)

    def get_driver_class(self) -> type[Driver]:
        if constants.DRIVER is None:
            from app.widgets.driver import LoopDriver, can_drive

            if can_drive():
                return LoopDriver
        return super().get_driver_class()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.tokens("dark")

    def _on_load(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            try:
                loop.add_signal_handler(number, self._stopped_by, number)
            except (RuntimeError, ValueError):
                return  # not in the main thread, as in tests
            # The loop hears of it too; this one is called even while something keeps the loop busy.
            signal.signal(number, self._told_to_end)

    def _on_ready(self) -> None:
        # What is loaded now stays: the collector need not walk it again. It collects less often than usual,
        # but often enough that screens which were left do not pile up.
        gc.freeze()
        gc.enable()
        gc.set_threshold(10_000, 20, 50)

    def _told_to_end(self, number: int, _frame: object) -> None:
        self.end_soon(128 + number)

    def _stopped_by(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def end_soon(self, code: int) -> None:
        """Whatever still holds the program, it will be gone, and the terminal whole.

        Args:
            code: the exit code of an end by force.
        """
        if self.last_moment is None:
            from app.widgets.driver import LoopDriver

            if not isinstance(self._driver, LoopDriver):
                return  # nobody's own terminal, as in tests
            self.last_moment = LastMoment(self._driver.restore_by_force)
        self.last_moment.begin(code)

    def run(self, **options: Any) -> int | None:
        try:
            return super().run(**options)
        finally:
            if self.last_moment is not None:
                self.last_moment.over()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """What a key does may be overtaken: its screen was left before the answer came."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except ScreenGone:
            return True

    # Crashes

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(getattr(error, "error", error), ScreenGone):
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.error_number = self.note_error(error)
        self._fatal_error()

    def _fatal_error(self) -> None:
        message = _("Something went wrong and the portal had to stop. Error number: {number}")
        text = message.format(number=self.error_number)
        self._exit_renderables[:] = [Segments([Segment(text), Segment.line()])]
        self.end_soon(1)
        self._close_messages_no_wait()

    def note_error(self, error: BaseException) -> str:
        """Write the details of `error` to the log and return the number to show to the person."""
        import secrets

        number = "".join(secrets.choice(_ALPHABET) for _index in range(8))
        self.record_error(number, error)
        return number

    def record_error(self, number: str, error: BaseException) -> None:
        """Append the stack of `error`, without local variables, to the error log."""
        if self.log_folder is None:
            return
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        try:
            self.log_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(self.log_folder / "errors.log", flags, 0o600), "a") as log:
                log.write(f"error {number}\n{safe(''.join(lines), lines=True)}\n")
        except OSError:
            return  # a full disk must not hide the number from the person

    # Short notes

    def notify(self, message: str, **options: Any) -> None:
        """Show a note for a few seconds; one that still stands there is not shown twice."""
        if not any(each.message == message for each in self._notifications):
            super().notify(message, **options)

    # No doors out of the portal

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing: a browser would open where the portal runs, not where the person sits."""

    def action_suspend_process(self) -> None:
        """Do nothing: a stopped session would never come back."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: it writes a file where the portal runs."""

    async def action_simulate_key(self, key: str) -> None:
        """Do nothing: no text may press keys."""

    async def action_push_screen(self, screen: str) -> None:
        """Do nothing: screens are opened by code, not by text."""

    def exit(self, result: int | None = None, return_code: int = 0, message: Any | None = None) -> None:
        super().exit(result, return_code, safe(message, lines=True) if isinstance(message, str) else message)
        self.end_soon(return_code)
