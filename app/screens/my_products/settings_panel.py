"""A tab of a line that lists settings."""

from __future__ import annotations

from app.i18n import _
from app.screens.my_products.panel import Panel
from app.screens.setting_list import Setting, SettingList

__all__ = ["Setting", "SettingsPanel"]


class SettingsPanel(SettingList, Panel):
    """Settings of the line that is shown."""

    def only_managers(self) -> str:
        """Why the visitor cannot change this; empty if that is not the reason."""
        if self.may("MANAGE_LINES"):
            return ""
        return _("Only an administrator of your account can change this.")
