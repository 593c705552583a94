"""Ordering a line, starting it, and cancelling it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.i18n import _, language, ngettext
from app.operations.bundles import check_bundles, quote_lines
from app.operations.core import Invalid, Refused, Visit, operation
from app.operations.core.allowances import bundle_name, is_zero
from app.operations.core.line_detail import line_values, term_end
from app.operations.core.line_edit import change_line, must_not_have_ended
from app.operations.core.names import BUNDLES, bits_of, kind_name, names_of
from app.operations.core.ordering import activate_line, end_of_contract, group_of, new_line
from app.operations.core.plans import usual_plan
from app.operations.core.quoting import Quote, QuoteLine, make_quote
from app.operations.core.scope import line_in_scope, service_in_scope
from app.operations.core.sim_cards import check_sim_kind
from app.units import date


@dataclass(frozen=True, slots=True)
class OrderChoices:
    """What an order can be made of; codes in the order in which they are offered."""

    kinds: tuple[str, ...]
    data_bundles: tuple[str, ...]
    terms: tuple[int, ...]
    bundles: tuple[str, ...]
    sims: tuple[str, ...]
    default_sim: str


@dataclass(frozen=True, slots=True)
class Ending:
    """When a line's term is over (None: not started), when it ends if cancelled now, or when it will."""

    line_id: int
    term_ends_at: int | None
    ends_at: int
    cancelled: bool
    version: int


@operation("orders.choices", right="VIEW_TARIFFS", changes=False)
def choices(visit: Visit) -> OrderChoices:
    """What an order can be made of."""
    catalogue = visit.content.catalogue
    return OrderChoices(
        kinds=tuple(catalogue.subscriptions),
        data_bundles=tuple(catalogue.data_bundles),
        terms=catalogue.terms_months,
        bundles=tuple(BUNDLES),
        sims=tuple(catalogue.sims),
        default_sim=next(code for code, sim in catalogue.sims.items() if sim.default),
    )


@operation("orders.quote", right="ORDER", costs=True)
def quote(
    visit: Visit,
    kind: str,
    data_bundle: str,
    term: int = 24,
    bundles: list[str] | None = None,
    sim: str = "physical",
    device_supports_esim: bool = False,
    group_id: int | None = None,
    person: str = "",
    department: str = "",
    cap: int = 0,
) -> Quote:
    """What a new line would cost.

    Args:
        kind: voice_data or data_only.
        data_bundle: code in the catalogue: 0, 2, 6, 15, 25 or unlimited.
        term: contract in months: 1, 12 or 24; a group has its own.
        bundles: roaming bundles to start with: a, b, rest, world.
        sim: physical or esim.
        device_supports_esim: the device was checked; needed for an eSIM.
        group_id: the group to join.
        person: who uses the line.
        department: where they work.
        cap: the most roaming bundles of each class a month; 0 for what is usual.
    """
    if visit.account_id is None:
        raise Refused(_("Open the customer's account first."))
    offered = choices(visit)
    _one_of(kind, offered.kinds, "kind")
    _one_of(data_bundle, offered.data_bundles, "data_bundle")
    _one_of(term, offered.terms, "term")
    policies = visit.content.operator.policies
    bits = bits_of([code.lower() for code in bundles or ()], BUNDLES, "bundles")
    cap = cap or policies.default_bundle_cap
    check_bundles(visit, bits, cap)
    card = check_sim_kind(visit, sim, device_supports_esim)
    group_id = service_in_scope(visit, group_id)
    group = group_of(visit, visit.account_id, group_id)
    plan = usual_plan(visit)
    line: dict[str, Any] = {
        "account_id": visit.account_id,
        "group_id": group_id,
        "person": person,
        "department": department,
        "kind": kind,
        "data_bundle": data_bundle,
        "plan": plan,
        "term_months": group[2] if group else term,
        "limit_cents": policies.default_limit_cents,
        "bundles": bits,
        "bundle_cap": cap,
    }
    catalogue = visit.content.catalogue
    extra, notes = quote_lines(visit, plan, names_of(bits, BUNDLES), cap) if bits else ([], [])
    lines = [
        QuoteLine(kind_name(kind), monthly_cents=catalogue.subscriptions[kind].monthly_cents),
        QuoteLine(
            _("Data bundle {name}").format(name=bundle_name(visit, data_bundle)),
            monthly_cents=catalogue.data_bundles[data_bundle].monthly_cents,
        ),
        QuoteLine(card.name.in_language(language()), once_cents=card.once_cents),
        *extra,
    ]
    notes = [_term_note(visit, line["term_months"], group), *_data_notes(visit, data_bundle, bits), *notes]
    return make_quote(visit, "orders.quote", visit.account_id, {"line": line, "sim": sim}, lines, notes)


def book(visit: Visit, payload: dict[str, Any]) -> tuple[int, int, str]:
    """Store the line of an accepted order; it starts when it is activated."""
    line_id = new_line(visit, payload)
    return line_id, 1, _("The line is ordered.")


@operation("orders.activate", right="PROVISION")
def activate(visit: Visit, line_id: int, number: str, iccid: str = "") -> Ending:
    """Start an ordered line; the operator does this once the SIM is ready.

    Args:
        line_id: the line.
        number: its number, like +31612345678.
        iccid: number of the SIM card or profile.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "PROVISION"))
    if line["status"] != "ordered":
        raise Refused(_("This line was started before."))
    activate_line(visit, line, number, iccid)
    return _ending(visit, line_id)


@operation("orders.end_date", right="VIEW_LINES", changes=False)
def end_date(visit: Visit, line_id: int) -> Ending:
    """When a line's term is over, and when it would end if it was cancelled now.

    Args:
        line_id: the line.
    """
    return _ending(visit, line_in_scope(visit, line_id, "VIEW_LINES"))


@operation("orders.cancel", right="MANAGE_LINES")
def cancel(visit: Visit, line_id: int, version: int | None = None) -> Ending:
    """Cancel a line: it ends at the end of a month, not before its term is over.

    Args:
        line_id: the line.
        version: the line's version when it was read.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "MANAGE_LINES"))
    must_not_have_ended(visit, line)
    if line["ends_at"] is not None:
        day = date(line["ends_at"] - 1, visit.zone)
        raise Refused(_("This line was cancelled before; its last day is {day}.").format(day=day))
    change_line(visit, line["id"], {"ends_at": end_of_contract(visit, line)}, version=version)
    return _ending(visit, line["id"])


def _ending(visit: Visit, line_id: int) -> Ending:
    line = line_values(visit, line_id)
    ends_at = line["ends_at"] if line["ends_at"] is not None else end_of_contract(visit, line)
    return Ending(line_id, term_end(visit, line), ends_at, line["ends_at"] is not None, line["version"])


def _one_of(value: object, offered: tuple[Any, ...], field: str) -> None:
    if value not in offered:
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(map(str, offered))), field)


def _term_note(visit: Visit, term: int, group: tuple[int, str, int, int | None] | None) -> str:
    months = ngettext("{count} month", "{count} months", term).format(count=term)
    if group is None:
        return _("Contract of {months}; afterwards it can be cancelled to the end of any month.").format(
            months=months
        )
    if group[3] is None:
        return _("Group {name}: all its lines end {months} after the first one starts.").format(
            name=group[1], months=months
        )
    day = date(group[3], visit.zone)
    return _("Group {name}: all its lines end on {day}.").format(name=group[1], day=day)


def _data_notes(visit: Visit, data_bundle: str, bundles: int) -> list[str]:
    notes = []
    if is_zero(visit, data_bundle):
        notes.append(_("Data is blocked on a 0 GB line until an administrator lifts the block."))
    if not bundles:
        notes.append(_("Without a roaming bundle data outside the EU is off."))
    return notes
