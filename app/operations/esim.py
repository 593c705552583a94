"""eSIM: profiles that a device fetches by scanning a picture. The operator hands in their codes."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.i18n import _
from app.operations.core import Invalid, NotFound, Visit, operation
from app.operations.core.esim import opened
from app.operations.core.esim import provide as keep
from app.operations.core.scope import line_in_scope
from app.secret import Secret

RIGHT = "ACTIVATE_SIM"


@dataclass(frozen=True, slots=True)
class EsimRow:
    """A profile of a line. role: main, combi or multisim; ready: its code is here."""

    id: int
    iccid: str
    role: str
    label: str
    ready: bool


@dataclass(frozen=True, slots=True)
class EsimCode:
    """What a device scans, or a person types into it."""

    iccid: str
    code: str = field(repr=False)


@operation("esim.page", right="VIEW_LINES", changes=False)
def page(visit: Visit, line_id: int) -> list[EsimRow]:
    """The eSIM profiles of a line.

    Args:
        line_id: the line.
    """
    rows = visit.rows(
        "SELECT id, iccid, role, label, activation <> '' FROM sim WHERE line_id = :line AND kind = 'esim'"
        " AND status <> 'ended' ORDER BY id",
        line=line_in_scope(visit, line_id, "VIEW_LINES"),
    )
    return [EsimRow(*(*row[:4], bool(row[4]))) for row in rows]


@operation("esim.show", right=RIGHT)
def show(visit: Visit, line_id: int, sim_id: int | None = None) -> EsimCode:
    """Show what a device scans to fetch an eSIM's profile. That it was shown is written down.

    Args:
        line_id: the line.
        sim_id: which of its profiles; without it the first.
    """
    row = visit.row(
        "SELECT id, iccid, activation FROM sim WHERE line_id = :line AND kind = 'esim' AND status = 'active'"
        " AND (:sim IS NULL OR id = :sim) ORDER BY id LIMIT 1",
        line=line_in_scope(visit, line_id, RIGHT),
        sim=sim_id,
    )
    if row is None:
        raise NotFound(_("This line has no such eSIM."), "sim_id")
    if not row[2]:
        raise Invalid(_("This eSIM is not ready yet. Try again later, or call our helpdesk."), "sim_id")
    visit.touch("line", line_id)
    return EsimCode(row[1], opened(visit, row[0], row[2]))


@operation("esim.provide", right="PROVISION")
def provide(visit: Visit, iccid: str, activation_code: Secret) -> None:
    """Hand in the activation code of an eSIM, as the SM-DP+ gave it; the one before is forgotten.

    Args:
        iccid: number of the profile.
        activation_code: like LPA:1$smdp.example.org$04386-AGYFT.
    """
    row = visit.row(
        "SELECT sim.id, sim.line_id FROM sim JOIN line ON line.id = sim.line_id WHERE iccid = :iccid"
        " AND sim.kind = 'esim' AND (:account IS NULL OR line.account_id = :account)",
        iccid=iccid.strip(),
        account=visit.account_id,
    )
    if row is None:
        raise NotFound(_("No eSIM has this number."), "iccid")
    keep(visit, row[0], activation_code.reveal())
    visit.touch("line", row[1])
