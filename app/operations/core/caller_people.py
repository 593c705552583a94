"""Who may call for a customer, and about what: the holder, administrators and stored contacts."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _
from app.operations.core.errors import Invalid, NotFound, Refused
from app.operations.core.visit import Visit

KINDS = ("holder", "admin", "contact")


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A group subscription of the customer."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may call.

    kind: holder, admin or contact; id: of the login, or of the contact; role: the kind, or for a contact
    "internal" or "external"; everything: may speak about all services, else about `services`;
    may_code_by: "mail", "sms" where an address of theirs is stored.
    """

    kind: str
    id: int
    name: str
    role: str
    company: str
    everything: bool
    services: tuple[ServiceName, ...]
    may_code_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a caller's code goes, and in which language it is written."""

    mail: str
    sms: str
    language: str

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways for which something is stored."""
        return tuple(way for way, where in (("mail", self.mail), ("sms", self.sms)) if where)


def callers(visit: Visit, account_id: int) -> list[Caller]:
    """The holder first, then administrators and contacts by name."""
    return [caller for caller, _address in _people(visit, account_id)]


def caller_of(visit: Visit, account_id: int, kind: str, number: int) -> tuple[Caller, Address]:
    """One of them, with where a code reaches them.

    Raises:
        NotFound: nobody of that kind and id may call for this customer.
    """
    for caller, address in _people(visit, account_id):
        if (caller.kind, caller.id) == (kind, number):
            return caller, address
    raise NotFound(_("Nobody like that may call for this customer."), "caller_id")


def service_of(visit: Visit, account_id: int, caller: Caller, group_id: int | None) -> ServiceName | None:
    """The one service that the call is about; None for all of them.

    Raises:
        Refused: the caller may speak about no service.
        Invalid: the caller may speak about several and none was chosen, or about others than the chosen one.
    """
    if caller.everything:
        if group_id is None:
            return None
        known = visit.row(
            "SELECT id, name FROM line_group WHERE id = :group AND account_id = :account",
            group=group_id,
            account=account_id,
        )
        if known is None:
            raise Invalid(_("The customer has no such service."), "group_id")
        return ServiceName(*known)
    if not caller.services:
        raise Refused(_("{name} may not speak about any service yet.").format(name=caller.name), "caller_id")
    if group_id is None and len(caller.services) == 1:
        return caller.services[0]
    for service in caller.services:
        if service.id == group_id:
            return service
    names = ", ".join(service.name for service in caller.services)
    raise Invalid(_("Choose what the call is about: {names}.").format(names=names), "group_id")


def _people(visit: Visit, account_id: int) -> list[tuple[Caller, Address]]:
    return [*_members(visit, account_id), *_contacts(visit, account_id)]


def _members(visit: Visit, account_id: int) -> list[tuple[Caller, Address]]:
    rows = visit.rows(
        "SELECT membership.role, login.id, login.name, login.email, login.mobile, login.language"
        " FROM membership JOIN login ON login.id = membership.login_id"
        " WHERE membership.account_id = :account AND membership.role IN ('holder', 'admin')"
        " AND login.status <> 'disabled' ORDER BY membership.role <> 'holder', login.name, login.id",
        account=account_id,
    )
    found = []
    for role, number, name, *where in rows:
        address = Address(*where)
        found.append((Caller(role, number, name, role, "", True, (), address.ways), address))
    return found


def _contacts(visit: Visit, account_id: int) -> list[tuple[Caller, Address]]:
    services: dict[int, list[ServiceName]] = {}
    for contact, group, name in visit.rows(
        "SELECT contact_id, line_group.id, line_group.name FROM contact_service"
        " JOIN contact ON contact.id = contact_id"
        " JOIN line_group ON line_group.id = contact_service.group_id"
        " AND line_group.account_id = contact.account_id"
        " WHERE contact.account_id = :account ORDER BY line_group.name, line_group.id",
        account=account_id,
    ):
        services.setdefault(contact, []).append(ServiceName(group, name))
    rows = visit.rows(
        "SELECT contact.id, contact.name, contact.kind, contact.company, contact.whole_account,"
        " contact.email, contact.phone, account.language FROM contact"
        " JOIN account ON account.id = contact.account_id"
        " WHERE contact.account_id = :account ORDER BY contact.name, contact.id",
        account=account_id,
    )
    found = []
    for number, name, kind, company, whole, *where in rows:
        address = Address(*where)
        own = () if whole else tuple(services.get(number, ()))
        found.append(
            (Caller("contact", number, name, kind, company, bool(whole), own, address.ways), address)
        )
    return found
