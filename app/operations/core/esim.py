"""What a device scans to fetch an eSIM's profile: kept sealed, shown to who may become that line."""

from __future__ import annotations

import re
from typing import Final

from app.i18n import _
from app.operations.core.errors import Invalid, Refused
from app.operations.core.visit import Visit

CODE: Final = re.compile(r"LPA:1\$[A-Za-z0-9.-]+\$[A-Za-z0-9-]*(\$[0-9.]*(\$1?)?)?")
"""GSMA SGP.22, 4.1: address of the SM-DP+, matching id, its object id, whether a confirmation is asked."""
PLACE: Final = "sim.activation."


def provide(visit: Visit, sim_id: int, code: str) -> None:
    """Keep the activation code of a profile, in the open transaction.

    Raises:
        Invalid: it has not the form of one.
        Refused: there are no keys to seal it with.
    """
    whole = code.strip()
    whole = whole if whole.startswith("LPA:") else f"LPA:{whole}"
    if not CODE.fullmatch(whole):
        raise Invalid(
            _("Write the activation code as the SM-DP+ gave it, like LPA:1$smdp.example.org$04386-AGYFT."),
            "activation_code",
        )
    if visit.vault is None:
        raise Refused(_("There are no keys here."))
    visit.change.execute(
        "UPDATE sim SET activation = :sealed WHERE id = :id",
        sealed=visit.vault.seal(whole, f"{PLACE}{sim_id}"),
        id=sim_id,
    )


def opened(visit: Visit, sim_id: int, sealed: str) -> str:
    """The code of a profile.

    Raises:
        Refused: there are no keys here.
    """
    if visit.vault is None:
        raise Refused(_("There are no keys here."))
    return visit.vault.open(sealed, f"{PLACE}{sim_id}")
