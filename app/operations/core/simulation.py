"""What a past month would have cost on every data bundle or roaming bundle. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.clock import add_months, month_bounds, month_of
from app.i18n import _, language
from app.intake.streams import first_state
from app.operations.core.allowances import allowance
from app.operations.core.earlier_bundles import BUNDLE_THEN
from app.operations.core.names import BUNDLES, class_name, names_of
from app.operations.core.paging import Order, Page, read_page
from app.operations.core.plans import tables_of, tariff_of
from app.operations.core.visit import Visit
from app.rating.codes import LineKind
from app.rating.records import LineTerms, Usage
from app.rating.simulate import Choice, Cost, simulate

BY_NUMBER = Order(("line.number",), (str,))
DATA, ROAMING = "data", "roaming"


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A month under one choice, in cents before VAT.

    code: of the data bundle, or roaming bundles joined by "+", "none" for none; blocked: records that would
    not have gone through.
    """

    code: str
    name: str
    monthly_cents: int
    overage_cents: int
    roaming_cents: int
    calls_cents: int
    total_cents: int
    blocked: int


@dataclass(frozen=True, slots=True)
class LineSimulation:
    """One line: what it has, what would have been cheapest without more being blocked, all choices."""

    line_id: int
    number: str
    person: str
    present: ChoiceRow
    cheapest: ChoiceRow
    saving_cents: int
    choices: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A past month on other bundles; each line by itself, as if it shared no pool.

    lines: a page of lines by number; present_cents, cheapest_cents, saving_cents: sums of this page.
    """

    month: int
    what: str
    lines: Page[LineSimulation]
    present_cents: int
    cheapest_cents: int
    saving_cents: int


def run_simulation(
    visit: Visit, where: str, values: dict[str, Any], month: int, what: str, after: str | None, limit: int
) -> Simulation:
    """Simulate a page of lines."""
    month = month or add_months(month_of(visit.now, visit.zone), -1)
    page = read_page(
        visit,
        f"SELECT line.number, line.id, line.number, line.person, line.kind, {BUNDLE_THEN}, line.plan, "
        f"line.activated_at, line.ends_at, account.number FROM line JOIN account "
        f"ON account.id = line.account_id WHERE {where} AND {{where}} {{order}}",
        BY_NUMBER,
        lambda row: simulate_line(visit, row, month, what),
        after=after,
        limit=limit,
        bundle_end=month_bounds(month, visit.zone)[1],
        **values,
    )
    present = sum(line.present.total_cents for line in page.rows)
    best = sum(line.cheapest.total_cents for line in page.rows)
    return Simulation(month, what, page, present, best, present - best)


def simulate_line(visit: Visit, row: tuple[Any, ...], month: int, what: str) -> LineSimulation:
    """One line's month under every choice."""
    line_id, number, person, kind, data_bundle, plan, activated, ends, account = row
    tariff = tariff_of(visit, plan, month)
    subject = tariff.subject_index(number) or tariff.subject_index(account)
    voice = LineKind.VOICE_DATA if kind == "voice_data" else LineKind.DATA_ONLY
    commands = read_commands(visit, line_id, month)
    start = first_state(commands, month_bounds(month, visit.zone)[0])
    had = "+".join(names_of(start.bundles, BUNDLES)) or "none"
    choices = offered(visit, plan, month, what, (data_bundle, activated, ends), had)
    costs = simulate(
        stream_of(visit, line_id, month, commands),
        LineTerms(kind=int(voice), subject=subject),
        start,
        list(choices.values()),
    )
    rows = {code: _choice(code, cost) for code, cost in zip(choices, costs, strict=True)}
    present = rows[had if what == ROAMING else data_bundle]
    best = min(
        (choice for choice in rows.values() if choice.blocked <= present.blocked),
        key=lambda choice: (choice.total_cents, choice is not present),
    )
    saving = present.total_cents - best.total_cents
    return LineSimulation(line_id, number, person, present, best, saving, tuple(rows.values()))


def offered(
    visit: Visit, plan: str, month: int, what: str, line: tuple[str, int | None, int | None], had: str
) -> dict[str, Choice]:
    """What to try, by code: every data bundle, or every set of roaming bundles that may be combined."""
    tables = tables_of(visit, plan, month)
    catalogue = visit.content.catalogue

    def choice(name: str, bundle: str, bits: int | None) -> Choice:
        found = catalogue.data_bundles[bundle]
        size = allowance(visit, bundle, line[1], line[2], month)
        return Choice(name, tables, size, found.monthly_cents, found.unlimited, bits)

    if what == DATA:
        return {
            code: choice(bundle.name.in_language(language()), code, None)
            for code, bundle in catalogue.data_bundles.items()
        }
    sets = {"+".join(names_of(bits, BUNDLES)) or "none": bits for bits in (*range(8), BUNDLES["world"])}
    return {
        code: choice(_set_name(bits), line[0], None if code == had else bits) for code, bits in sets.items()
    }


def stream_of(visit: Visit, line_id: int, month: int, commands: list[tuple[int, ...]]) -> list[Usage]:
    """A line's usage and changes of settings in a month."""
    start, end = month_bounds(month, visit.zone)
    rows = visit.rows(
        "SELECT line_id, start, tie, kind, direction, volume, place, number, flags, legs FROM usage_record "
        "WHERE line_id = :line AND start >= :start AND start < :end",
        line=line_id,
        start=start,
        end=end,
    )
    changes = [
        Usage(line=line_id, start=at, tie=tie, kind=kind, volume=value)
        for at, tie, kind, value in commands
        if start < at < end
    ]
    return [*(Usage(*row) for row in rows), *changes]


def read_commands(visit: Visit, line_id: int, month: int) -> list[tuple[int, ...]]:
    """Changes of a line's settings up to the end of a month, in order."""
    return visit.rows(
        "SELECT effective_at, tie, kind, value FROM line_command WHERE line_id = :line "
        "AND effective_at < :end ORDER BY effective_at, tie",
        line=line_id,
        end=month_bounds(month, visit.zone)[1],
    )


def _set_name(bits: int) -> str:
    return ", ".join(class_name(code) for code in names_of(bits, BUNDLES)) or _("No roaming bundle")


def _choice(code: str, cost: Cost) -> ChoiceRow:
    return ChoiceRow(
        code=code,
        name=cost.name,
        monthly_cents=cost.monthly_cents,
        overage_cents=cost.overage_cents,
        roaming_cents=cost.roaming_cents,
        calls_cents=cost.calls_cents,
        total_cents=cost.total_cents,
        blocked=cost.blocked + cost.suspended,
    )
