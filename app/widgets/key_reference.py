"""All keys on one screen, by group, scrolled with the arrows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label

from app.i18n import _
from app.text import safe
from app.widgets.columns import cell_text
from app.widgets.painted import Painted, Run

Groups = Iterable[tuple[str, list[tuple[str, str, str]]]]


class _Keys(Painted):
    def __init__(self, groups: Groups) -> None:
        super().__init__()
        self._groups = list(groups)

    def lines(self, width: int) -> list[list[Run]]:
        found: list[list[Run]] = []
        for group, entries in self._groups:
            found.append([(safe(group), "strong")])
            for keys, title, help in entries:
                line: list[Run] = [("  " + cell_text(keys, 12, "left"), "accent")]
                found.append([*line, (cell_text(title, 20, "left") + " ", ""), (safe(help), "muted")])
            found.append([])
        return found[:-1]


class KeyReference(ModalScreen[None]):
    """Shows `groups` as `app.commands.reference()` yields them; Esc closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark", "leave", show=False),
    ]

    def __init__(self, groups: Groups, **kw: Any) -> None:
        super().__init__(**kw)
        self._groups = groups

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(Content(_("Keys")), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield _Keys(self._groups)
            yield Label(Content(_("Esc closes")), classes="form-hint")

    def action_leave(self) -> None:
        self.dismiss(None)
