"""A line's records as a file."""

from __future__ import annotations

from typing import Any

from app.cli.plain.asks import ask_of
from app.cli.plain.picks import used_months
from app.cli.plain.talk import Talk
from app.i18n import _, ngettext

LIST = "usage.records"


def export_records(talk: Talk, about: dict[str, Any]) -> None:
    """Choose the month and the format; the whole month is written, and where to is said."""
    months = used_months(talk, about)
    month = talk.choose(_("Month"), months, default=months[0].value)
    formats = ask_of("export.rows", "form").choices
    assert formats is not None
    form = talk.choose(_("Format"), formats(talk, about), default="csv")
    given = [f"line_id={about['line_id']}", f"month={month}"]
    done = talk.session.do("export.rows", what=LIST, form=form, arguments=given)
    text = ngettext("{count} row written to {path}", "{count} rows written to {path}", done.rows)
    talk.say(text.format(count=done.rows, path=done.path))
