"""What if: what a past month would have cost on other bundles. Nothing is changed by it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from app import units
from app.clock import add_months, month_of
from app.i18n import _, mark, ngettext
from app.screens.area import desk_of
from app.screens.my_products.fact_list import FactList
from app.screens.my_products.panel import Panel
from app.text import safe
from app.widgets.columns import Column, Tone
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import Row

KINDS = ("data", "roaming")


def choice_tone(row: Row) -> Tone:
    """The cheapest and the present choice stand out; the note says the same."""
    tones: dict[str, Tone] = {"cheapest": "success", "present": "accent"}
    return tones.get(str(row[7]), "")


class SimulatePanel(Panel):
    """A table of choices with what each would have cost, the cheapest marked, and the advice in euros."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "kind", mark("Data or roaming"), id="simulate.kind"),
        Binding("left_square_bracket", "month(-1)", mark("Month before"), id="simulate.month_before"),
        Binding("right_square_bracket", "month(1)", mark("Next month"), id="simulate.month_after"),
    ]

    month = 0
    kind = "data"

    def compose(self) -> ComposeResult:
        yield Static("", classes="panel-title")
        table = FactList(self.columns(), id="simulation")
        table.lacks = ONLY_LOOK
        yield table
        yield Static("", id="simulate-advice")

    def columns(self) -> list[Column]:
        """What each choice would have cost; where little room is, only what the choice changes."""
        data = self.kind == "data"
        return [
            Column(_("Bundle"), 18, flex=1, tone=choice_tone),
            Column(_("A month"), 8, align="right", shown_from=0 if data else 84),
            Column(_("Overage"), 8, align="right", shown_from=0 if data else 84),
            Column(_("Roaming"), 8, align="right"),
            Column(_("Calls"), 8, align="right", shown_from=84),
            Column(_("Together"), 8, align="right", tone=choice_tone),
            Column("", 13, tone=choice_tone),
        ]

    async def refresh_line(self, new: bool) -> None:
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        if new or not self.month:
            self.month = add_months(month_of(visit.now, visit.zone), -1)
        await self.simulate()

    async def simulate(self) -> None:
        """Work the month out again on every choice."""
        line = self.line
        assert line is not None
        found = await self.read("usage.simulate", month=self.month, what=self.kind, line_id=line.id)
        title = _("What would {month} have cost with another data bundle?")
        if self.kind == "roaming":
            title = _("What would {month} have cost with other roaming bundles?")
        title = title.format(month=units.month(self.month))
        self.write(".panel-title", Content(title))
        rows = found.lines.rows if found is not None else ()
        table = self.query_one(FactList)
        if not rows:
            table.set_rows([])
            self.write("#simulate-advice", Content(_("Nothing is known of this month.")))
            return
        result = rows[0]
        table.styles.height = len(result.choices) + 1
        table.set_rows(
            [self.cells(choice, result) for choice in result.choices],
            [choice.code for choice in result.choices],
        )
        self.write("#simulate-advice", self.advice(result))

    @staticmethod
    def cells(choice: Any, result: Any) -> Row:
        """One choice; the last cell says which it is, for its tone."""
        role = ""
        note = ""
        if choice.code == result.cheapest.code:
            role, note = "cheapest", _("cheapest")
        if choice.code == result.present.code:
            role, note = role or "present", _("cheapest, now") if role else _("now")
        if not note and choice.blocked:
            note = ngettext("{count} blocked", "{count} blocked", choice.blocked).format(count=choice.blocked)
        amounts = (
            choice.monthly_cents, choice.overage_cents, choice.roaming_cents, choice.calls_cents,
            choice.total_cents,
        )  # fmt: skip
        return (choice.name, *(units.money(amount) if amount else "–" for amount in amounts), note, role)

    def advice(self, result: Any) -> Content:
        """What to do, in euros."""
        month = units.month(self.month)
        if result.saving_cents <= 0:
            text = _("{name} was the cheapest choice in {month}.").format(
                name=result.present.name, month=month
            )
        else:
            text = _("{name} would have cost {amount} less in {month} than {present}.").format(
                name=result.cheapest.name,
                amount=units.money(result.saving_cents),
                month=month,
                present=result.present.name,
            )
        alone = _("The line by itself, as if it shared no pool; net of VAT; nothing is changed.")
        return Content.assemble((safe(text), "bold"), "\n", (alone, "$text-quiet"))

    def write(self, where: str, text: Content) -> None:
        """Update a text, only if it differs."""
        static = self.query_one(where, Static)
        if static.content != text:
            static.update(text)

    async def action_kind(self) -> None:
        """Data bundles, or roaming bundles."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        table = self.query_one(FactList)
        table.set_class(self.kind == "roaming", "-roaming")
        table.columns = self.columns()
        table.fit_columns()
        await self.simulate()

    async def action_month(self, step: int) -> None:
        """One month back or on; the present month is not over yet."""
        visit = desk_of(self).visit
        assert visit is not None
        month = add_months(self.month, step)
        if month < month_of(visit.now, visit.zone):
            self.month = month
            await self.simulate()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The present month is not over: it cannot be compared yet."""
        if action == "month" and parameters == (1,):
            visit = desk_of(self).visit
            return visit is not None and add_months(self.month, 1) < month_of(visit.now, visit.zone)
        return True
