"""What My Products says where there are no lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from app.operations.core import Visit


def is_nobody(visit: Visit | None) -> bool:
    """Whether staff have no customer open: there are no lines to ask for."""
    return visit is not None and visit.is_staff and visit.account_id is None


def no_lines_text(visit: Visit | None) -> str:
    """What to do while there are no lines."""
    if visit is not None and visit.role == "user":
        return _("No line is linked to you yet. Ask an administrator of your account to link your number.")
    if is_nobody(visit):
        return _("Open a customer's account first: choose one on the Dashboard.")
    return _("No lines yet. Press n to order the first one.")
