"""What a line can do, free of charge or as an option with a price, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.content.catalogue import Feature, Option
from app.i18n import _, language
from app.operations.core.line_detail import read_sims
from app.operations.core.visit import Visit
from app.rating.codes import Bar

SIM_ROLES = {"combi_sim": "combi", "multisim": "multisim"}
"""Option to the role of the SIM that it adds."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What to type on the phone, and what it does."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature or option of a line.

    status: "on", "off", "phone" (set by the employee on the phone) or "available" (an option one can
    order); detail: what is special on this line, such as the fixed IP address; needs: what it depends on;
    risk: to be shown before ordering; can_change: by `features.set`; can_order: by `features.quote`;
    monthly_cents: what an option costs.
    """

    code: str
    name: str
    text: str
    status: str
    status_text: str
    detail: str
    needs: str
    risk: str
    help: str
    codes: tuple[CodeRow, ...]
    can_change: bool
    can_order: bool
    monthly_cents: int


def feature_rows(visit: Visit, line: dict[str, Any]) -> list[FeatureRow]:
    """Features of the line's kind, then its options; Data Only has none that speak."""
    catalogue = visit.content.catalogue
    features = catalogue.features_of(line["kind"])
    return [
        *(feature_row(line, feature) for feature in features),
        *(option_row(visit, line, option) for option in catalogue.options_of(line["kind"])),
    ]


def feature_row(line: dict[str, Any], feature: Feature) -> FeatureRow:
    """A feature without a price."""
    status = ("on" if line[feature.code] else "off") if feature.switch else "phone"
    detail = ""
    if feature.code == "call_forwarding":
        detail = _("Forwarding to foreign numbers works.")
        if line["bars"] & Bar.INTERNATIONAL:
            detail = _("Forwarding to foreign numbers is stopped: international calls are barred.")
    return FeatureRow(
        code=feature.code,
        name=feature.name.in_language(language()),
        text=feature.text.in_language(language()),
        status=status,
        status_text=status_text(status),
        detail=detail,
        needs=feature.needs.in_language(language()) if feature.needs else "",
        risk="",
        help=feature.help,
        codes=tuple(CodeRow(code.code, code.name.in_language(language())) for code in feature.codes),
        can_change=feature.switch,
        can_order=False,
        monthly_cents=0,
    )


def option_row(visit: Visit, line: dict[str, Any], option: Option) -> FeatureRow:
    """An option with a price; it is on once it was ordered."""
    detail = line["fixed_ip"] if option.fixed_ip else ""
    if option.fixed_ip and detail:
        detail = _("{address}, the same in every session").format(address=detail)
    role = SIM_ROLES.get(option.code)
    cards = [sim for sim in read_sims(visit, line["id"]) if sim.role == role and sim.status != "ended"]
    if cards:
        detail = ", ".join(sim.iccid for sim in cards)
    status = "on" if detail else "available"
    return FeatureRow(
        code=option.code,
        name=option.name.in_language(language()),
        text=option.text.in_language(language()),
        status=status,
        status_text=status_text(status),
        detail=detail,
        needs="",
        risk=option.risk.in_language(language()) if option.risk else "",
        help="",
        codes=(),
        can_change=False,
        can_order=status == "available" or role is not None,
        monthly_cents=option.monthly_cents,
    )


def status_text(status: str) -> str:
    """A status in the reader's language."""
    return {
        "on": _("On"),
        "off": _("Off"),
        "phone": _("Set on the phone"),
        "available": _("Can be ordered"),
    }[status]
