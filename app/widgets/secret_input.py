"""The field that secrets are typed into: it shows dots, and gives nothing out again."""

from __future__ import annotations

from typing import Any

from app.widgets.text_input import TextInput


class SecretInput(TextInput):
    """A field for a password or code: what is in it can be replaced, not copied, cut or dragged out."""

    ALLOW_SELECT = False

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, password=True, **options)

    @property
    def selected_text(self) -> str:
        """Nothing, whatever is marked: Textual would put it on the clipboard."""
        return ""

    def action_copy(self) -> None:
        """Leave the clipboard as it is."""

    def action_cut(self) -> None:
        """Take out what is marked; the clipboard stays as it is."""
        self.delete_selection()

    def on_unmount(self) -> None:
        """What was typed goes with the screen, whoever still holds the field."""
        self.set_reactive(TextInput.value, "")
