"""Roles in the reader's words."""

from __future__ import annotations

from app.i18n import _


def role_name(role: str) -> str:
    """A role in words."""
    names = {
        "holder": _("contract holder"),
        "admin": _("administrator"),
        "sub": _("sub-account"),
        "user": _("user"),
        "contact": _("contact"),
        "reseller": _("reseller"),
        "agent": _("helpdesk agent"),
        "supervisor": _("helpdesk supervisor"),
    }
    return names.get(role, role)
