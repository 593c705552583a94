"""Areas for people, with what is no area of the shell."""

from __future__ import annotations

from typing import Final

from app.i18n import _, mark
from app.screens.shell import AREAS

OTHERS: Final = {"sign_in": mark("Signing in"), "helpdesk": mark("Helpdesk")}


def area_name(area: str) -> str:
    """An area, as its tab says it."""
    return _(AREAS[area][0]) if area in AREAS else _(OTHERS.get(area, area))
