"""What stands on top of the screen instead of the operator's name while somebody practises."""

from __future__ import annotations

from textual.widget import Widget

from app.i18n import _
from app.screens.area import desk_of
from app.text import safe

CLASS = "-practice"


def name_on_top(widget: Widget, operator: str) -> str:
    """The operator's name, or that nothing is real here; the widget gets a class that makes it stand out."""
    practises = desk_of(widget).practice
    widget.set_class(practises, CLASS)
    return _("PRACTICE – nothing here is real") if practises else safe(operator)
