"""What My Products says where there are no lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from app.operations.core import Visit


def is_nobody(visit: Visit | None) -> bool:
    """Whether there are no lines to ask for: staff have no customer open, or the role may see none."""
    if visit is None:
        return False
    return (visit.is_staff and visit.account_id is None) or visit.reach("VIEW_LINES") is None


def no_lines_text(visit: Visit | None) -> str:
    """What to do while there are no lines."""
    if visit is not None and visit.role == "user":
        return _("No line is linked to you yet. Ask an administrator of your account to link your number.")
    if visit is not None and visit.account_id is not None and is_nobody(visit):
        from app.operations.core.registry import why_not

        return why_not(visit, "VIEW_LINES")
    if is_nobody(visit):
        return _("Open a customer's account first: choose one on the Dashboard.")
    return _("No lines yet. Press n to order the first one.")
