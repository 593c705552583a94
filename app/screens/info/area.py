"""Info: what use costs in any country, articles to help oneself with, and whether everything works."""

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
    Part("status", mark("Status"), "StatusPart"),
)
OF_ARTICLES = ("article", "service")
"""Targets that the articles show; the prices show the others."""


class InfoArea(Area):
    """A line of parts, and one of them below; each is mounted when it is first opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding("f3", f"part('{part.name}')", part.title, id=f"info.{part.name}") for part in PARTS),
        *(
            Binding(part.name[0], f"go('{part.name}')", part.title, show=False, id=f"info.go_{part.name}")
            for part in PARTS
        ),
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
        await self.action_go(event.name)

    async def action_part(self, name: str) -> None:
        """The next part."""
        await self.action_go(name)

    async def action_go(self, name: str) -> None:
        """Show a part and go into it."""
        await self.open_part(name)
        self.focus_first()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key leads round the parts; a letter to its own, where nothing is typed."""
        if action == "part":
            return parameters[0] == self.after_current
        return action != "go" or self.current not in ("", parameters[0])

    @property
    def after_current(self) -> str:
        """The part that comes next."""
        names = [part.name for part in PARTS]
        return names[(names.index(self.current) + 1) % len(names)] if self.current else names[0]

    def focus_first(self) -> None:
        if self.current:
            self.parts[self.current].focus_first()
