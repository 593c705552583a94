"""Where somebody came in, in the reader's words."""

from __future__ import annotations

from app.i18n import _


def door_name(channel: str) -> str:
    """The channel of a session, or of a row of the log."""
    door, _colon, number = channel.partition(":")
    if door == "token" and number:
        return _("token {number}").format(number=number)
    return {
        "terminal": _("terminal"),
        "kiosk": _("shop"),
        "ssh": "SSH",
        "web": _("browser"),
        "command": _("command line"),
        "worker": _("by itself"),
    }.get(door, channel)
