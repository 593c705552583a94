"""Roaming bundles of a line, and its data bundle for NL and the EU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.clock import month_of
from app.i18n import _
from app.operations.core import Invalid, Refused, Visit, operation
from app.operations.core.allowances import bundle_name, is_zero
from app.operations.core.coverage import covered_places
from app.operations.core.earlier_bundles import keep_earlier
from app.operations.core.line_detail import counter_state, line_values
from app.operations.core.line_edit import change_line, must_not_have_ended
from app.operations.core.names import BUNDLES, bits_of, class_name, names_of
from app.operations.core.plans import tariff_of
from app.operations.core.quoting import Quote, QuoteLine, make_quote
from app.operations.core.scope import line_in_scope
from app.rating.codes import RoamingClass
from app.rating.tariff import RoamingBundle
from app.units import count, money_micro, volume


@dataclass(frozen=True, slots=True)
class BundleOffer:
    """A roaming bundle that a line has or can have.

    code: "a", "b", "rest" or "world"; price_micro: per bundle that starts; countries: names of the places
    it covers, in the reader's language; enabled; can_enable, why_not: another bundle may exclude it.
    """

    code: str
    name: str
    size_bytes: int
    price_micro: int
    countries: tuple[str, ...]
    enabled: bool
    can_enable: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class BundleState:
    """The roaming bundles that are enabled now and the most that may start of each in a month."""

    bundles: tuple[str, ...]
    cap: int
    note: str
    version: int


@operation("bundles.offer", right="VIEW_LINES", changes=False)
def offer(visit: Visit, line_id: int) -> list[BundleOffer]:
    """Roaming bundles with size, price and countries, and whether the line has them.

    Args:
        line_id: the line.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES"))
    enabled = names_of(line["bundles"], BUNDLES)
    found = []
    for bundle in _roaming_bundles(visit, line["plan"]):
        why_not = _excluded(visit, {*enabled, bundle.code}) if bundle.code not in enabled else ""
        found.append(
            BundleOffer(
                code=bundle.code,
                name=class_name(bundle.code),
                size_bytes=bundle.size,
                price_micro=bundle.price,
                countries=covered_places(visit, line["plan"], bundle),
                enabled=bundle.code in enabled,
                can_enable=bundle.code not in enabled and not why_not,
                why_not=why_not,
            )
        )
    return found


@operation("bundles.quote", right="ORDER", costs=True)
def quote(visit: Visit, line_id: int, classes: list[str], cap: int = 0) -> Quote:
    """What enabling roaming bundles would cost, and which countries they cover.

    Args:
        line_id: the line.
        classes: bundles to add: a, b, rest or world.
        cap: the most bundles of each class that may start in a month, 1 to 10; 0 keeps what is set.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "ORDER"))
    must_not_have_ended(visit, line)
    wanted = bits_of([code.lower() for code in classes], BUNDLES, "classes")
    if not wanted:
        raise Invalid(_("Choose at least one roaming bundle."), "classes")
    bits = wanted | line["bundles"]
    cap = cap or line["bundle_cap"]
    check_bundles(visit, bits, cap)
    lines, notes = quote_lines(visit, line["plan"], names_of(wanted, BUNDLES), cap)
    payload = {"line": line["id"], "version": line["version"], "bundles": bits, "bundle_cap": cap}
    return make_quote(visit, "bundles.quote", line["account_id"], payload, lines, notes)


@operation("bundles.quote_data", right="ORDER", costs=True)
def quote_data(visit: Visit, line_id: int, data_bundle: str) -> Quote:
    """What another data bundle for NL and the EU would cost.

    Args:
        line_id: the line.
        data_bundle: code in the catalogue: 0, 2, 6, 15, 25 or unlimited.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "ORDER"))
    must_not_have_ended(visit, line)
    chosen = visit.content.catalogue.data_bundles.get(data_bundle)
    if chosen is None or data_bundle == line["data_bundle"]:
        offered = [code for code in visit.content.catalogue.data_bundles if code != line["data_bundle"]]
        raise Invalid(
            _("Choose another data bundle: {bundles}.").format(bundles=", ".join(offered)), "data_bundle"
        )
    _must_be_unused(visit, line, data_bundle)
    text = _("Data bundle {name}").format(name=bundle_name(visit, data_bundle))
    notes = [_("It counts for the whole of this month.")]
    if chosen.is_zero:
        notes.append(_("Data is blocked on a 0 GB line until an administrator lifts the block."))
    payload = {"line": line["id"], "version": line["version"], "data_bundle": data_bundle}
    lines = [QuoteLine(text, monthly_cents=chosen.monthly_cents)]
    return make_quote(visit, "bundles.quote_data", line["account_id"], payload, lines, notes)


@operation("bundles.disable", right="MANAGE_LINES")
def disable(visit: Visit, line_id: int, classes: list[str], version: int | None = None) -> BundleState:
    """Take roaming bundles off a line; what has started this month stays paid.

    Args:
        line_id: the line.
        classes: bundles to take off: a, b, rest or world.
        version: the line's version when the form was filled.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "MANAGE_LINES"))
    gone = bits_of([code.lower() for code in classes], BUNDLES, "classes")
    left = line["bundles"] & ~gone
    changed = change_line(
        visit, line_id, {"bundles": left}, version=version, was={"bundles": line["bundles"]}
    )
    note = "" if left else _("No roaming bundle is enabled now: data outside the EU is off.")
    return BundleState(names_of(left, BUNDLES), line["bundle_cap"], note, changed)


@operation("bundles.set_cap", right="MANAGE_LINES")
def set_cap(visit: Visit, line_id: int, cap: int, version: int | None = None) -> BundleState:
    """Set how many bundles of each class may start in a month; then that class is blocked.

    Args:
        line_id: the line.
        cap: 1 to 10.
        version: the line's version when the form was filled.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "MANAGE_LINES"))
    check_bundles(visit, line["bundles"], cap)
    changed = change_line(
        visit, line_id, {"bundle_cap": cap}, version=version, was={"bundle_cap": line["bundle_cap"]}
    )
    return BundleState(names_of(line["bundles"], BUNDLES), cap, "", changed)


def book(visit: Visit, payload: dict[str, Any]) -> tuple[int, int, str]:
    """Set what an accepted quote says; the line must be as it was when the price was shown."""
    line_id = line_in_scope(visit, payload["line"], "ORDER")
    changes: dict[str, Any] = {
        name: payload[name] for name in ("bundles", "bundle_cap", "data_bundle") if name in payload
    }
    if "data_bundle" in changes:
        line = line_values(visit, line_id)
        _must_be_unused(visit, line, changes["data_bundle"])
        keep_earlier(visit, line_id, line["data_bundle"])
        changes["zero_lifted"] = False
    version = change_line(visit, line_id, changes, version=payload["version"])
    return line_id, version, _("The line has its bundle now.")


def _must_be_unused(visit: Visit, line: dict[str, Any], data_bundle: str) -> None:
    """Data that was used in a bundle cannot become data of a 0 GB line afterwards."""
    state = counter_state(visit, line["id"], month_of(visit.now, visit.zone))
    if is_zero(visit, data_bundle) and state is not None and state.data_home_eu:
        raise Refused(
            _("This line has used data this month; change it to 0 GB on the 1st, before it is used."),
            "data_bundle",
        )


def check_bundles(visit: Visit, bits: int, cap: int) -> None:
    """Refuse bundles that exclude each other and a cap out of range.

    Raises:
        Invalid, Refused: with the cure.
    """
    most = visit.content.operator.policies.highest_bundle_cap
    if not 1 <= cap <= most:
        raise Invalid(_("Choose from 1 to {most} bundles a month.").format(most=most), "cap")
    why_not = _excluded(visit, set(names_of(bits, BUNDLES)))
    if why_not:
        raise Refused(why_not, "classes")


def quote_lines(
    visit: Visit, plan: str, codes: tuple[str, ...], cap: int
) -> tuple[list[QuoteLine], list[str]]:
    """Positions and notes of roaming bundles: the price of each that starts, and where they count."""
    lines, notes = [], [_("Billed only on real use: a bundle costs nothing until it starts.")]
    for bundle in _roaming_bundles(visit, plan):
        if bundle.code not in codes:
            continue
        name = class_name(bundle.code)
        text = _("Roaming bundle {name}, {size}").format(name=name, size=volume(bundle.size))
        lines.append(QuoteLine(text, per_use_micro=bundle.price))
        places = covered_places(visit, plan, bundle)
        notes.append(
            _("{name} covers {count} countries: {countries}.").format(
                name=name, count=count(len(places)), countries=", ".join(places)
            )
        )
        notes.append(
            _("At most {cap} of {name} a month: {amount}; then data is blocked there.").format(
                cap=cap, name=name, amount=money_micro(cap * bundle.price)
            )
        )
    if codes:
        notes.append(
            _("Elsewhere outside the EU data works too then, at the standard rate up to the cost limit.")
        )
    return lines, notes


def _roaming_bundles(visit: Visit, plan: str) -> tuple[RoamingBundle, ...]:
    return tariff_of(visit, plan, month_of(visit.now, visit.zone)).roaming_bundles


def _excluded(visit: Visit, codes: set[str]) -> str:
    """Why these bundles cannot be enabled together; empty if they can."""
    bits = {RoamingClass(BUNDLES[code]).name or "" for code in codes}
    if visit.content.catalogue.may_combine(bits):
        return ""
    alone = [code for code in BUNDLES if visit.content.catalogue.roaming_bundles[_upper(code)].excludes]
    return _("{bundle} cannot be combined with the other roaming bundles; take those off first.").format(
        bundle=class_name(next(code for code in alone if code in codes))
    )


def _upper(code: str) -> str:
    return RoamingClass(BUNDLES[code]).name or ""
