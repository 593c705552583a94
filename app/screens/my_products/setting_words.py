"""Fields of a line, and their values, as people call them."""

from __future__ import annotations

from app import units
from app.i18n import _
from app.screens.my_products.line_rows import whole_money


def on_off(value: object) -> str:
    """A switch in a word."""
    return _("on") if value else _("off")


def field_name(field: str) -> str:
    """The name of a stored field of a line."""
    names = {
        "limit_cents": _("Cost limit outside the EU"),
        "pending_limit_cents": _("Next month's cost limit"),
        "pending_limit_from": _("Next limit from"),
        "hard_limit": _("Hard limit"),
        "bars": _("Bars"),
        "bundles": _("Roaming bundles"),
        "bundle_cap": _("Roaming bundles a month"),
        "zero_lifted": _("Data on a 0 GB line"),
        "usage_notice_bytes": _("Usage notice"),
        "roaming_notice_bytes": _("Roaming data notice"),
        "wifi_calling": _("Calling over Wi-Fi"),
        "visual_voicemail": _("Visual Voicemail"),
        "fixed_ip": _("Fixed IP address"),
        "data_bundle": _("Data bundle"),
        "person": _("Person"),
        "department": _("Department"),
        "ends_at": _("End date"),
    }
    return names.get(field, field)


def field_value(field: str, value: object) -> str:
    """A stored value for people; a dash where it is not known."""
    from app.operations.core.names import bar_name, class_name

    if value is None or value == "":
        return "–"
    if field.endswith("limit_cents") and isinstance(value, int):
        return whole_money(value)
    if field in ("bars", "bundles") and isinstance(value, list | tuple):
        named = bar_name if field == "bars" else class_name
        return ", ".join(named(str(name)) for name in value) or _("none")
    if field.endswith("_bytes") and isinstance(value, int):
        return units.volume(value) if value else _("none")
    if field in ("hard_limit", "zero_lifted", "wifi_calling", "visual_voicemail"):
        return on_off(value)
    return str(value)
