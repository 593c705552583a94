"""What was done on the account, by whom, in plain words."""

from __future__ import annotations

from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical

from app import units
from app.i18n import _
from app.operations.audit import AuditEntry
from app.operations.core.wording import operation_words
from app.screens.area import desk_of
from app.screens.my_products.export import export_list
from app.screens.paging import OperationSource
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel


class Activity(Vertical):
    """The log of the account, newest first."""

    def __init__(self, **options: Any) -> None:
        super().__init__(classes="box", **options)

    def compose(self) -> ComposeResult:
        table = LineTable(
            [
                Column(_("When"), 17),
                Column(_("Who"), 16, flex=1),
                Column(_("What"), 24, flex=2),
                Column(_("Result"), 9),
                Column(_("From"), 10, shown_from=90),
            ],
            empty=_("Nothing has been changed yet."),
            id="activity-table",
        )
        table.lacks = frozenset({"activate", "mark"})
        yield ListPanel(_("What was done"), table)

    @on(LineTable.ExportRequested)
    @work(exclusive=True, group="export")
    async def export(self, event: LineTable.ExportRequested) -> None:
        """The whole log, as a file."""
        await export_list(self, "audit.page", _("What was done"), text=event.table.rows.text)

    async def renew(self) -> None:
        """Read the log again, or for the first time."""
        table = self.query_one(LineTable)
        if isinstance(table.source, OperationSource):
            await table.source.refresh(table)
        else:
            source = OperationSource(
                desk_of(self).do, "audit.page", self.cells, end_key="0", text_name="text"
            )
            await source.open(table)

    def cells(self, entry: AuditEntry) -> tuple[str, ...]:
        """One row of the log."""
        content = desk_of(self).content
        zone = content.operator.time_zone if content else "UTC"
        outcomes = {"done": _("done"), "refused": _("refused"), "failed": _("failed")}
        return (
            units.instant(entry.at, zone),
            entry.person or _("the operator's system"),
            operation_words(entry.operation),
            outcomes.get(entry.outcome, entry.outcome),
            entry.channel,
        )
