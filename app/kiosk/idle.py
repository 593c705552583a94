"""Somebody walks away from a kiosk without having signed in: a warning, then the next visitor's process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.screens.idle import KIOSK_WARNING_SECONDS, IdleWarning
from app.screens.kiosk.start import StartScreen

if TYPE_CHECKING:
    from app.kiosk.application import Kiosk

LOOK_SECONDS = 1.0


class KioskWatch:
    """Watches while nobody is signed in; after that the shell's own watch does, with the kiosk's times."""

    def __init__(self, app: Kiosk) -> None:
        self.app = app
        self.warning: IdleWarning | None = None

    def begin(self) -> None:
        """Look every second."""
        self.app.set_interval(LOOK_SECONDS, self.look)

    def look(self) -> None:
        """Warn, take the warning away, or end the visit; an untouched kiosk is left as it is."""
        app, desk = self.app, self.app.desk
        if desk.content is None or app.over or not app.touched or not app.screen_stack:
            return
        if desk.visit is not None and not isinstance(app.screen_stack[0], StartScreen):
            return
        left = desk.person_at + desk.content.access.sessions.idle("kiosk") - desk.clock.now()
        if left <= 0:
            app.run_worker(app.show_first_screen(), exit_on_error=False)
        elif left > KIOSK_WARNING_SECONDS or isinstance(app.screen, StartScreen):
            if self.warning is not None:
                self.warning.stay()
                self.warning = None
        elif self.warning is None or not self.warning.is_attached:
            self.warning = IdleWarning(left, at_kiosk=True)
            app.push_screen(self.warning)
        else:
            self.warning.show(left)
