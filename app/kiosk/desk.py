"""A kiosk's way to the operations: who has not signed in reads what anybody may read."""

from __future__ import annotations

from typing import Any

from app.i18n import language
from app.screens.desk import Desk


class KioskDesk(Desk):
    """Performs operations for nobody in particular, as role `kiosk`, until somebody has signed in."""

    def _do(self, name: str, arguments: dict[str, Any]) -> Any:
        if self.visit is not None:
            return super()._do(name, arguments)
        from app.operations.core import perform
        from app.screens.sign_in.visitor import visitor

        return perform(visitor(self, language(), "kiosk"), name, **arguments)
