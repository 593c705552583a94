"""A form that performs an operation: what is wrong stands at its field, others' changes are compared."""

from __future__ import annotations

from typing import Any

from textual import work

from app.i18n import _
from app.screens.area import desk_of
from app.screens.kept_form import KeptForm
from app.screens.my_products.dialogs import Compare
from app.text import safe
from app.widgets.form_field import FormField


class FieldProblem(ValueError):
    """What is wrong, and with which field of the form; with none it stands above the buttons."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class OperationForm(KeptForm):
    """Answers with what the operation answers, or None when it was left.

    Fields are named as the operation's arguments. With a `version` among the arguments, a record that
    somebody else changed meanwhile is shown field by field; saved once more, it is meant.

    Args:
        operation: its name; also the name under which what is typed is kept.
        about: what the form is about, as `account:5`.
        arguments: what the operation is given besides the fields.
    """

    def __init__(self, title: str, operation: str, about: str, **arguments: Any) -> None:
        super().__init__(title, operation, about)
        self.operation, self.given = operation, arguments

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        """The operation's arguments for the values of the form."""
        return {**self.given, **values}

    def shown_value(self, field: str, value: object) -> str:
        """A stored value for people; a dash where there is none."""
        return "–" if value is None or value == "" else str(value)

    async def on_action(self, id: str) -> None:
        """Save in a worker, for it may ask something first."""
        if id == "save":
            self.run_save()

    @work(exclusive=True, group="save")
    async def run_save(self) -> None:
        await self.save()

    async def submit(self, values: dict[str, object]) -> object:
        """Perform the operation; None where the change of somebody else was kept."""
        from app.operations.core.errors import Conflict, OperationError

        arguments = self.arguments(values)
        while True:
            try:
                return await desk_of(self).do(self.operation, **arguments)
            except Conflict as conflict:
                if "version" not in arguments or not conflict.differences:
                    raise FieldProblem(conflict.message) from conflict
                if await self.app.push_screen_wait(Compare(conflict, self.differences(conflict))) != "mine":
                    text = _("Nothing was saved.")
                    self.app.notify(safe(text), severity="warning", markup=False)
                    return None
                arguments["version"] = conflict.version
            except OperationError as error:
                raise FieldProblem(error.message, error.field) from error

    def differences(self, conflict: Any) -> list[tuple[str, str, str, str]]:
        """Field by its label, what it was, what the other made of it, what is asked now.

        What it was is what the form was filled with, where the operation does not say it.
        """
        fields = {str(field.name): field for field in self.query(FormField)}
        found: list[tuple[str, str, str, str]] = []
        for each in conflict.differences:
            field, before = fields.get(each.field), each.before
            if before is None and field is not None:
                before = field.first_value
            was, theirs, mine = (
                self.shown_value(each.field, value) for value in (before, each.theirs, each.mine)
            )
            found.append((field.label if field is not None else each.field, was, theirs, mine))
        return found
