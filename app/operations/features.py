"""What a line can do besides calling and data, and options that add a SIM or a fixed IP address."""

from __future__ import annotations

from typing import Any

from app.i18n import _, language
from app.operations.core import Invalid, Refused, Visit, operation
from app.operations.core.feature_rows import SIM_ROLES, FeatureRow, feature_rows
from app.operations.core.fixed_ip import next_address
from app.operations.core.line_detail import line_values
from app.operations.core.line_edit import change_line, must_not_have_ended
from app.operations.core.names import kind_name
from app.operations.core.quoting import Quote, QuoteLine, make_quote
from app.operations.core.scope import line_in_scope
from app.operations.core.sim_cards import add_sim, check_sim_kind


@operation("features.get", right="VIEW_LINES", changes=False)
def get(visit: Visit, line_id: int) -> list[FeatureRow]:
    """Features and options of a line with status, how-to and codes.

    Args:
        line_id: the line.
    """
    return feature_rows(visit, line_values(visit, line_in_scope(visit, line_id, "VIEW_LINES")))


@operation("features.set", right="MANAGE_LINES")
def set(visit: Visit, line_id: int, feature: str, on: bool, version: int | None = None) -> list[FeatureRow]:
    """Turn a feature on or off.

    Args:
        line_id: the line.
        feature: wifi_calling or visual_voicemail.
        on: True to turn it on.
        version: the line's version when the form was filled.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "MANAGE_LINES"))
    switches = [row.code for row in feature_rows(visit, line) if row.can_change]
    if feature not in switches:
        if not switches:
            raise Refused(
                _("A {kind} line has no features to switch.").format(kind=kind_name(line["kind"])), "feature"
            )
        raise Invalid(_("Choose from: {words}.").format(words=", ".join(switches)), "feature")
    change_line(visit, line_id, {feature: on}, version=version, was={feature: not on})
    return feature_rows(visit, line_values(visit, line_id))


@operation("features.quote", right="ORDER", costs=True)
def quote(
    visit: Visit, line_id: int, option: str, sim: str = "physical", device_supports_esim: bool = False
) -> Quote:
    """What an option would cost, and what to know before it is chosen.

    Args:
        line_id: the line.
        option: combi_sim, multisim or mobile_internet_extended.
        sim: physical or esim, for an option that adds a SIM.
        device_supports_esim: the device was checked; needed for an eSIM.
    """
    line = line_values(visit, line_in_scope(visit, line_id, "ORDER"))
    must_not_have_ended(visit, line)
    offered = {found.code: found for found in visit.content.catalogue.options_of(line["kind"])}
    if option not in offered:
        raise Refused(
            _("{kind} lines can have: {options}.").format(
                kind=kind_name(line["kind"]), options=", ".join(offered) or _("no options")
            ),
            "option",
        )
    chosen = offered[option]
    lines = [QuoteLine(chosen.name.in_language(language()), monthly_cents=chosen.monthly_cents)]
    notes = [chosen.text.in_language(language())]
    payload: dict[str, Any] = {"line": line["id"], "version": line["version"], "option": option}
    if chosen.risk:
        notes.append(chosen.risk.in_language(language()))
    if chosen.fixed_ip:
        if line["fixed_ip"]:
            raise Refused(_("This line has the fixed address {ip}.").format(ip=line["fixed_ip"]), "option")
        payload["fixed_ip"] = True
    else:
        card = check_sim_kind(visit, sim, device_supports_esim)
        lines.append(QuoteLine(card.name.in_language(language()), once_cents=card.once_cents))
        payload["sim"] = sim
    return make_quote(visit, "features.quote", line["account_id"], payload, lines, notes)


def book(visit: Visit, payload: dict[str, Any]) -> tuple[int, int, str]:
    """Add the option of an accepted quote; the line must be as it was when the price was shown."""
    line_id = line_in_scope(visit, payload["line"], "ORDER")
    if payload.get("fixed_ip"):
        address = next_address(visit)
        version = change_line(visit, line_id, {"fixed_ip": address}, version=payload["version"])
        return line_id, version, _("The line has the fixed address {address}.").format(address=address)
    version = change_line(visit, line_id, {}, version=payload["version"])
    add_sim(visit, line_id, payload["sim"], SIM_ROLES[payload["option"]])
    return line_id, version, _("The SIM is on its way; its use counts on this line.")
