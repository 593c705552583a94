"""What anybody may read at a kiosk: each page is one of the portal's own parts between two bars."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widgets import Static

from app.content.operator import Operator
from app.i18n import _, mark
from app.screens.kiosk.bar import TouchBar
from app.text import safe

PAGES: Final[dict[str, tuple[str, str, str]]] = {
    "contact": ("app.screens.kiosk.contact", "ContactPart", mark("Contact and hours")),
    "prices": ("app.screens.info.prices", "Prices", mark("Prices")),
    "articles": ("app.screens.info.articles", "ArticlesPart", mark("Articles")),
    "status": ("app.screens.info.status", "StatusPart", mark("Status")),
}
"""Name to module, class and title. A part has an id `info-<name>`, `renew` and `focus_first`."""
HOME_KEY: Final = "alt+0"


class PublicPage(Screen[None]):
    """The operator's name and the title, one part, and the way home.

    Args:
        name: one of PAGES.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "home", mark("Home"), show=False, id="kiosk.home"),
    ]

    def __init__(self, operator: Operator, name: str) -> None:
        super().__init__()
        module, made_by, self.heading = PAGES[name]
        self.operator = operator
        self.page = name
        self.part: Any = getattr(importlib.import_module(module), made_by)(id=f"info-{name}")

    @property
    def place(self) -> str:
        """Which page it is, for who shows the way."""
        return f"kiosk/{self.page}"

    def compose(self) -> ComposeResult:
        with Horizontal(id="kiosk-top"):
            yield Static(safe(self.operator.name), id="kiosk-operator", markup=False)
            yield Static(_(self.heading), id="kiosk-title", markup=False)
        yield Container(self.part, id="kiosk-page")
        yield TouchBar(HOME_KEY)

    async def on_mount(self) -> None:
        await self.part.renew()
        self.part.focus_first()

    def action_home(self) -> None:
        """Back to the start page."""
        self.dismiss()


async def open_page(app: App[Any], operator: Operator, name: str) -> None:
    """Show a page over the start page."""
    await app.push_screen(PublicPage(operator, name))
