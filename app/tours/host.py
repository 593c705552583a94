"""What the portal does with tours: starts them, hears their keys, and opens the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from textual.app import App
from textual.events import Event, Key

from app.content.tours import Step, Tour
from app.i18n import _, language
from app.operations.core.errors import OperationError
from app.screens.desk import Desk
from app.tours.branches import steps_for
from app.tours.guide import Guide
from app.tours.help import show_tasks
from app.tours.log import RunLog
from app.tours.show_me import ShowMe
from app.tours.spotlight import Spotlight
from app.tours.tip import Tip, step_about
from app.tours.wording import named_key

TOLD_SECONDS: Final = 6
PACE: Final = 1.0
"""How slowly keys are pressed for people: 1 is reading speed."""


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
        self.player: ShowMe | None = None
        """What presses keys for the person, or did last."""
        self._tip: Tip | None = None

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
            at: the step to begin with, by its id or by its number in the balloon; the first one if it is
                empty, or is not there for this person.
        """
        tour = self.tour(id)
        if tour is None:
            return False
        self.leave_tip()
        self.leave("another")
        try:
            steps = await steps_for(self.app.desk, tour)
        except OperationError as error:
            self.app.notify(error.message, severity="error", markup=False, timeout=TOLD_SECONDS)
            return False
        if not steps:
            return False
        self.guide = guide = Guide(self.app, self.spotlight, tour, steps, index_of(steps, at))
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

        log.reach(guide.steps[guide.index])
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
        """What the field with the cursor is for; else, or asked once more, the tasks of the screen."""
        screen, content = self.app.screen, self.app.desk.content
        told = None if self.tip is not None or content is None else step_about(screen, content.tours.tours)
        self.leave_tip()
        if told is not None:
            self._tip = Tip(self.app, self.spotlight, screen, told)
            return
        show_tasks(self, screen)

    def leave_tip(self) -> None:
        """What was said of a field goes."""
        if self._tip is not None:
            self._tip.hide()
            self._tip = None

    @property
    def tip(self) -> Tip | None:
        """What is said of a field now, if anything."""
        return None if self._tip is None or self._tip.over else self._tip

    # Keys

    def may(self, action: str) -> bool:
        """Whether a key of a tour has something to do now."""
        guide = self.guide
        if action == "leave" and self.tip is not None:
            return True
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
        if self.tip is not None:
            self.leave_tip()
            return
        if guide is None:
            return
        if action in ("next", "enter"):
            guide.next()
        elif action == "back":
            guide.back()
        elif action == "leave":
            guide.leave()
        elif action == "show_me":
            self.show(guide)

    def show(self, guide: Guide, pace: float = PACE, samples: dict[str, str] | None = None) -> None:
        """Press the keys of the tour from here on, before the eyes of the person."""
        self.player = ShowMe(self.app, guide, pace, samples)
        self.app.run_worker(self.player.run(), group="show-me", exclusive=True)

    def leave(self, why: str) -> None:
        """Nothing is shown any more."""
        if self.guide is not None:
            self.guide.leave(why)

    def heard(self, event: Event) -> bool:
        """Something was pressed or clicked; whether it was only to stop what is being shown."""
        player = self.player
        if player is not None and not player.stopped and not self.is_over():
            if isinstance(event, Key) and player.is_own(event):
                return False
            player.stop(_("Stopped. {key} goes on.").format(key=named_key(self.app, "tour.show_me")))
            return isinstance(event, Key)
        if self.guide is not None:
            self.guide.heard()
        return False

    def is_over(self) -> bool:
        """Whether no tour runs."""
        return self.guide is None or self.guide.over

    def succeeded(self, operation: str) -> None:
        """An operation succeeded."""
        if self.guide is not None:
            self.guide.succeeded(operation)


def index_of(steps: Sequence[Step], at: str) -> int:
    """Where a step is that was said by its id, or by its number as a balloon shows it; 0 if there is none."""
    for index, step in enumerate(steps):
        if at in (step.id, str(index + 1)):
            return index
    return 0
