"""Messages: what was sent to the line's user, and what the user sent."""

from __future__ import annotations

from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app import units
from app.i18n import _, ngettext
from app.screens.area import desk_of
from app.screens.my_products.export import export_list
from app.screens.my_products.panel import Panel
from app.screens.paging import OperationSource
from app.text import safe
from app.widgets.columns import Column, Tone
from app.widgets.line_table import LineTable
from app.widgets.rows import Row

BEHIND_ALL = f"{-(2**62)},0"
"""Older than every message: the end of the list."""


def status_word(status: str) -> str:
    """What became of a message."""
    words = {
        "queued": _("waiting"), "claimed": _("on its way"), "sent": _("sent"), "failed": _("failed"),
        "muted": _("not sent"), "received": _("received"),
    }  # fmt: skip
    return words.get(status, status)


def status_tone(row: Row) -> Tone:
    """Failures stand out, what was not sent is quiet."""
    tones: dict[str, Tone] = {"failed": "error", "muted": "muted", "received": "accent"}
    return tones.get(str(row[4]), "")


class MessagesPanel(Panel):
    """The newest first; the whole text of the one under the cursor below the list."""

    source: OperationSource | None = None

    def compose(self) -> ComposeResult:
        columns = [
            Column(_("When"), 12, align="right"),
            Column(_("Way"), 4),
            Column(_("Text"), 20, flex=1),
            Column(_("State"), 10, tone=status_tone),
        ]
        yield Static("", classes="panel-title")
        table = LineTable(
            columns, id="messages", empty=_("No messages yet: the user gets an SMS at each mark.")
        )
        table.lacks = frozenset({"activate", "mark"})  # the chosen text shows below
        yield table
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static("", classes="detail-text")

    async def refresh_line(self, new: bool) -> None:
        line = self.line
        assert line is not None
        table = self.query_one(LineTable)
        if new or self.source is None:
            self.query_one(".detail-text", Static).update("")
            self.source = OperationSource(
                desk_of(self).do,
                "messages.page",
                self.cells,
                end_key=BEHIND_ALL,
                text_name="text",
                key=lambda message: (message.direction, message.id),
                line_id=line.id,
            )
            await self.source.open(table)
        else:
            await self.source.refresh(table)

    @on(LineTable.Counted, "#messages")
    def counted(self, event: LineTable.Counted) -> None:
        """How many there are, and by what they are filtered."""
        text = ngettext("{count} message", "{count} messages", event.total).format(count=event.total)
        wanted = self.query_one(LineTable).rows.text
        if wanted:
            text += " · " + _("filter “{text}”").format(text=safe(wanted, cells=20))
        title = self.query_one(".panel-title", Static)
        if str(title.content) != text:
            title.update(Content(text))
        if not event.total:
            self.query_one(".detail-text", Static).update("")

    def cells(self, message: Any) -> Row:
        """One message; behind the shown cells its status code, note and party."""
        incoming = message.direction == "in"
        return (
            units.instant(message.at, self.zone, year=False),
            _("in") if incoming else _("out"),
            message.body.replace("\n", " "),
            status_word(message.status),
            message.status,
            message.body,
            message.note,
            units.phone(message.recipient),
            units.instant(message.at, self.zone),
        )

    @on(LineTable.RowHighlighted, "#messages")
    def show_text(self, event: LineTable.RowHighlighted) -> None:
        """The whole of one message."""
        _when, way, _text, state, _status, body, note, party, at = map(str, event.row)
        head = f"{at} · {way} · {safe(party)} · {state}"
        text = Content.assemble((head, "$text-quiet"), "\n", safe(body, lines=True))
        if note:
            text = Content.assemble(text, "\n", (safe(note), "$text-quiet"))
        self.query_one(".detail-text", Static).update(text)

    @on(LineTable.FilterRequested, "#messages")
    @work(exclusive=True, group="dialog")
    async def filter(self) -> None:
        """Ask for a part of the text."""
        from app.screens.my_products.text_form import TextForm

        table = self.query_one(LineTable)
        typed = await self.app.push_screen_wait(
            TextForm(_("Filter messages"), _("Part of the text"), table.rows.text)
        )
        if typed is not None and self.source is not None:
            await self.source.open(table, typed)

    @on(LineTable.ExportRequested, "#messages")
    @work(exclusive=True, group="dialog")
    async def export(self) -> None:
        """Write the messages of the line into a file."""
        if self.line is not None:
            text = self.query_one(LineTable).rows.text
            await export_list(self, "messages.page", _("messages"), line_id=self.line.id, text=text)
