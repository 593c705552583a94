"""A list as a file: into the portal's export folder, or, for who sits at a browser, to that browser."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from textual.widget import Widget

from app import units
from app.i18n import _, ngettext
from app.screens.area import attempt, desk_of
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.text import safe


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
    if desk_of(widget).settings.channel == "web":
        await download(widget, list_name, form, given)
        return
    done = await attempt(widget, "export.rows", what=list_name, form=form, arguments=given)
    if done is not None:
        text = ngettext("{count} row written to {path}", "{count} rows written to {path}", done.rows)
        say(widget, text.format(count=done.rows, path=done.path))


async def download(widget: Widget, list_name: str, form: str, given: list[str]) -> None:
    """Hand the file to the browser; no copy of it stays here."""
    from app.operations.core import OperationError

    desk = desk_of(widget)
    visit = desk.visit
    assert visit is not None

    def written() -> BytesIO:
        from app.operations.export import printed

        return BytesIO("".join(printed(visit, list_name, form, given)).encode())

    try:
        file = await desk.run(written)
    except OperationError as error:
        widget.app.notify(safe(error.message), severity="error", markup=False, timeout=8)
        return
    name = f"{list_name.replace('.', '-')}-{units.date(visit.now, visit.zone, 'en')}.{form}".replace(" ", "-")
    kind = "text/csv" if form == "csv" else "application/json"
    widget.app.deliver_binary(file, save_filename=name, mime_type=kind)
    say(widget, _("Your browser saves {file}.").format(file=name))
