"""Info: what use costs in any country, and articles to help oneself with."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from app.i18n import _, mark
from app.screens.area import Area
from app.screens.my_products.tab_line import Tab, TabLine


class Part(NamedTuple):
    """A part of the area: its name is its module."""

    name: str
    title: str
    made_by: str


PARTS = (
    Part("prices", mark("Prices"), "Prices"),
    Part("articles", mark("Articles"), "ArticlesPart"),
)
OF_ARTICLES = ("article", "service")
"""Targets that the articles show; the prices show the others."""


class InfoArea(Area):
    """A line of two parts, and one of them below; each is mounted when it is first opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3,a", "part('articles')", mark("Articles"), id="info.articles"),
        Binding("f3,p", "part('prices')", mark("Prices"), id="info.prices"),
    ]

    def __init__(self) -> None:
        super().__init__(id="info")
        self.parts: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        yield TabLine([Tab(part.name, _(part.title)) for part in PARTS], id="info-parts")
        yield Container(id="info-part")

    @property
    def current(self) -> str:
        """The part that is shown; nothing before the first one is."""
        return self.query_one("#info-parts", TabLine).current

    @property
    def place(self) -> str:
        return f"info/{self.current}"

    async def refresh_data(self) -> None:
        if self.current:
            await self.parts[self.current].renew()
        else:
            await self.open_part("prices")

    async def open_part(self, name: str) -> None:
        """Show a part."""
        line = self.query_one("#info-parts", TabLine)
        line.asked = name
        if name not in self.parts:
            made_by = next(part.made_by for part in PARTS if part.name == name)
            module = importlib.import_module(f"app.screens.info.{name}")
            self.parts[name] = getattr(module, made_by)(id=f"info-{name}")
            await self.query_one("#info-part").mount(self.parts[name])
        if line.asked != name:
            return
        for other, each in self.parts.items():
            each.display = other == name
        line.current = name
        await self.parts[name].renew()
        self.refresh_bindings()

    async def open_target(self, kind: str, number: int) -> None:
        """A country ("place"), the sheet, an article, or what is about the selected service."""
        name = "articles" if kind in OF_ARTICLES else "prices"
        await self.open_part(name)
        await self.parts[name].open_target(kind, number)

    async def go_home(self) -> None:
        await self.open_part("prices")
        self.focus_first()

    @on(TabLine.Chosen, "#info-parts")
    async def clicked(self, event: TabLine.Chosen) -> None:
        """A click on a part."""
        await self.action_part(event.name)

    async def action_part(self, name: str) -> None:
        """Show a part and go into it."""
        await self.open_part(name)
        self.focus_first()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key leads to the other part."""
        return action != "part" or parameters[0] != self.current

    def focus_first(self) -> None:
        if self.current:
            self.parts[self.current].focus_first()
