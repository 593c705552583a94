"""Somebody cannot get in any more and cannot be verified the usual way: the checks, then a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app.i18n import _, language
from app.operations.core.cases.view import CaseView
from app.screens.area import attempt, desk_of
from app.screens.my_products.dialogs import Choose, Option
from app.screens.operation_form import OperationForm
from app.screens.role_names import role_name
from app.text import safe
from app.widgets.dialog import Action
from app.widgets.form_field import FormField

CHECK = "check-"
OTHER = "other"


class LostLoginForm(OperationForm):
    """Opens a case for a person of the customer; answers with it.

    Args:
        lost: `email` or `second_factor`.
    """

    def __init__(self, account_id: int, login_id: int, person: str, lost: str) -> None:
        name = "cases.open_recovery" if lost == "email" else "cases.open_second_factor_reset"
        title = (
            _("{person}: e-mail address is lost") if lost == "email" else _("{person}: second factor is lost")
        )
        super().__init__(
            title.format(person=person), name, f"login:{login_id}", account_id=account_id, login_id=login_id
        )
        self.lost = lost

    def body(self) -> Iterable[Widget]:
        text = _("A colleague releases the case; until then nothing changes. Check everything:")
        yield Label(Content(safe(text)), classes="dialog-text")
        yield from super().body()

    def fields(self) -> Iterable[FormField]:
        visit = desk_of(self).visit
        assert visit is not None
        for check in visit.content.access.recovery:
            text = check.text.in_language(language())
            yield FormField(f"{CHECK}{check.id}", text, options=[("", _("not yet")), ("yes", _("checked"))])
        if self.lost == "email":
            yield FormField("email", _("New e-mail address"), required=True, max_length=254)
        yield FormField("reason", _("What happened"), required=True, max_length=300)

    def on_mount(self) -> None:
        for field in self.query(FormField):
            if not field.hint:
                field.query_one(".form-hint").display = False

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Open the case"), "primary"), Action("cancel", _("Cancel"))]

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        made = [
            name.removeprefix(CHECK) for name, value in values.items() if name.startswith(CHECK) and value
        ]
        rest = {name: value for name, value in values.items() if not name.startswith(CHECK)}
        return {**self.given, **rest, "checks": made}


async def open_lost_login(widget: Widget, account_id: int) -> CaseView | None:
    """Ask who it is and what is lost, then for the checks. To be awaited in a worker, for it asks."""
    card: Any = await attempt(widget, "callers.card", account_id=account_id)
    if card is None:
        return None
    persons = {f"{each.id}": each for each in card.persons if each.kind != "contact"}
    title = _("Who cannot get in? {customer}").format(customer=card.name)
    options = [Option(key, each.name, role_name(each.role)) for key, each in persons.items()]
    options.append(Option(OTHER, _("Somebody else"), _("A user: say the user name or e-mail address")))
    question = Choose(title, options)
    question.place = "lost_person"
    chosen = await widget.app.push_screen_wait(question)
    if chosen is None:
        return None
    person = persons[chosen] if chosen != OTHER else await widget.app.push_screen_wait(PersonForm(account_id))
    if person is None:
        return None
    options = [
        Option("email", _("E-mail address"), _("The address is lost, or nobody reads it any more")),
        Option("second_factor", _("Second factor"), _("The telephone is lost, and the recovery codes too")),
    ]
    question = Choose(_("What is lost?"), options)
    question.place = "lost_what"
    lost = await widget.app.push_screen_wait(question)
    if lost is None:
        return None
    case: CaseView | None = await widget.app.push_screen_wait(
        LostLoginForm(account_id, person.id, person.name, lost)
    )
    if case is not None:
        widget.app.notify(safe(opened_text(case)), markup=False, timeout=8)
    return case


class PersonForm(OperationForm):
    """Finds a person whom the list does not show, by what they signed in with."""

    def __init__(self, account_id: int) -> None:
        super().__init__(_("Who cannot get in?"), "cases.find_person", "", account_id=account_id)

    def fields(self) -> Iterable[FormField]:
        hint = _("All of it, as the person used it.")
        yield FormField("who", _("User name or e-mail address"), hint=hint, required=True, max_length=254)

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Find"), "primary"), Action("cancel", _("Cancel"))]


def opened_text(case: CaseView) -> str:
    """What to tell the caller."""
    text = _("Case {number} is open. A colleague has to release it.")
    return text.format(number=case.number)
