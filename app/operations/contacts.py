"""Contacts: people without a login who may speak with the helpdesk for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.i18n import _, mark
from app.operations.core import (
    Conflict,
    Invalid,
    NotFound,
    Refused,
    Visit,
    account_mail,
    contact_fields,
    operation,
)
from app.operations.core.caller_people import ServiceName
from app.operations.core.contact_services import Scope, scope, services_of, set_services, with_scope

if TYPE_CHECKING:
    from app.models import Contact

KINDS: Final = ("internal", "external")
MOST: Final = 200
SUBJECT: Final = mark("Who may call us for you")
TOLD: Final = mark("{name} was stored as a contact of customer {number} and may speak with our helpdesk.")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact. kind: "internal" or "external"; everything: speaks about all services, else `services`."""

    id: int
    kind: str
    name: str
    company: str
    email: str
    phone: str
    everything: bool
    version: int
    services: tuple[ServiceName, ...] = ()


@operation("contacts.page", right="EDIT_ACCOUNT", changes=False)
def page(visit: Visit) -> list[ContactRow]:
    """Who may speak with the helpdesk without a login, by name."""
    services: dict[int, list[ServiceName]] = {}
    for contact, group, name in visit.rows(
        "SELECT contact_id, line_group.id, line_group.name FROM contact_service"
        " JOIN contact ON contact.id = contact_id JOIN line_group ON line_group.id = group_id"
        " WHERE contact.account_id = :account ORDER BY line_group.name, line_group.id",
        account=visit.account_id,
    ):
        services.setdefault(contact, []).append(ServiceName(group, name))
    rows = visit.rows(
        "SELECT id, kind, name, company, email, phone, whole_account <> 0, version FROM contact"
        " WHERE account_id = :account ORDER BY name, id LIMIT :most",
        account=visit.account_id,
        most=MOST,
    )
    return [ContactRow(*[*row[:6], bool(row[6]), row[7], tuple(services.get(row[0], ()))]) for row in rows]


@operation("contacts.add", right="EDIT_ACCOUNT")
def add(
    visit: Visit,
    name: str,
    kind: str = "internal",
    company: str = "",
    email: str = "",
    phone: str = "",
    everything: bool = False,
    services: list[str] | None = None,
) -> int:
    """Store a contact, who may speak with the helpdesk about all services or some; the contact's id.

    Args:
        name: the person.
        kind: internal or external: of the customer's own people, or of another company.
        company: of an external contact.
        email: where a code may be sent to.
        phone: the same.
        everything: may speak about all services.
        services: the ids of the services otherwise.
    """
    if visit.account_id is None:
        raise NotFound(_("No customer is open."))
    count = visit.row("SELECT count(*) FROM contact WHERE account_id = :account", account=visit.account_id)
    if count is not None and count[0] >= MOST:
        raise Refused(_("There are {most} contacts already. Remove one first.").format(most=MOST))
    said = {"name": name, "kind": kind, "company": company, "email": email, "phone": phone}
    fields = _checked(visit, said)
    about = scope(visit, services or [], everything)
    row = visit.row(
        "INSERT INTO contact (account_id, kind, name, company, email, phone, whole_account, created_at,"
        " version) VALUES (:account, :kind, :name, :company, :email, :phone, :whole, :now, 1) RETURNING id",
        account=visit.account_id,
        whole=int(everything),
        now=visit.now,
        **fields,
    )
    assert row is not None
    set_services(visit, row[0], about.groups)
    visit.touch("contact", row[0])
    _tell(visit, fields["name"])
    return int(row[0])


@operation("contacts.edit", right="EDIT_ACCOUNT")
def edit(
    visit: Visit,
    contact_id: int,
    name: str | None = None,
    kind: str | None = None,
    company: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    everything: bool | None = None,
    services: list[str] | None = None,
    version: int | None = None,
) -> int:
    """Change a contact; what is left out stays. The new version.

    Args:
        contact_id: the contact.
        name: the person.
        kind: internal or external.
        company: of an external contact.
        email: where a code may be sent to.
        phone: the same.
        everything: whether they may speak about all services.
        services: the ids of the services otherwise.
        version: the version that was read; somebody else's change since then is not overwritten.
    """
    from app.models import Contact
    from app.operations.core.editing import edit as edit_entity

    before = _own(visit, contact_id)
    said = {"name": name, "kind": kind, "company": company, "email": email, "phone": phone}
    changes: dict[str, Any] = _checked(visit, {key: text for key, text in said.items() if text is not None})
    if services and everything is None:
        everything = False
    if everything is not None:
        changes["whole_account"] = everything
    asked = everything is not None or services is not None
    about = scope(visit, services or [], bool(everything))
    try:
        contact = edit_entity(visit, Contact, contact_id, changes, version=version)
    except Conflict as conflict:
        raise with_scope(visit, conflict, before, about if asked else None) from conflict
    if asked:
        set_services(visit, contact_id, about.groups)
        _renew(visit, contact)
        _end_calls(visit, contact_id)
    visit.touch("contact", contact_id)
    _tell(visit, contact.name)
    return contact.version


@operation("contacts.remove", right="EDIT_ACCOUNT")
def remove(visit: Visit, contact_id: int) -> None:
    """Remove a contact: the helpdesk does not speak with them any more.

    Args:
        contact_id: the contact.
    """
    _own(visit, contact_id)
    set_services(visit, contact_id, ())
    _end_calls(visit, contact_id)
    visit.change.execute("DELETE FROM contact WHERE id = :contact", contact=contact_id)
    visit.touch("contact", contact_id)


def _end_calls(visit: Visit, contact_id: int) -> None:
    """Help that goes on for this contact was allowed for what they could speak about before."""
    visit.change.execute(
        "UPDATE assistance SET ended_at = :now WHERE caller_kind = 'contact' AND caller_id = :contact"
        " AND ended_at IS NULL",
        contact=contact_id,
        now=visit.now,
    )


def _own(visit: Visit, contact_id: int) -> Scope:
    """What a contact of this customer may speak about now."""
    row = visit.row(
        "SELECT whole_account FROM contact WHERE id = :contact AND account_id = :account",
        contact=contact_id,
        account=visit.account_id,
    )
    if row is None:
        raise NotFound(_("There is no such contact."), "contact_id")
    return Scope(bool(row[0]), services_of(visit, contact_id))


def _checked(visit: Visit, said: dict[str, str]) -> dict[str, str]:
    found = {}
    for name, text in said.items():
        if name in ("name", "company"):
            found[name] = contact_fields.one_line(text, name, required=name == "name")
    if "kind" in said:
        if said["kind"] not in KINDS:
            raise Invalid(_("Choose one of: {choices}.").format(choices=", ".join(KINDS)), "kind")
        found["kind"] = said["kind"]
    if "email" in said:
        found["email"] = contact_fields.email(said["email"])
    if "phone" in said:
        country = visit.row("SELECT country FROM account WHERE id = :account", account=visit.account_id)
        found["phone"] = contact_fields.phone(said["phone"], country[0] if country else "", visit.content)
    return found


def _renew(visit: Visit, contact: Contact) -> None:
    """Services are part of the contact: who read the contact before them sees that it changed."""
    visit.change.execute("UPDATE contact SET version = version + 1 WHERE id = :contact", contact=contact.id)
    visit.session.refresh(contact)


def _tell(visit: Visit, name: str) -> None:
    """Who may speak for the customer can learn much: the customer is told."""
    account_mail.tell(visit, "contact", SUBJECT, TOLD, name)
