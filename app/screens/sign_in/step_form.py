"""The forms before and while signing in: they work beside the screen, and say where what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app.i18n import _
from app.text import safe
from app.widgets.dialog import Action, FormDialog
from app.widgets.form_field import FormField

if TYPE_CHECKING:
    from app.operations.core.errors import OperationError


class Wrong(ValueError):
    """What was refused, the field of the form that it is about, and more to say of the cure."""

    def __init__(self, message: str, field: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.cure = cure


def wrong(error: OperationError, cure: str = "") -> Wrong:
    """An operation's refusal, for a form to show."""
    return Wrong(error.message, error.field, cure)


class StepForm(FormDialog):
    """A form with a text above and one button that goes on; leaving it loses nothing worth a question.

    Args:
        title: what it is.
        text: what to do here.
        go: what the button says.
    """

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]

    def __init__(self, title: str, text: str = "", go: str = "") -> None:
        super().__init__(title, classes="step-form")
        self.text, self.go = text, go or _("Go on")
        self.busy = False

    def body(self) -> Iterable[Widget]:
        if self.text:
            yield Label(Content(safe(self.text, lines=True)), classes="dialog-text")
        yield from self.fields()
        yield from self.under_fields()
        yield Label("", classes="form-problem", markup=False)

    def under_fields(self) -> Iterable[Widget]:
        """What stands between the fields and the buttons."""
        return ()

    def actions(self) -> Sequence[Action]:
        return [Action("save", self.go, "primary"), Action("cancel", _("Cancel"))]

    def is_changed(self) -> bool:
        return False

    def on_mount(self) -> None:
        for field in self.query(FormField):
            field.focus_input()
            break

    async def on_action(self, id: str) -> None:
        if id == "save" and not self.busy:
            self.busy = True
            self.save_beside()

    @work
    async def save_beside(self) -> None:
        """Save in a worker: keys are heard while a hash is made."""
        try:
            await self.save()
        finally:
            self.busy = False

    def wait(self) -> None:
        """Say that the answer is on its way."""
        self.say(_("One moment …"))

    def show_problem(self, error: Exception) -> None:
        self.say(getattr(error, "cure", ""))
        super().show_problem(error)

    def say(self, text: str) -> None:
        """One line above the buttons."""
        self.query_one(".form-problem", Label).update(Content(safe(text, lines=True)))

    def typed(self, name: str) -> str:
        """What is in a field, or nothing where there is no such field."""
        found: list[Any] = [field for field in self.query(FormField) if field.name == name]
        return str(found[0].value) if found else ""
