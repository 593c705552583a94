"""One case for a second pair of eyes: what releasing it will do, then release or reject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from app.i18n import _
from app.operations.core.cases.days import example_day
from app.operations.core.cases.view import CaseView
from app.screens.also_here import AlsoHere
from app.screens.area import attempt, desk_of
from app.screens.case_words import case_lines
from app.screens.operation_form import OperationForm
from app.text import safe
from app.widgets.dialog import Action, Dialog
from app.widgets.form_field import FormField
from app.widgets.notice import Notice


class CaseScreen(Dialog):
    """Answers with True when the case was decided here."""

    place = "case_view"

    def __init__(self, case: CaseView) -> None:
        super().__init__(f"{case.number} · {case.title}")
        self.case = case

    def body(self) -> Iterable[Widget]:
        visit = desk_of(self).visit
        assert visit is not None
        yield AlsoHere(f"case:{self.case.id}")
        yield Static(case_lines(self.case, visit.zone), id="case-facts")
        yield Notice(self.case.why_not if self.case.status == "waiting" else "", "info", id="case-why-not")

    def actions(self) -> Sequence[Action]:
        close = Action("cancel", _("Close"))
        if self.case.why_not:
            return [close]
        return [
            Action("release", _("Release"), "primary", "r"),
            Action("reject", _("Reject"), "error", "x"),
            close,
        ]

    def on_mount(self) -> None:
        self.query("Button").last().focus()

    async def on_action(self, id: str) -> None:
        """Ask once more, with what will happen."""
        self.decide(id)

    @work(exclusive=True, group="decide")
    async def decide(self, id: str) -> None:
        """Release or reject it; when somebody was quicker, show what they did."""
        form = ReleaseForm(self.case) if id == "release" else RejectForm(self.case)
        done: CaseView | None = await self.app.push_screen_wait(form)
        if done is not None:
            self.app.notify(safe(decided_text(done)), markup=False)
            self.dismiss(True)
            return
        now: CaseView | None = await attempt(self, "cases.get", case_id=self.case.id)
        if now is not None and now != self.case:
            self.case = now
            await self.recompose()


class ReleaseForm(OperationForm):
    """The confirmation: what will happen, and from when where that can be chosen."""

    def __init__(self, case: CaseView) -> None:
        title = _("Release {number}?").format(number=case.number)
        super().__init__(title, "cases.release", f"case:{case.id}", case_id=case.id, version=case.version)
        self.case = case

    def body(self) -> Iterable[Widget]:
        steps = "\n".join(f"• {safe(step)}" for step in self.case.steps)
        yield Static(Content(steps), id="release-steps")
        yield from super().body()

    def fields(self) -> Iterable[FormField]:
        visit = desk_of(self).visit
        if self.case.dated and visit is not None:
            yield FormField(
                "from_day",
                _("From day"),
                hint=_("Like {example}; empty: as it was asked, or at once.").format(
                    example=example_day(visit)
                ),
                max_length=10,
            )

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Release"), "primary"), Action("cancel", _("Cancel"))]


class RejectForm(OperationForm):
    """The answer that who asked will read."""

    def __init__(self, case: CaseView) -> None:
        title = _("Reject {number}?").format(number=case.number)
        super().__init__(title, "cases.reject", f"case:{case.id}", case_id=case.id, version=case.version)

    def fields(self) -> Iterable[FormField]:
        yield FormField("answer", _("Answer"), hint=_("Who asked reads this."), required=True, max_length=300)

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Reject"), "error"), Action("cancel", _("Cancel"))]


def decided_text(case: CaseView) -> str:
    """What has become of it, in one sentence."""
    if case.status == "rejected":
        return _("{number} was rejected.").format(number=case.number)
    if case.done_at is None:
        return _("{number} was released; it takes effect on its day.").format(number=case.number)
    return _("{number} was released, and done.").format(number=case.number)
