"""The form for the volumes at which a line's user is told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from app import units
from app.i18n import _
from app.unit_input import parse_volume
from app.widgets.dialog import FormDialog
from app.widgets.form_field import FormField


class NoticeForm(FormDialog):
    """Two volumes; answers with both in bytes, 0 for none. A bare number is of the unit in the label."""

    def __init__(self, usage: int, roaming: int) -> None:
        super().__init__(_("Notices by SMS"))
        self.usage, self.roaming = usage, roaming

    def fields(self) -> Iterable[FormField]:
        for name, label, unit, size, usual in (
            ("usage_bytes", _("Usage notice, NL and EU"), "GB", self.usage, 5_000_000_000),
            ("roaming_bytes", _("Roaming data notice"), "MB", self.roaming, 200_000_000),
        ):
            value = units.volume(size).replace("\u00a0", " ") if size else "0"
            hint = _("such as {example}; 0 for no notice").format(example=units.volume(usual))
            check = partial(parse_volume, unit=unit)
            yield FormField(name, f"{label} ({unit})", value, hint=hint, check=check, required=True)
