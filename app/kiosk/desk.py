"""A kiosk's way to the operations: who has not signed in reads what anybody may read."""

from __future__ import annotations

from typing import Any, Final

from app.i18n import _, language
from app.screens.desk import Desk

WRITES_FILES: Final = ("export.rows", "privacy.export")
"""What leaves files where the portal runs: from a shop nobody could take them along."""


class KioskDesk(Desk):
    """Performs operations for nobody in particular, as role `kiosk`, until somebody has signed in."""

    def _do(self, name: str, arguments: dict[str, Any]) -> Any:
        if name in WRITES_FILES:
            from app.operations.core import Refused

            raise Refused(_("No files are written at this terminal. Do this at home, or ask our people."))
        if self.visit is not None:
            return super()._do(name, arguments)
        from app.operations.core import perform
        from app.screens.sign_in.visitor import visitor

        return perform(visitor(self, language(), "kiosk"), name, **arguments)
