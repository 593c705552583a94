"""What one can learn here: every task that is shown step by step, and which of them are learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from app import units
from app.i18n import _, ngettext
from app.screens.area import TourWanted, attempt, desk_of
from app.screens.area_names import area_name
from app.screens.my_products.fact_list import FactList
from app.widgets.columns import Column
from app.widgets.rows import Row

if TYPE_CHECKING:
    from app.operations.tours import LearntRow, TaskRow

MOST_ROWS = 10


class LearnPanel(Vertical):
    """A checklist; Enter shows the task."""

    def __init__(self) -> None:
        super().__init__(id="support-learn", classes="box")
        self.tasks: dict[str, TaskRow] = {}

    def compose(self) -> ComposeResult:
        columns = [
            Column("", 1, tone=lambda _row: "success"),
            Column(_("Task"), 20, flex=1),
            Column(_("Where"), 12, shown_from=60),
            Column("", 12, tone=lambda _row: "muted"),
        ]
        yield FactList(columns, id="learn-list", empty=_("There are no tasks to show here."))

    async def refresh_data(self) -> None:
        """Read what is learnt; what is shown already is not painted again."""
        learnt: list[LearntRow] = await attempt(self, "tours.learnt") or []
        tasks: list[TaskRow] = await attempt(self, "tours.tasks") or []
        self.tasks = {task.id: task for task in tasks}
        done = sum(row.done_at is not None for row in learnt)
        text = ngettext(
            "Learn step by step · {done} of {count} learnt",
            "Learn step by step · {done} of {count} learnt",
            len(learnt),
        )
        self.border_title = Content(text.format(done=done, count=len(learnt)))
        first = sorted(learnt, key=lambda row: not self.introduces(row))
        table = self.query_one(FactList)
        table.styles.height = min(max(len(first), 1), MOST_ROWS) + 1
        table.set_rows([self.cells(row) for row in first], [row.id for row in first])

    def introduces(self, row: LearntRow) -> bool:
        """Whether it is the tour to begin with."""
        return row.id in self.tasks and self.tasks[row.id].introduces

    def cells(self, row: LearntRow) -> Row:
        """One task."""
        task = self.tasks.get(row.id)
        if row.done_at is not None:
            zone = self.zone
            note = units.date(row.done_at, zone, year=False)
        elif row.state == "begun":
            note = _("go on")
        else:
            minutes = task.minutes if task is not None else 1
            note = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        sign = "✓" if row.done_at is not None else " "
        return (sign, row.title, area_name(row.area), note)

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        content = desk_of(self).content
        return content.operator.time_zone if content is not None else "UTC"

    @on(FactList.RowActivated, "#learn-list")
    def chosen(self, event: FactList.RowActivated) -> None:
        """Show it, or say why that cannot be done now."""
        event.stop()
        task = self.tasks.get(str(event.key))
        if task is not None and not task.possible:
            says = f"{task.reason} {task.who}".strip()
            self.app.notify(says, severity="warning", markup=False)
        else:
            begun = task.step if task is not None and task.state == "begun" else ""
            self.post_message(TourWanted(str(event.key), begun))
