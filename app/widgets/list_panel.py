"""A list with its title, the number of rows, and the filter that "/" opens."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Input

from app import units
from app.i18n import _
from app.text import safe
from app.widgets.line_table import LineTable
from app.widgets.painted import Painted, Run
from app.widgets.text_input import TextInput

PAUSE = 0.12  # seconds without typing after which the filter is applied


class _Title(Painted):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.total, self.filter = title, -1, ""

    def lines(self, width: int) -> list[list[Run]]:
        line: list[Run] = [(safe(self.title), "strong")]
        if self.total >= 0:
            line.append((f"  {units.count(self.total)}", "muted"))
        if self.filter:
            line.append((f"  {_('filter: {text}').format(text=safe(self.filter, cells=30))}", "accent"))
        return [line]


class ListPanel(Vertical):
    """Wraps a `LineTable`; typing in the filter shows matching rows at once, Esc clears it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear_filter", show=False)]

    def __init__(self, title: str, table: LineTable, **kw: Any) -> None:
        super().__init__(**kw)
        self.table = table
        self._title = _Title(title)
        self._filter = TextInput(placeholder=_("Filter, Enter to go to the list, Esc to clear"))
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self._title
        self._filter.display = False
        yield self._filter
        yield self.table

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.title = title
        self._title.refresh()

    def begin(self, title: str) -> None:
        """Another list, under another title: the filter was for the one before."""
        self._filter.value = ""
        self._title.filter = ""
        self.set_title(title)

    @on(LineTable.FilterRequested)
    def _open_filter(self, message: LineTable.FilterRequested) -> None:
        message.stop()
        self._filter.display = True
        self._filter.focus()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._apply)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._apply()
        self._close()

    @on(LineTable.Counted)
    def _counted(self, message: LineTable.Counted) -> None:
        self._title.total = message.total
        self._title.refresh()

    def _apply(self) -> None:
        self._title.filter = self._filter.value
        self.table.set_filter(self._filter.value)
        self._title.refresh()

    def _close(self) -> None:
        self._filter.display = False
        self.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "clear_filter":
            return self._filter.display or bool(self.table.rows.text)
        return True

    def action_clear_filter(self) -> None:
        self._filter.value = ""
        self._apply()
        self._close()
