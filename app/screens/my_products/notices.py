"""The form for the volumes at which a line's user is told."""

from __future__ import annotations

from collections.abc import Iterable

from app import units
from app.i18n import _
from app.unit_input import parse_volume
from app.widgets.dialog import FormDialog
from app.widgets.form_field import FormField


class NoticeForm(FormDialog):
    """Two volumes; answers with both in bytes, 0 for none."""

    def __init__(self, usage: int, roaming: int) -> None:
        super().__init__(_("Notices by SMS"))
        self.usage, self.roaming = usage, roaming

    def fields(self) -> Iterable[FormField]:
        hint = _("such as {example}; 0 for no notice").format(example=units.volume(5_000_000_000))
        for name, label, size in (
            ("usage_bytes", _("Usage notice, NL and EU"), self.usage),
            ("roaming_bytes", _("Roaming data notice"), self.roaming),
        ):
            value = units.volume(size).replace("\u00a0", " ") if size else "0"
            yield FormField(name, label, value, hint=hint, check=parse_volume, required=True)
