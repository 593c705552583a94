"""A form that asks what to filter by."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n import _
from app.widgets.dialog import Action, FormDialog
from app.widgets.form_field import FormField


class TextForm(FormDialog):
    """Answers with the text as typed, or None when it was left."""

    def __init__(self, title: str, label: str, value: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.label, self.value, self.hint = label, value, hint

    def fields(self) -> Iterable[FormField]:
        yield FormField("text", self.label, self.value, hint=self.hint)

    def actions(self) -> list[Action]:
        return [Action("save", _("Filter"), "primary"), Action("cancel", _("Cancel"))]

    async def submit(self, values: dict[str, object]) -> object:
        return str(values["text"]).strip()
