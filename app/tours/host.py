"""What the portal does with tours: starts them, hears their keys, and opens the list of tasks."""

from __future__ import annotations

from typing import Any, Final, cast

from textual.app import App

from app.content.tours import Step, Tour
from app.i18n import _, language
from app.operations.core.errors import OperationError
from app.screens.desk import Desk
from app.tours.branches import steps_for
from app.tours.guide import Guide
from app.tours.help import show_tasks
from app.tours.log import RunLog
from app.tours.spotlight import Spotlight

TOLD_SECONDS: Final = 6


class HelpedApp(App[int]):
    """The application, as help sees it."""

    desk: Desk


class Host:
    """One for an application, made when somebody first asks for help."""

    def __init__(self, app: App[Any]) -> None:
        self.app = cast(HelpedApp, app)
        self.spotlight = Spotlight(app)
        self.guide: Guide | None = None
        """The tour that runs; None while none does."""

    def tour(self, id: str) -> Tour | None:
        """A tour by its id; while its file is being written, as it is now."""
        content = self.app.desk.content
        if content is None:
            return None
        content.tours.reload()
        return content.tours.tours.get(id)

    async def start(self, id: str, at: str = "") -> bool:
        """Show a task step by step; whether there is one of that name. To be awaited in a worker.

        Args:
            at: the step to begin with; the first one if it is empty, or is not there for this person.
        """
        tour = self.tour(id)
        if tour is None:
            return False
        self.leave("another")
        try:
            steps = await steps_for(self.app.desk, tour)
        except OperationError as error:
            self.app.notify(error.message, severity="error", markup=False, timeout=TOLD_SECONDS)
            return False
        if not steps:
            return False
        places = [step.id for step in steps]
        self.guide = guide = Guide(
            self.app, self.spotlight, tour, steps, places.index(at) if at in places else 0
        )
        self._watch(guide)
        guide.look()
        self.app.refresh_bindings()
        return True

    def _watch(self, guide: Guide) -> None:
        """Write down where it is, and say when it is over."""
        log = RunLog(self.app.desk, guide.tour.id)

        def reached(step: Step) -> None:
            log.backs, guide.backs = guide.backs, 0
            log.wrongs, guide.wrongs = guide.wrongs, 0
            log.reach(step)

        def ended(why: str) -> None:
            log.backs, log.wrongs = guide.backs, guide.wrongs
            log.end(why)
            self._ended(guide, why)

        guide.on_step, guide.on_end = reached, ended

    def _ended(self, guide: Guide, why: str) -> None:
        if self.guide is guide:
            self.guide = None
        title = guide.tour.title.in_language(language())
        if why == "finished":
            self.app.notify(title, title="✓ " + _("Done"), markup=False, timeout=TOLD_SECONDS)
        elif why == "left":
            text = _("{key} takes this up again.").format(key="F1")
            self.app.notify(text, title=title, markup=False, timeout=TOLD_SECONDS)
        self.app.call_later(self.app.refresh_bindings)

    def help(self) -> None:
        """The tasks of the screen in front."""
        self.app.run_worker(show_tasks(self, self.app.screen), group="help", exclusive=True)

    # Keys

    def may(self, action: str) -> bool:
        """Whether a key of a tour has something to do now."""
        guide = self.guide
        if guide is None or guide.over:
            return False
        if action == "enter":
            return guide.takes_enter
        if action == "leave":
            return guide.presenter.keeps_escape
        return guide.presenter.speaks

    async def do(self, action: str) -> None:
        """What a key of a tour does: next, back, leave, show_me, enter."""
        guide = self.guide
        if guide is None:
            return
        if action in ("next", "enter"):
            guide.next()
        elif action == "back":
            guide.back()
        elif action == "leave":
            guide.leave()

    def leave(self, why: str) -> None:
        """Nothing is shown any more."""
        if self.guide is not None:
            self.guide.leave(why)

    def heard(self) -> None:
        """The person pressed or clicked something."""
        if self.guide is not None:
            self.guide.heard()

    def succeeded(self, operation: str) -> None:
        """An operation succeeded."""
        if self.guide is not None:
            self.guide.succeeded(operation)
