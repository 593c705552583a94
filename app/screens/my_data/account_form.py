"""The forms of the customer's data: contact data, and the telephone password."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app import units
from app.content import Content
from app.i18n import _
from app.operations.account import EDITABLE, AccountData
from app.operations.core import contact_fields
from app.operations.core.names import country_name
from app.screens.my_data.record_form import RecordForm, checked
from app.screens.operation_form import FieldProblem
from app.screens.sign_in.screen import OWN_NAMES
from app.secret import Secret
from app.widgets.form_field import FormField


def labels() -> dict[str, str]:
    """The names of the fields that can be changed, in their order."""
    return {
        "contact_name": _("Contact person"),
        "street": _("Street and number"),
        "postcode": _("Postcode"),
        "city": _("City"),
        "country": _("Country"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
    }


def shown_values(account: AccountData, content: Content) -> dict[str, str]:
    """Contact data as people read and type it."""
    stored = {name: str(getattr(account, name)) for name in EDITABLE}
    country = country_name(account.country, content)
    return stored | {"country": country, "phone": units.phone(account.phone)}


def languages(account: AccountData, content: Content) -> list[tuple[str, str]]:
    """The languages of letters: the operator's, and the one that is stored."""
    codes = dict.fromkeys((*content.operator.languages, account.language))
    return [(code, OWN_NAMES.get(code, code)) for code in codes]


class AccountForm(RecordForm):
    """Contact data; the name is not among it."""

    def __init__(self, content: Content, account: AccountData, first: str) -> None:
        title = _("Change the data of {name}").format(name=account.name)
        super().__init__(title, "account.edit", f"account:{account.id}", version=account.version)
        self.content, self.account, self.first = content, account, first

    def fields(self) -> Iterable[FormField]:
        content, country = self.content, self.account.country
        checks = {
            "country": checked(lambda text: contact_fields.country(text, content)),
            "phone": checked(lambda text: contact_fields.phone(text, country, content)),
            "email": checked(contact_fields.email),
        }
        shown = shown_values(self.account, content)
        for name, label in labels().items():
            yield FormField(
                name,
                label,
                shown[name],
                check=checks.get(name, str),
                required=name in ("street", "city", "country"),
                max_length=contact_fields.LONGEST.get(name, 254),
            )
        yield FormField(
            "language", _("Language"), self.account.language, options=languages(self.account, content)
        )
        hint = _("Optional; kept with the change.")
        yield FormField("reason", _("Reason"), hint=hint, max_length=contact_fields.LONGEST["reason"])

    def on_mount(self) -> None:
        self.field(self.first).focus_input()

    def is_changed(self) -> bool:
        return any(field.changed for field in self.query(FormField) if field.name != "reason")

    def shown_value(self, field: str, value: object) -> str:
        text = str(value or "")
        if field == "country":
            text = country_name(text, self.content)
        if field == "language":
            text = OWN_NAMES.get(text, text)
        return (units.phone(text) if field == "phone" else text) or "–"


class TelephonePasswordForm(RecordForm):
    """The telephone password, twice; answers True."""

    def __init__(self, account_id: int) -> None:
        about = f"account:{account_id}"
        super().__init__(_("Set the telephone password"), "telephone_password.set", about)

    def fields(self) -> Iterable[FormField]:
        hint = _("At least 6 letters or digits, words that can be said. Not the password you sign in with.")
        yield FormField(
            "telephone_password",
            _("Telephone password"),
            hint=hint,
            secret=True,
            required=True,
            max_length=1000,
        )
        yield FormField("again", _("Once more"), secret=True, required=True, max_length=1000)

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        return {"telephone_password": Secret(self.field("telephone_password").value)}

    async def submit(self, values: dict[str, object]) -> object:
        if self.field("again").value != self.field("telephone_password").value:
            raise FieldProblem(_("This is not the same as above."), "again")
        await super().submit(values)
        return True
