"""A session whose person is not there ends: first a warning with a countdown, then the screen is wiped."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial
from typing import Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from app.i18n import _, ngettext
from app.operations.core import sessions
from app.operations.core.sessions import Limits
from app.screens.area import desk_of

WARNING_SECONDS = 60
"""So long before the idle time is over the person is asked."""
KIOSK_WARNING_SECONDS = 20
"""The same at a kiosk, where people are gone sooner."""
LAST_SECONDS = 300
"""So long before the longest time is over it is said."""
LOOK_SECONDS = 60.0
"""The clock is looked at when something is due, but at least so often: it may have been put right."""


class EndsSessions(Protocol):
    """The application, as the watch sees it."""

    def end_session(self, by: str, reason: str) -> Awaitable[None]:
        """End the session and wipe the screen."""


async def watch_session(shell: Screen[None]) -> None:
    """Watch over the session of who works in this shell."""
    desk = desk_of(shell)
    visit = desk.visit
    limits = await desk.run(lambda: sessions.limits(visit)) if visit is not None else None
    if limits is not None:
        desk.person_at = max(desk.person_at, desk.clock.now())
        at_kiosk = visit is not None and visit.channel == "kiosk"
        Watch(shell, limits, at_kiosk=at_kiosk).begin()


class Watch:
    """Looks at the clock. Only the desk's `person_at` counts, which nothing moves but the person."""

    def __init__(self, shell: Screen[None], limits: Limits, *, at_kiosk: bool = False) -> None:
        self.shell = shell
        self.at_kiosk = at_kiosk
        self.warns_at = KIOSK_WARNING_SECONDS if at_kiosk else WARNING_SECONDS
        self.limits = limits
        self.warning: IdleWarning | None = None
        self.said_last = False
        self.over = False

    def begin(self) -> None:
        """Watch from now on."""
        desk_of(self.shell).before_person = self.end_if_over
        self.tick()

    def tick(self) -> None:
        """Look, and sleep until there is something to see."""
        self.look()
        if not self.over:
            self.shell.set_timer(min(self.seconds_to_next(), LOOK_SECONDS), self.tick)

    def seconds_to_next(self) -> int:
        """Until a warning is due; while one stands it counts down."""
        idle_left, left = self.seconds_left()
        return max(min(idle_left - self.warns_at, left - (0 if self.said_last else LAST_SECONDS)), 1)

    def seconds_left(self) -> tuple[int, int]:
        """Until the person has been away for too long, and until the session has lasted long enough."""
        desk = desk_of(self.shell)
        now = desk.clock.now()
        return desk.person_at + self.limits.idle_seconds - now, self.limits.ends_at - now

    def look(self) -> None:
        """Warn, take the warning away, or end the session."""
        self.end_if_over()
        if not self.over and desk_of(self.shell).visit is not None:
            idle_left, left = self.seconds_left()
            self.warn(idle_left)
            self.tell_last(left)

    def end_if_over(self) -> None:
        """End the session if it is time; asked too before anything counts that the person does: the host
        may have slept."""
        if self.over or desk_of(self.shell).visit is None or not self.shell.is_attached:
            return
        idle_left, left = self.seconds_left()
        if left <= 0:
            self.end("too_old", _("The session has lasted as long as it may. Sign in again to go on."))
        elif idle_left <= 0:
            self.end("idle", _("Nothing was done for a while. Sign in again to go on."))

    def warn(self, left: int) -> None:
        """Ask whether anybody is there, exactly while the time is nearly over."""
        if left > self.warns_at:
            if self.warning is not None:
                self.warning.stay()
            if self.warning is not None and not self.warning.is_attached:
                self.warning = None
        elif self.warning is None or not self.warning.is_attached:
            self.warning = IdleWarning(left, at_kiosk=self.at_kiosk)
            self.shell.app.push_screen(self.warning)
        else:
            self.warning.show(left)

    def tell_last(self, left: int) -> None:
        """Say once that the longest time is nearly over."""
        if left <= LAST_SECONDS and not self.said_last:
            self.said_last = True
            minutes = max(left // 60, 1)
            text = ngettext(
                "This session ends in {n} minute, whatever is done. Save what you are doing.",
                "This session ends in {n} minutes, whatever is done. Save what you are doing.",
                minutes,
            )
            self.shell.app.notify(text.format(n=minutes), severity="warning", markup=False, timeout=20)

    def end(self, by: str, reason: str) -> None:
        """Hand over to the application; the shell goes away with everything on it."""
        self.over = True
        app = self.shell.app
        app.run_worker(partial(cast(EndsSessions, app).end_session, by, reason), exit_on_error=False)


class IdleWarning(ModalScreen[None]):
    """Asks whether anybody is there; every key and every click says yes."""

    has_help = False

    def __init__(self, left: int, *, at_kiosk: bool = False) -> None:
        super().__init__()
        self.left = left
        self.at_kiosk = at_kiosk

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = Content(_("Are you still there?"))
            yield Static(self.text(), id="idle-left", markup=False)
            yield Static(self.afterwards(), classes="quiet", markup=False)

    def afterwards(self) -> str:
        """What becomes of what was typed."""
        if self.at_kiosk:
            return _("Then everything you did here is wiped for the next visitor.")
        return _("What you typed into a form is kept.")

    def text(self) -> str:
        """How long it still takes."""
        if self.at_kiosk:
            return ngettext(
                "This terminal starts anew in {n} second. Press any key, or touch, to go on.",
                "This terminal starts anew in {n} seconds. Press any key, or touch, to go on.",
                self.left,
            ).format(n=self.left)
        return ngettext(
            "You are signed out in {n} second. Press any key to stay.",
            "You are signed out in {n} seconds. Press any key to stay.",
            self.left,
        ).format(n=self.left)

    def show(self, left: int) -> None:
        """Count down."""
        self.left = left
        for line in self.query("#idle-left").results(Static):  # there is none yet while it opens
            line.update(Content(self.text()))

    def on_key(self, event: events.Key) -> None:
        """The key does nothing else."""
        event.stop()
        event.prevent_default()
        self.stay()

    def on_click(self) -> None:
        """A click is a person too."""
        self.stay()

    def stay(self) -> None:
        """Somebody is there."""
        if self.is_current:
            self.dismiss()
