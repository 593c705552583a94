"""A list as a file: a terminal far away has no disk of its own, so it goes to the account's export folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from textual.widget import Widget

from app import export
from app.i18n import _
from app.screens.area import attempt, desk_of
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.screens.paging import MOST


async def export_list(widget: Widget, page_name: str, title: str, **arguments: Any) -> None:
    """Ask for the format, read every page and write the file; says where it is. In a worker, for it asks."""
    options = [
        Option("csv", "CSV", _("for a spreadsheet")),
        Option("json", "JSON", _("for programs")),
    ]
    kind = await widget.app.push_screen_wait(Choose(_("Export {what}").format(what=title), options))
    if kind is None:
        return
    records: list[Any] = []
    after: str | None = None
    while True:
        page = await attempt(widget, page_name, after=after, limit=MOST, **arguments)
        if page is None:
            return
        records += page.rows
        after = page.last_key
        if not page.more:
            break
    await write_records(widget, page_name, kind, records)


async def write_records(widget: Widget, name: str, kind: str, records: list[Any]) -> None:
    """Write records into a new file of the account's export folder."""
    desk = desk_of(widget)
    visit = desk.visit
    assert visit is not None
    owner = re.sub(r"[^A-Za-z0-9]+", "-", visit.account_name).strip("-").lower() or "all"
    folder = desk.settings.home / "exports" / owner
    stamp = visit.clock.now()
    text = export.csv_text(records) if kind == "csv" else export.json_text(records)

    def write() -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{name.split('.')[0]}-{stamp}.{kind}"
        path.write_text(text, encoding="utf-8", newline="")
        path.chmod(0o600)
        return path

    try:
        path = await desk.run(write)
    except OSError as error:
        say(widget, _("The file could not be written: {reason}").format(reason=error.strerror or ""), "error")
        return
    say(widget, _("{count} rows written to {path}").format(count=len(records), path=path))
