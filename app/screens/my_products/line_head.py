"""Two lines on top of the page of a line: whose it is, what it is, how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import units
from app.i18n import _
from app.screens.my_products.line_rows import STATE_TONES
from app.screens.my_products.words import months, state_word
from app.text import safe
from app.widgets.painted import Painted, Run, joined

if TYPE_CHECKING:
    from app.operations.core.line_records import LineDetail


class LineHead(Painted):
    """Number, person and group with the state; under it kind, bundle and end date."""

    DEFAULT_CSS = "LineHead { height: 2; }"

    def __init__(self) -> None:
        super().__init__(id="line-head")
        self.line: LineDetail | None = None
        self.kind = self.bundle = self.zone = ""

    def show(self, line: LineDetail, kind: str, bundle: str, zone: str) -> None:
        """Show a line; `kind` and `bundle` as they are called."""
        if (line, kind, bundle, zone) != (self.line, self.kind, self.bundle, self.zone):
            self.line, self.kind, self.bundle, self.zone = line, kind, bundle, zone
            self.refresh()

    def lines(self, width: int) -> list[list[Run]]:
        line = self.line
        if line is None:
            return [[], []]
        who = " · ".join(safe(part) for part in (line.person, line.group or line.department) if part)
        tone = STATE_TONES.get(line.state, "success")
        first = joined(
            [(units.phone(safe(line.number)), "strong"), (f"  {who}", "")],
            [(state_word(line.state), tone or "success")],
            width,
        )
        parts = [safe(self.kind), safe(self.bundle), self.term()]
        second: list[Run] = [(" · ".join(part for part in parts if part), "muted")]
        return [first, second]

    def term(self) -> str:
        """Until when the contract runs, or when the line ends."""
        line = self.line
        assert line is not None
        if line.ends_at is not None:
            return _("ends {date}").format(date=units.date(line.ends_at, self.zone))
        if line.term_ends_at is None:
            return months(line.term_months)
        date = units.date(line.term_ends_at, self.zone)
        text = _("common end date {date}") if line.group_id is not None else _("term until {date}")
        return text.format(date=date)
