"""Forms that lose nothing: what is typed is kept, and who else edits the same thing is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.timer import Timer
from textual.widget import Widget

from app import units
from app.i18n import _
from app.screens.also_here import looks_at, who_is_there
from app.screens.area import desk_of
from app.widgets.dialog import Confirm, FormDialog
from app.widgets.form_field import FormField
from app.widgets.notice import Notice
from app.widgets.secret_input import SecretInput

if TYPE_CHECKING:
    from app.operations.core import Visit

PAUSE_SECONDS = 1.0
"""How long nothing is typed before it is kept: one write for a pause, not one for a key."""
LATEST_SECONDS = 3.0
"""Who types on and on loses no more than this when the connection is cut."""


class KeptForm(FormDialog):
    """A form whose texts outlive the connection; secrets are never kept.

    It says at once who else edits the same thing. What was kept is offered when the same person opens the
    same form of the same thing again, and forgotten when the form is saved or left on purpose.

    Args:
        form: which form, as `cases.ask_name`.
        about: what it is about, as `account:5`; empty for something that is not there yet.
    """

    def __init__(self, title: str, form: str, about: str) -> None:
        super().__init__(title)
        self.form, self.about = form, about
        self._pause: Timer | None = None
        self._unkept_since = 0.0
        """When the first key was pressed of what is not kept yet; monotonic."""
        self._visit: Visit | None = None
        self._over = False
        self._texts: dict[str, str] = {}
        """What was typed last, read while the fields are there; nothing where all is as at first."""

    @property
    def place(self) -> str:
        """Which form it is, for who shows the way."""
        return f"form:{self.form}"

    def body(self) -> Iterable[Widget]:
        yield Notice(id="form-others")
        yield from super().body()

    def on_mount(self) -> None:
        self.take_up()

    @work(exclusive=True, group="take-up")
    async def take_up(self) -> None:
        """Say who else is here, and offer what was typed the last time."""
        desk = desk_of(self)
        self._visit = visit = desk.visit
        if visit is None:
            return

        def read() -> tuple[Any, Any]:
            from app.operations.core import drafts, presence

            draft = drafts.find(visit, self.form, self.about)
            if not self.about:
                return [], draft
            presence.enter(visit, self.about, editing=True)
            return presence.others(visit, self.about), draft

        others, draft = await desk.run(read)
        if not self.is_attached:
            return
        self.query_one("#form-others", Notice).show(who_is_there(others), "warning")
        if draft is None:
            return
        when = units.instant(draft.saved_at, visit.zone)
        question = Confirm(
            _("Take up what you typed?"),
            _("You typed into this form on {when} and did not save it.").format(when=when),
            yes=_("Take it up"),
            no=_("Start afresh"),
        )
        question.place = "draft_question"
        if await self.app.push_screen_wait(question):
            self.fill(draft.fields)
        else:
            self._forget()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put kept texts into their fields; a field that is no longer there is left out."""
        for field in self._kept_fields():
            if str(field.name) in texts:
                field.value = texts[str(field.name)]

    @on(FormField.Changed)
    def typed(self) -> None:
        """Keep what is typed once the person pauses."""
        fields = self._kept_fields()
        changed = any(field.changed for field in fields)
        self._texts = {str(field.name): field.value for field in fields} if changed else {}
        now = monotonic()
        if self._pause is None:
            self._unkept_since = now
        else:
            self._pause.stop()
        if now - self._unkept_since >= LATEST_SECONDS:
            self.keep_now()
        else:
            self._pause = self.set_timer(PAUSE_SECONDS, self.keep_now)

    def keep_now(self) -> None:
        """Keep what has been typed since it was kept the last time."""
        visit = self._visit or desk_of(self).visit
        if self._pause is None or visit is None or self._over:
            return
        self._pause.stop()
        self._pause = None
        texts = self._texts

        def write() -> None:
            from app.operations.core import drafts

            if texts:
                drafts.keep(visit, self.form, self.about, texts)
            else:
                drafts.drop(visit, self.form, self.about)

        desk_of(self).later(write)

    def dismiss(self, result: Any = None) -> Any:
        """Saved, or left on purpose: nothing is left to take up."""
        self._forget()
        self._over = True
        return super().dismiss(result)

    def on_unmount(self) -> None:
        self.keep_now()
        visit = self._visit
        if visit is None or not self.about:
            return
        looks = looks_at(self.app.screen_stack, self.about)

        def leave() -> None:
            from app.operations.core import presence

            if looks:
                presence.enter(visit, self.about)
            else:
                presence.leave(visit, self.about)

        desk_of(self).later(leave)

    def _forget(self) -> None:
        visit = self._visit or desk_of(self).visit
        if visit is None:
            return

        def drop() -> None:
            from app.operations.core import drafts

            drafts.drop(visit, self.form, self.about)

        desk_of(self).later(drop)

    def _kept_fields(self) -> list[FormField]:
        return [field for field in self.query(FormField) if not isinstance(field.input, SecretInput)]
