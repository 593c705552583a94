"""Editing without lost updates: who saves an outdated form sees what the other changed."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from app.i18n import _
from app.operations.core.errors import Conflict, Difference, NotFound
from app.operations.core.visit import Visit

E = TypeVar("E")
HIDDEN: Final = ("hash", "digest", "seed")
"""Fields that no log tells."""


def edit(
    visit: Visit,
    entity: type[E],
    key: int,
    changes: dict[str, Any],
    *,
    version: int | None = None,
    read: dict[str, Any] | None = None,
) -> E:
    """Set fields of one entity in the open transaction.

    Args:
        changes: new values by field name.
        version: the version that the form was filled from; None where nothing was read before.
        read: the values the form was filled from, for the difference.

    Raises:
        Conflict: another change came first; nothing is set.
        NotFound: the record is gone.
    """
    record: Any = visit.session.get(entity, key)
    if record is None:
        raise NotFound(_("This record is gone."))
    if version is not None and record.version != version:
        old = read or {}
        differences = tuple(
            Difference(name, old.get(name), getattr(record, name), value)
            for name, value in changes.items()
            if getattr(record, name) != value
        )
        raise Conflict(
            _("Somebody else changed this meanwhile. Nothing was saved: look at the difference, save again."),
            differences,
            record.version,
        )
    for name, value in changes.items():
        before = getattr(record, name)
        if before != value and not name.endswith(HIDDEN):
            visit.changed[name] = (before, value)
        setattr(record, name, value)
    visit.session.flush()
    found: E = record
    return found
