"""A list as a file: a terminal far away has no disk of its own, so it goes to the portal's export folder."""

from __future__ import annotations

from typing import Any

from textual.widget import Widget

from app.i18n import _, ngettext
from app.screens.area import attempt
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option


async def export_list(widget: Widget, list_name: str, title: str, **arguments: Any) -> None:
    """Ask for the format, write the whole list, say where it is. To be awaited in a worker, for it asks."""
    options = [
        Option("csv", "CSV", _("for a spreadsheet")),
        Option("json", "JSON", _("for programs")),
    ]
    form = await widget.app.push_screen_wait(Choose(_("Export {what}").format(what=title), options))
    if form is None:
        return
    given = [f"{name}={value}" for name, value in arguments.items() if value not in (None, "")]
    done = await attempt(widget, "export.rows", what=list_name, form=form, arguments=given)
    if done is not None:
        text = ngettext("{count} row written to {path}", "{count} rows written to {path}", done.rows)
        say(widget, text.format(count=done.rows, path=done.path))
