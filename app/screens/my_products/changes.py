"""Saving a change: what went wrong is said, and a change that somebody else made first is compared."""

from __future__ import annotations

from typing import Any

from textual.widget import Widget

from app.i18n import _
from app.screens.area import desk_of
from app.screens.my_products.dialogs import Compare
from app.screens.my_products.setting_words import field_name, field_value
from app.text import safe


async def save(widget: Widget, name: str, /, **arguments: Any) -> Any:
    """Perform a change; None if it was not made. To be awaited in a worker, for it may ask.

    A change that was made on an old version is shown beside the other one; saved again, it is meant.
    """
    from app.operations.core.errors import Conflict, HelpEnded, OperationError

    while True:
        try:
            return await desk_of(widget).do(name, **arguments)
        except Conflict as conflict:
            if "version" not in arguments:
                say(widget, conflict.message, "warning")
                return None
            rows = [
                (
                    field_name(each.field),
                    field_value(each.field, each.before),
                    field_value(each.field, each.theirs),
                    field_value(each.field, each.mine),
                )
                for each in conflict.differences
                if each.field != "pending_limit_from"
            ]
            if await widget.app.push_screen_wait(Compare(conflict, rows)) != "mine":
                say(widget, _("Nothing was saved."), "warning")
                return None
            arguments["version"] = conflict.version
        except HelpEnded:
            return None  # the shell says it, and goes home
        except OperationError as error:
            say(widget, error.message, "error")
            return None


def say(widget: Widget, text: str, severity: Any = "information") -> None:
    """A short message at the corner of the screen."""
    widget.app.notify(safe(text), severity=severity, markup=False, timeout=6)
