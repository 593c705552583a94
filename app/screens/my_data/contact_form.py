"""The form of one contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import on

from app import units
from app.i18n import _
from app.operations.contacts import KINDS, ContactRow
from app.operations.core import contact_fields
from app.operations.lines import ServiceRow
from app.screens.my_data.record_form import RecordForm, checked
from app.widgets.form_field import FormField

TEXTS = ("name", "company", "phone", "email")
SERVICE = "service-"


class ContactForm(RecordForm):
    """A contact, or a new one; services are asked one by one where it is not all of them."""

    def __init__(self, services: Sequence[ServiceRow], contact: ContactRow | None, account_id: int) -> None:
        if contact is None:
            super().__init__(_("New contact"), "contacts.add", f"account:{account_id}")
        else:
            known = {"contact_id": contact.id, "version": contact.version}
            super().__init__(_("Change a contact"), "contacts.edit", f"contact:{contact.id}", **known)
        self.services, self.contact = list(services), contact

    def fields(self) -> Iterable[FormField]:
        shown = values_of(self.contact)
        names = {
            "name": _("Name"),
            "kind": _("Kind"),
            "company": _("Company"),
            "phone": _("Telephone"),
            "email": _("E-mail"),
        }
        for name, label in names.items():
            yield FormField(
                name,
                label,
                shown[name],
                check=checked(contact_fields.email) if name == "email" else str,
                options=[(kind, kind_name(kind)) for kind in KINDS] if name == "kind" else None,
                required=name == "name",
                max_length=contact_fields.LONGEST.get(name, 254),
            )
        scopes = [("all", _("all services")), ("some", _("only these:"))]
        yield FormField("scope", _("May speak about"), shown["scope"], options=scopes)
        for service in self.services:
            name = f"{SERVICE}{service.id}"
            choices = [("", _("no")), ("yes", _("yes"))]
            yield FormField(name, f"  {service.name}", shown.get(name, ""), options=choices)

    def on_mount(self) -> None:
        self.show_services()
        self.field("name").focus_input()

    @on(FormField.Changed, "#field-scope")
    def show_services(self) -> None:
        """Services are asked only where not all are meant."""
        for field in self.query(FormField):
            if str(field.name).startswith(SERVICE):
                field.display = self.field("scope").value == "some"

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        changed = self.changed()
        found: dict[str, Any] = {name: changed[name] for name in (*TEXTS, "kind") if name in changed}
        if self.contact is None or set(changed) - set(found):
            everything = self.field("scope").value == "all"
            found |= {"everything": everything, "services": [] if everything else self.chosen()}
        return {**self.given, **found}

    def chosen(self) -> list[str]:
        """Ids of the services that were said yes to."""
        named = [field for field in self.query(FormField) if str(field.name).startswith(SERVICE)]
        return [str(field.name).removeprefix(SERVICE) for field in named if field.value == "yes"]

    def shown_first(self, field: FormField) -> str:
        if field.name == "scope" and self.contact is not None:
            return scope_text(self.contact)
        return self.shown_value("" if field.name == "phone" else str(field.name), field.first_value)

    def shown_value(self, field: str, value: object) -> str:
        text = str(value or "")
        if field == "kind":
            text = kind_name(text)
        return (units.phone(text) if field == "phone" else text) or "–"


def values_of(contact: ContactRow | None) -> dict[str, str]:
    """A contact as the form shows it."""
    if contact is None:
        return {"name": "", "kind": KINDS[0], "company": "", "phone": "", "email": "", "scope": "all"}
    services = {f"{SERVICE}{each.id}": "yes" for each in contact.services}
    return services | {
        "name": contact.name,
        "kind": contact.kind,
        "company": contact.company,
        "phone": units.phone(contact.phone),
        "email": contact.email,
        "scope": "all" if contact.everything else "some",
    }


def scope_text(contact: ContactRow) -> str:
    """What a contact may speak about."""
    if contact.everything:
        return _("all services")
    return ", ".join(each.name for each in contact.services) or _("nothing yet")


def kind_name(kind: str) -> str:
    """Whose person a contact is."""
    return _("internal") if kind == "internal" else _("external")
