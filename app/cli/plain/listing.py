"""Lists, twenty rows at a time; the number of a row says it in full."""

from __future__ import annotations

from typing import Any, Final

from app.cli.plain.entry import Entry
from app.cli.plain.showing import brief, record_lines
from app.cli.plain.talk import MORE, PAGE, Talk, is_word
from app.i18n import _

Rows = list[Any]
OPENED_BY: Final = {
    "usage.explain": "record_id",
    "lines.get": "line_id",
    "cases.get": "case_id",
    "invoices.get": "invoice_id",
    "articles.get": "article",
}
"""The parameter that a read in full takes for the id of a row."""


def show_list(talk: Talk, entry: Entry, given: dict[str, Any], *, paged: bool) -> None:
    """Say the rows of a list page by page, until the person has had enough.

    Args:
        given: the arguments of its operation.
        paged: whether the operation itself answers in pages.
    """
    rows: Rows = []
    key: str | None = None
    while True:
        before = len(rows)
        more, key = _read_on(talk, entry, given, rows, key, paged=paged)
        for number, row in enumerate(rows[before:], before + 1):
            talk.say(f"{number}. {brief(row, talk.session.content)}")
        if not rows:
            talk.say(_(entry.empty) if entry.empty else _("There is nothing."))
            return
        if not more and not _has_more_to_say(entry, rows):
            return
        if not _rows_in_full(talk, entry, rows, more=more):
            return


def _read_on(
    talk: Talk, entry: Entry, given: dict[str, Any], rows: Rows, key: str | None, *, paged: bool
) -> tuple[bool, str | None]:
    """Add the next page to the rows; whether there are more, and the key of the last row."""
    if paged:
        page = talk.session.do(entry.operation, **given, after=key, limit=PAGE)
        # A comparison answers with a page among other things.
        page = getattr(page, "lines", page)
        rows += page.rows
        return page.more, page.last_key
    found = list(talk.session.do(entry.operation, **given))
    rows += found[len(rows) : len(rows) + PAGE]
    return len(rows) < len(found), None


def _has_more_to_say(entry: Entry, rows: Rows) -> bool:
    from app.cli.plain.tellers import ONE_LINE

    return bool(entry.opens) or type(rows[0]).__name__ not in ONE_LINE


def _rows_in_full(talk: Talk, entry: Entry, rows: Rows, *, more: bool) -> bool:
    """Let the person have rows in full; whether they want the next page."""
    parts = [_("Number: in full")]
    if more:
        parts.append(_("{more}: the next rows").format(more=_(MORE)))
    prompt = ", ".join([*parts, _("Enter: go on")]) + ": "
    while True:
        typed = talk.line(prompt, help=_("The number of a row says all that is known of it."))
        if not typed:
            return False
        if more and is_word(typed, MORE):
            return True
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
        if not 1 <= number <= len(rows):
            talk.say(_("Type a number from 1 to {count}.").format(count=len(rows)))
            continue
        for line in in_full(talk, entry, rows[number - 1]):
            talk.say(line)


def in_full(talk: Talk, entry: Entry, row: Any) -> list[str]:
    """A row with all that is known of it."""
    content = talk.session.content
    if not entry.opens:
        return record_lines(row, content)
    found = talk.session.do(entry.opens, **{OPENED_BY[entry.opens]: row.id})
    return record_lines(found, content)
