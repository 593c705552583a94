"""A new customer as the helpdesk enters one: who holds the contract, and what was ordered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from app.i18n import LANGUAGES, _
from app.screens.area import desk_of
from app.screens.kept_form import KeptForm
from app.screens.sign_in.screen import OWN_NAMES
from app.text import safe
from app.widgets.dialog import Action
from app.widgets.form_field import FormField

if TYPE_CHECKING:
    from app.operations.customers import NewCustomer


class Wrong(ValueError):
    """What was refused, and the field that it is about."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class NewCustomerForm(KeptForm):
    """Answers with the `NewCustomer` that was made, or None."""

    def __init__(self, language: str, country: str) -> None:
        super().__init__(_("New customer"), "customers.create", "")
        self.first_language, self.home_country = language, country

    def fields(self) -> Iterable[FormField]:
        yield FormField(
            "kind", _("Kind"), "company", options=[("company", _("company")), ("person", _("person"))]
        )
        yield FormField("name", _("Name"), hint=_("Of the company or person."), required=True)
        yield FormField(
            "contact_name", _("Contract holder"), hint=_("Who gets the mails; left empty: the name above.")
        )
        yield FormField(
            "email",
            _("E-mail of the contract holder"),
            hint=_("User name and password code are mailed there."),
            required=True,
            max_length=254,
        )
        yield FormField(
            "language",
            _("Language of the mails"),
            self.first_language,
            options=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        )
        yield FormField(
            "product",
            _("Ordered"),
            hint=_("In the words of the mails: Installation of your …"),
            required=True,
            max_length=100,
        )
        yield FormField("street", _("Street and number"))
        yield FormField("postcode", _("Postcode"), max_length=20)
        yield FormField("city", _("City"), max_length=100)
        yield FormField(
            "country", _("Country"), self.home_country, hint=_("Two letters, like NL."), max_length=2
        )
        yield FormField("phone", _("Telephone"), hint=_("Like +31612345678."), max_length=20)

    def actions(self) -> list[Action]:
        return [Action("save", _("Make the customer"), "primary"), Action("cancel", _("Cancel"))]

    def on_mount(self) -> None:
        for field in self.query(FormField):
            if not field.hint:
                field.query_one(".form-hint").display = False

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        try:
            return await desk_of(self).do("customers.create", **values)
        except OperationError as error:
            raise Wrong(error.message, error.field) from error


async def enter_customer(widget: Widget) -> bool:
    """Ask, make the customer, and say the number; whether one was made. To be awaited in a worker."""
    content = desk_of(widget).content
    assert content is not None
    operator = content.operator
    made: NewCustomer | None = await widget.app.push_screen_wait(
        NewCustomerForm(operator.languages[0], operator.home_country)
    )
    if made is None:
        return False
    text = _("Customer {number} is made, the confirmation leaves now. Deliver the order under Orders.")
    widget.app.notify(safe(text.format(number=made.number)), markup=False, timeout=10)
    return True
