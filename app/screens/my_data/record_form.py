"""Forms of something stored: only what was changed is sent, and what others changed stays theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.i18n import _
from app.screens.area import desk_of
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Compare
from app.screens.operation_form import FieldProblem, OperationForm
from app.widgets.form_field import FormField


class RecordForm(OperationForm):
    """Label and field in one line each. Saved without a change it closes and does nothing."""

    def on_mount(self) -> None:
        for field in self.query(FormField):
            field.set_class(not field.hint, "-plain")

    def field(self, name: str) -> FormField:
        """The field of that name."""
        return self.query_one(f"#field-{name}", FormField)

    def changed(self) -> dict[str, str]:
        """The texts of the fields that were changed."""
        return {str(field.name): field.value for field in self.query(FormField) if field.changed}

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        return {**self.given, **self.changed()}

    async def on_action(self, id: str) -> None:
        if id == "save" and not self.is_changed():
            self.dismiss(None)
        else:
            await super().on_action(id)

    async def submit(self, values: dict[str, object]) -> object:
        """Saved at once where somebody else changed other fields only; None where theirs was kept."""
        from app.operations.core.errors import Conflict, OperationError

        while True:
            try:
                return await desk_of(self).do(self.operation, **self.arguments(values))
            except Conflict as conflict:
                rows = self.differences(conflict)
                if rows and await self.app.push_screen_wait(Compare(conflict, rows)) != "mine":
                    say(self, _("Nothing was saved."), "warning")
                    return None
                self.given["version"] = conflict.version
            except OperationError as error:
                raise FieldProblem(error.message, error.field) from error

    def differences(self, conflict: Any) -> list[tuple[str, str, str, str]]:
        """Of the fields that were changed here too: as the form was filled, what they made of it, mine."""
        rows = []
        for each in conflict.differences:
            field = self.field(each.field)
            theirs = self.shown_value(each.field, each.theirs)
            was = self.shown_first(field)
            if theirs != was:
                rows.append((field.label, was, theirs, self.shown_value(each.field, each.mine)))
        return rows

    def shown_first(self, field: FormField) -> str:
        """What the form was filled with, as `shown_value` writes it."""
        return field.first_value or "–"


def checked(check: Callable[[str], object]) -> Callable[[str], object]:
    """A check of an operation, for a field of a form to ask when it is left."""
    from app.operations.core.errors import OperationError

    def ask(text: str) -> object:
        try:
            return check(text)
        except OperationError as error:
            raise ValueError(error.message) from error

    return ask
