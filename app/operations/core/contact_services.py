"""What a contact may speak about: all services of the customer, or some."""

from __future__ import annotations

from typing import NamedTuple

from app.i18n import _
from app.operations.core.errors import Conflict, Difference, NotFound
from app.operations.core.visit import Visit


class Scope(NamedTuple):
    """All services, or those of these ids, ascending."""

    everything: bool
    groups: tuple[int, ...]

    def in_words(self, visit: Visit) -> str:
        """Names of the services."""
        if self.everything:
            return _("all services")
        rows = visit.rows(
            "SELECT id, name FROM line_group WHERE account_id = :account", account=visit.account_id
        )
        names: dict[int, str] = dict(rows)
        return ", ".join(str(names.get(group, group)) for group in self.groups) or _("nothing yet")


def scope(visit: Visit, services: list[str], everything: bool) -> Scope:
    """What was asked for; services are named by their ids.

    Raises:
        NotFound: one of them is no service of this customer.
    """
    if everything:
        return Scope(True, ())
    known = {
        str(row[0])
        for row in visit.rows("SELECT id FROM line_group WHERE account_id = :id", id=visit.account_id)
    }
    wanted = {each.strip() for each in services}
    if not wanted <= known:
        raise NotFound(_("There is no such service."), "services")
    return Scope(False, tuple(sorted(map(int, wanted))))


def services_of(visit: Visit, contact_id: int) -> tuple[int, ...]:
    """The ids of the services of a contact."""
    rows = visit.rows(
        "SELECT group_id FROM contact_service WHERE contact_id = :contact ORDER BY group_id",
        contact=contact_id,
    )
    return tuple(group for (group,) in rows)


def set_services(visit: Visit, contact_id: int, groups: tuple[int, ...]) -> None:
    """Let a contact speak about these services only."""
    visit.change.execute("DELETE FROM contact_service WHERE contact_id = :contact", contact=contact_id)
    visit.change.executemany(
        "INSERT INTO contact_service (contact_id, group_id) VALUES (?, ?)",
        [(contact_id, group) for group in groups],
    )


def with_scope(visit: Visit, conflict: Conflict, theirs: Scope, mine: Scope | None) -> Conflict:
    """A conflict about a contact, with what it may speak about as one field in words; None: not asked."""
    found = [each for each in conflict.differences if each.field != "whole_account"]
    if mine is not None and mine != theirs:
        found.append(Difference("scope", None, theirs.in_words(visit), mine.in_words(visit)))
    return Conflict(conflict.message, tuple(found), conflict.version)
