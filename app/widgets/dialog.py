"""Dialogs: a title, a body, buttons; Esc leaves, and a changed form is not left without asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Label

from app.i18n import _
from app.text import safe
from app.widgets.form_field import FormField


@dataclass(frozen=True, slots=True)
class Action:
    """A button: `key` (optional) presses it from anywhere in the dialog."""

    id: str
    title: str
    kind: Literal["default", "primary", "error"] = "default"
    key: str = ""


class Dialog(ModalScreen[Any]):
    """Base of dialogs. Override `body()`, `actions()` and `on_action()`; `dismiss(result)` closes.

    Enter in a field, or a click, gives the first action; Esc calls `action_leave`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "first", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str, **kw: Any) -> None:
        super().__init__(**kw)
        self.heading = title
        self.waits_to_close: tuple[Any] | None = None
        """The result to close with once nothing lies above any more."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close this dialog and no other: Textual takes away whatever is on top.

        An answer may come after the dialog was left, and then closes nothing; or while something lies
        above it, and then waits until that has gone.
        """
        stack = self.app.screen_stack
        if self in stack[:-1]:
            self.waits_to_close = (result,)
        if self not in stack[-1:]:
            return AwaitComplete()
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        if self.waits_to_close is not None:
            self.dismiss(*self.waits_to_close)

    def body(self) -> Iterable[Widget]:
        """Return the widgets between title and buttons."""
        return ()

    def actions(self) -> Sequence[Action]:
        """Return the buttons, the main one first; "cancel" leaves."""
        return [Action("ok", _("OK"), "primary")]

    async def on_action(self, id: str) -> None:
        """Carry out the button `id`; by default close with it as the result."""
        self.dismiss(id)

    def is_changed(self) -> bool:
        """Return whether leaving now would lose something."""
        return False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(Content(safe(self.heading)), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield from self.body()
            with Horizontal(classes="dialog-buttons"):
                for action in self.actions():
                    key = f" {action.key}" if action.key else ""
                    yield Button(
                        Content(safe(action.title) + key),
                        id=action.id,
                        classes=f"-{action.kind}",
                        compact=True,
                    )

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self._run(event.button.id or "")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_first()

    async def on_key(self, event: Any) -> None:
        for action in self.actions():
            if action.key and action.key == event.key and not isinstance(self.focused, Input):
                event.stop()
                await self._run(action.id)

    async def action_first(self) -> None:
        await self._run(self.actions()[0].id)

    async def _run(self, id: str) -> None:
        if id == "cancel":
            self.action_leave()
        else:
            await self.on_action(id)

    def action_leave(self) -> None:
        """Close without a result; ask first when something would be lost."""
        if not self.is_changed():
            self.dismiss(None)
            return
        question = Confirm(
            _("Leave without saving?"), _("What you changed is lost."), yes=_("Leave"), no=_("Stay")
        )
        question.place = "leave_question"

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(None)

        self.app.push_screen(question, answered)


class Confirm(Dialog):
    """A question; the result is True or False."""

    place = "confirm"
    """Which question it is, for who shows the way."""

    def __init__(self, title: str, text: str, yes: str = "", no: str = "", danger: bool = False) -> None:
        super().__init__(title)
        self.text, self.danger = text, danger
        self.yes, self.no = yes or _("Yes"), no or _("No")

    def body(self) -> Iterable[Widget]:
        yield Label(Content(safe(self.text, lines=True)), classes="dialog-text")

    def actions(self) -> Sequence[Action]:
        return [Action("yes", self.yes, "error" if self.danger else "primary"), Action("no", self.no)]

    async def on_action(self, id: str) -> None:
        self.dismiss(id == "yes")

    def action_leave(self) -> None:
        self.dismiss(False)


class FormDialog(Dialog):
    """A form. Override `fields()` and `submit(values)`; raise ValueError there to show it above the buttons.

    An error with an attribute `field` is shown under the field of that name.
    """

    def fields(self) -> Iterable[FormField]:
        """Return the fields, in order."""
        return ()

    async def submit(self, values: dict[str, object]) -> object:
        """Do it with the values read by the fields' checks; what is returned closes the dialog."""
        return values

    def body(self) -> Iterable[Widget]:
        yield from self.fields()
        yield Label("", classes="form-problem", markup=False)

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Save"), "primary"), Action("cancel", _("Cancel"))]

    def is_changed(self) -> bool:
        return any(field.changed for field in self.query(FormField))

    async def on_action(self, id: str) -> None:
        if id == "save":
            await self.save()

    async def save(self) -> None:
        """Check all fields; go to the first that is wrong, or submit."""
        fields = list(self.query(FormField))
        values = {str(field.name): field.validated() for field in fields}
        wrong = next((field for field in fields if field.error), None)
        if wrong is not None:
            wrong.focus_input()
            return
        try:
            result = await self.submit(values)
        except ValueError as error:
            self.show_problem(error)
        else:
            self.dismiss(result)

    def show_problem(self, error: Exception) -> None:
        """Show a refusal under its field, or above the buttons."""
        name = getattr(error, "field", None)
        for field in self.query(FormField):
            if name and field.name == name:
                field.set_error(str(error))
                field.focus_input()
                return
        self.query_one(".form-problem", Label).update(Content(f"✗ {safe(str(error), lines=True)}"))
