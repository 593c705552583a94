"""Roles and areas that are given to people, in the language in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.i18n import _

AREAS: Final = ("products", "settings", "orders", "billing", "data", "people")


def role_words(role: str) -> str:
    """A role that can be given."""
    return {
        "admin": _("administrator"),
        "sub": _("sub-account"),
        "user": _("user"),
        "reseller": _("reseller"),
    }.get(role, role)


def area_name(area: str) -> str:
    """What a sub-account may be given, in a few words."""
    return {
        "products": _("see lines and usage"),
        "settings": _("change settings of lines"),
        "orders": _("order"),
        "billing": _("see invoices"),
        "data": _("customer data"),
        "people": _("see people"),
    }.get(area, area)


def area_names(areas: Iterable[str]) -> str:
    """Several of them."""
    return ", ".join(area_name(area) for area in areas)
