"""What was done on the account, by whom, in plain words."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app import units
from app.i18n import _
from app.operations.audit import AuditEntry
from app.screens.area import desk_of
from app.screens.door_names import door_name
from app.screens.my_data.data_panel import DataPanel
from app.screens.my_products.export import export_list
from app.screens.paging import OperationSource
from app.screens.role_names import role_name
from app.text import safe
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel


class Activity(DataPanel):
    """The log of the account, newest first."""

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
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static("", classes="detail-text", id="activity-detail")

    @on(LineTable.RowHighlighted)
    def show_whole(self, event: LineTable.RowHighlighted) -> None:
        """All that one row tells: on whose behalf, why, and what is different now."""
        when, who, what, result, door, behalf, *more = map(str, event.row)
        head = f"{when} · {safe(who)} · {result} · {safe(door)}"
        lines = [safe(line) for line in (what, behalf, *more) if line]
        self.query_one("#activity-detail", Static).update(
            Content.assemble((head, "$text-quiet"), "\n", "\n".join(lines))
        )

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
        """One row of the log; behind the shown cells on whose behalf it was done, why, and the details."""
        content = desk_of(self).content
        zone = content.operator.time_zone if content else "UTC"
        outcomes = {"done": _("done"), "refused": _("refused"), "failed": _("failed")}
        return (
            units.instant(entry.at, zone),
            _who(entry),
            f"{entry.what}: {entry.about}" if entry.about else entry.what,
            outcomes.get(entry.outcome, entry.outcome),
            door_name(entry.channel),
            _behalf(entry),
            *entry.details,
        )


def _who(entry: AuditEntry) -> str:
    """Who did it; of the operator's people also that they are."""
    if not entry.person:
        system = entry.role == "system"
        return _("the operator's system") if system else _("somebody who had not signed in")
    if entry.role in ("agent", "supervisor"):
        return f"{entry.person}, {role_name(entry.role)}"
    return entry.person


def _behalf(entry: AuditEntry) -> str:
    """On whose behalf and why, where that is known."""
    if entry.caller:
        text = _("for {caller} ({role}), who called: {reason}")
        return text.format(caller=entry.caller, role=role_name(entry.caller_kind), reason=entry.reason)
    return _("reason: {reason}").format(reason=entry.reason) if entry.reason else ""
