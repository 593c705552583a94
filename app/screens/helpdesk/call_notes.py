"""What is at hand during a call: manuals, what may be done for the caller, texts for phones, the prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from app import units
from app.i18n import _, mark
from app.operations.assistance import Help
from app.operations.core.registry import why_not
from app.screens.area import OpenArea, attempt, desk_of
from app.screens.info.words import sheet_lines
from app.screens.panel import Facts, Line, rows
from app.screens.role_names import role_name
from app.screens.support.area import command_lines
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Dialog
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import MemorySource

if TYPE_CHECKING:
    from app.operations.core import Visit
    from app.operations.core.article_list import ArticleRow

MANUALS_SHOWN = 3
"""Rows of the list of manuals that are seen at once."""

ACTS = (
    ("MANAGE_LINES", mark("Settings and blocks of lines")),
    ("ORDER", mark("Orders and bundles")),
    ("EDIT_ACCOUNT", mark("Address, contacts, notices")),
    ("VIEW_BILLING", mark("Invoices")),
    ("INVITE", mark("Invitations of users")),
    ("ASK_OWNERSHIP", mark("Change of ownership")),
    ("CHANGE_LOGIN", mark("Passwords and sign-in")),
    ("GUARD_ACCOUNT", mark("Telephone password")),
    ("GUARD_ACCOUNT", mark("Allowed addresses")),
    ("SET_ROLES", mark("Roles of people")),
    ("OWN_EXPORT", mark("Copy of all personal data")),
)
"""What callers ask for, by the right that it needs."""


class CallNotes(Dialog):
    """All of it on one page that scrolls."""

    def __init__(self, manuals: list[ArticleRow], facts: Facts, texts: Facts, sheet: Facts) -> None:
        super().__init__(_("This call"))
        self.manuals = manuals
        self.facts, self.texts, self.sheet = facts, texts, sheet

    def body(self) -> Iterable[Widget]:
        columns = [Column(_("Manuals and guides of the service"), 20, flex=1), Column("", 16, shown_from=50)]
        table = LineTable(columns, id="call-manuals", empty=_("The customer has no service with manuals."))
        table.lacks = ONLY_LOOK - {"activate"} | {"leaf", "half", "edge"}  # those keys move the whole dialog
        table.styles.height = min(max(len(self.manuals), 1), MANUALS_SHOWN) + 1
        yield table
        yield Static(self.facts, classes="dialog-text gap", markup=False)
        for title, shown in (
            (_("Text messages from the customer's phones"), self.texts),
            (_("Usage costs and country classification"), self.sheet),
        ):
            yield Static(Content.styled(title, "bold $text-accent"), classes="dialog-text gap", markup=False)
            yield Static(shown, classes="dialog-text", markup=False)

    def on_mount(self) -> None:
        body = self.query_one(".dialog-body")
        body.can_focus = True  # it is long: page keys scroll it
        table = self.query_one("#call-manuals", LineTable)
        cells = [(row.title, row.group_title) for row in self.manuals]
        table.show(MemorySource(cells, [row.number for row in self.manuals]))
        (table if self.manuals else body).focus()

    @on(LineTable.RowActivated, "#call-manuals")
    def open_manual(self, event: LineTable.RowActivated) -> None:
        """Close with the article to read."""
        event.stop()
        self.dismiss(event.key)

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Close"), "primary")]


async def show_notes(widget: Widget) -> None:
    """Read what is shown, and show it."""
    visit = desk_of(widget).visit
    call: Help | None = await attempt(widget, "assistance.current")
    texts = await attempt(widget, "support.sms_commands")
    sheet = await attempt(widget, "tariffs.sheet")
    if visit is None or call is None or texts is None or sheet is None:
        return
    manuals: list[ArticleRow] = await attempt(widget, "articles.of_service") or []
    facts = rows([*call_lines(call, visit.zone), *act_lines(visit)], 24)
    notes = CallNotes(manuals, facts, command_lines(texts), sheet_lines(sheet))
    article = await widget.app.push_screen_wait(notes)
    if article is not None:
        widget.post_message(OpenArea("info", ("article", article)))


def call_lines(call: Help, zone: str) -> list[Line]:
    """Who, why, how verified, until when."""
    ways = {
        "telephone_password": _("telephone password"),
        "mail_code": _("code by mail"),
        "sms_code": _("code by SMS"),
    }
    return [
        (_("Customer"), Content(safe(f"{call.customer} · {call.customer_number}"))),
        (_("Caller"), Content(safe(f"{call.caller}, {role_name(call.caller_kind)}"))),
        (_("Speaks about"), Content(safe(call.service or _("everything")))),
        (_("Verified by"), Content(ways.get(call.verified_by, call.verified_by))),
        (_("Reason for the call"), Content(safe(call.reason))),
        (
            _("From – until"),
            Content(f"{units.clock_time(call.started_at, zone)} – {units.clock_time(call.expires_at, zone)}"),
        ),
        Content(),
    ]


def act_lines(visit: Visit) -> list[Line]:
    """What may be done for this caller, and why the rest may not."""
    found: list[Line] = []
    for right, title in ACTS:
        reason = why_not(visit, right)
        sign = (
            Content.styled("✗ " + reason, "$text-quiet") if reason else Content.styled("✓", "$text-success")
        )
        found.append((_(title), sign))
    return found
