"""SIM cards and profiles of a line."""

from __future__ import annotations

from app.content.catalogue import SimKind
from app.i18n import _
from app.operations.core.errors import Invalid
from app.operations.core.visit import Visit


def check_sim_kind(visit: Visit, sim: str, device_supports_esim: bool) -> SimKind:
    """The kind of SIM that was chosen.

    Raises:
        Invalid: it is not known, or nobody has confirmed that the device takes an eSIM.
    """
    kinds = visit.content.catalogue.sims
    if sim not in kinds:
        raise Invalid(_("Choose a kind of SIM: {kinds}.").format(kinds=", ".join(kinds)), "sim")
    if sim == "esim" and not device_supports_esim:
        raise Invalid(
            _("Confirm that the device supports eSIM, or choose a SIM card; that fits every device."),
            "device_supports_esim",
        )
    return kinds[sim]


def add_sim(visit: Visit, line_id: int, kind: str, role: str) -> str:
    """Add a card or profile to a line, to be told its number when it is handed out; a name until then."""
    cursor = visit.change.execute("SELECT coalesce(max(id), 0) + 1 FROM sim")
    iccid = f"ordered-{cursor.fetchone()[0]}"
    visit.change.execute(
        "INSERT INTO sim (line_id, iccid, kind, role, status, label) "
        "VALUES (:line, :iccid, :kind, :role, 'active', '')",
        line=line_id,
        iccid=iccid,
        kind=kind,
        role=role,
    )
    return iccid
