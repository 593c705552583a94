"""Why a record costs what it costs: sentences, then the stored facts they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app import units
from app.i18n import _
from app.text import safe

if TYPE_CHECKING:
    from app.operations.core.explaining import Explanation

LABEL = 20


def fact_rows(explanation: Explanation) -> list[tuple[str, str]]:
    """What is stored with the record, named and with units; what is zero and says nothing is left out."""
    facts, record = explanation.facts, explanation.record
    sizes = units.volume if record.kind == "data" else units.duration
    texts = {
        "tariff": _("Tariff version"),
        "prefix": _("Destination prefix"),
        "units": _("Units charged"),
    }
    rows = [(name, str(facts[key])) for key, name in texts.items() if facts.get(key)]
    volumes = {
        "included": _("Included"),
        "bundle_volume": _("From roaming bundles"),
        "standard_volume": _("At the standard rate"),
    }
    rows += [(name, sizes(int(facts[key]))) for key, name in volumes.items() if facts.get(key)]
    if facts.get("bundle_count"):
        rows.append((_("Bundles started"), str(facts["bundle_count"])))
    amounts = {"bundle_micro": _("Price of bundles"), "gross_micro": _("Before rounding")}
    rows += [(name, units.money_micro(int(facts[key]))) for key, name in amounts.items() if facts.get(key)]
    rows.append((_("Price, net of VAT"), units.money_micro(record.charge_micro)))
    return rows


class WhyPanel(VerticalScroll, can_focus=True):
    """The explanation of one record."""

    def compose(self) -> ComposeResult:
        yield Static("", id="why-text")

    def on_mount(self) -> None:
        self.border_title = Content(f" {_('Why this price')} ")

    def show(self, explanation: Explanation) -> None:
        """Show an explanation from its first line."""
        parts: list[Content] = [Content(safe(sentence)) for sentence in explanation.sentences]
        parts.append(Content(""))
        for name, value in fact_rows(explanation):
            padded = name + " " * max(LABEL - cell_len(name), 1)
            parts.append(Content.assemble((padded, "$text-quiet"), safe(value)))
        self.query_one("#why-text", Static).update(Content("\n").join(parts))
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show nothing."""
        self.query_one("#why-text", Static).update("")
