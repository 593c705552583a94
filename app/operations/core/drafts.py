"""What somebody had typed into a form when they left or were cut off: kept until it is saved or dropped.

These are no operations: nothing of a customer changes, so nothing is written into the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.operations.core.visit import Visit

MOST_CHARACTERS = 20_000
KEPT_SECONDS = 30 * 86_400


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Texts by field name; saved_at: unix seconds."""

    fields: Mapping[str, str]
    saved_at: int


def keep(visit: Visit, form: str, about: str, fields: Mapping[str, str]) -> None:
    """Keep what is typed in place of what was kept before; too much of it is not kept, nor is it at a kiosk.

    Args:
        form: which form, as `cases.ask_name`.
        about: what the form is about, as `account:5`.
        fields: texts by field name; never a secret.
    """
    text = json.dumps(dict(fields))
    if visit.login_id is None or visit.channel == "kiosk" or len(text) > MOST_CHARACTERS:
        return
    with visit.transaction(quiet=True) as tx:
        tx.execute(
            "INSERT INTO draft (login_id, form, object, fields, saved_at)"
            " VALUES (:login, :form, :object, :fields, :now)"
            " ON CONFLICT (login_id, form, object) DO UPDATE SET fields = :fields, saved_at = :now",
            login=visit.login_id,
            form=form,
            object=about,
            fields=text,
            now=visit.now,
        )
        tx.execute("DELETE FROM draft WHERE saved_at < :old", old=visit.now - KEPT_SECONDS)


def find(visit: Visit, form: str, about: str) -> KeptDraft | None:
    """What was kept of a form, if anything. A kiosk shows nothing of it, and leaves it for elsewhere."""
    if visit.channel == "kiosk":
        return None
    row = visit.row(
        "SELECT fields, saved_at FROM draft WHERE login_id = :login AND form = :form AND object = :object"
        " AND saved_at >= :old",
        login=visit.login_id,
        form=form,
        object=about,
        old=visit.now - KEPT_SECONDS,
    )
    return KeptDraft(json.loads(row[0]), row[1]) if row else None


def drop(visit: Visit, form: str, about: str) -> None:
    """Forget what was kept of a form. Nothing is written where nothing was."""
    if find(visit, form, about) is None:
        return
    with visit.transaction(quiet=True) as tx:
        tx.execute(
            "DELETE FROM draft WHERE login_id = :login AND form = :form AND object = :object",
            login=visit.login_id,
            form=form,
            object=about,
        )
