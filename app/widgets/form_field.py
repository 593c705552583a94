"""A field of a form: label, field, hint, and under it the error, checked when the field is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label

from app.i18n import _
from app.text import safe
from app.widgets.choice import Choice
from app.widgets.secret_input import SecretInput
from app.widgets.text_input import TextInput

Check = Callable[[str], object]
"""Turns what was typed into a value; raises ValueError with a message that names the cure."""


class FormField(Vertical):
    """Label, a text field (or a choice when `options` are given), hint or error.

    Args:
        name: the key of the field in the values of the form, and the name the operation's errors use.
        check: reads the text; its result is `parsed`. Also asked by `Form.values()`.
        secret: what is typed is not shown, and cannot be copied.
        required: an empty field is an error.
    """

    @dataclass
    class Changed(Message):
        """The value changed."""

        field: FormField

        @property
        def control(self) -> FormField:
            return self.field

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        hint: str = "",
        check: Check = str,
        options: Sequence[tuple[str, str]] | None = None,
        secret: bool = False,
        required: bool = False,
        max_length: int = 200,
        **kw: Any,
    ) -> None:
        super().__init__(name=name, id=kw.pop("id", f"field-{name}"), **kw)
        self.label, self.hint, self.check, self.required = label, hint, check, required
        self.first_value = value
        self.error = ""
        self.input: TextInput | Choice
        if options is None:
            self.input = (SecretInput if secret else TextInput)(value, max_length=max_length)
        else:
            self.input = Choice(options, value)
            self.first_value = self.input.value

    def compose(self) -> ComposeResult:
        star = " *" if self.required else ""
        yield Label(Content(safe(self.label) + star), classes="form-label")
        yield self.input
        yield Label(Content(safe(self.hint)), classes="form-hint")

    @property
    def value(self) -> str:
        """The text as typed, or the value chosen."""
        return self.input.value

    @value.setter
    def value(self, value: str) -> None:
        self.input.value = value
        if isinstance(self.input, TextInput):
            # What was selected before, as the whole first text is on entering, would go with the next key.
            self.input.cursor_position = len(value)

    @property
    def changed(self) -> bool:
        """Whether the value differs from the first one."""
        return self.value != self.first_value

    def validated(self) -> object | None:
        """Check the value, show the error or take it away; return the value read, None when wrong."""
        try:
            parsed = self.read()
        except ValueError as error:
            self.set_error(str(error))
            return None
        self.set_error("")
        return parsed

    def problem_now(self) -> str:
        """What is wrong with the value as it stands, or nothing; what is shown stays as it is."""
        try:
            self.read()
        except ValueError as error:
            return str(error)
        return ""

    def read(self) -> object:
        """The value as the field's check reads it.

        Raises:
            ValueError: with the cure.
        """
        if self.value.strip():
            return self.check(self.value)
        if self.required:
            raise ValueError(_("Fill this in."))
        return ""

    def set_error(self, message: str) -> None:
        """Show an error under the field, or with an empty message the hint again."""
        if message == self.error:
            return
        self.error = message
        self.set_class(bool(message), "-wrong")
        text = f"✗ {safe(message)}" if message else safe(self.hint)
        self.query_one(".form-hint", Label).update(Content(text))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if self.changed or self.error:
            self.validated()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    def focus_input(self) -> None:
        """Put the cursor into the field."""
        self.input.focus()
