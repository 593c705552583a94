"""Articles: a field to find them, the list by group, and one of them to read."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from app.i18n import _, mark
from app.operations.articles import TopicRow
from app.operations.core.article_list import ArticleRow
from app.screens.area import attempt, desk_of
from app.screens.info.article_view import ArticleView
from app.screens.info.article_words import day_of
from app.screens.info.path_line import PathLine, PathPart
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import MemorySource
from app.widgets.text_input import TextInput

SERVICE = ":service"
"""Stands for a topic: what is about the selected service."""


class ArticlesPart(Vertical):
    """The list, or in its place an article that was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "type", mark("Find"), id="articles.find"),
        Binding("t", "topic", mark("Topic"), id="articles.topic"),
        Binding("h", "home", mark("All articles"), show=False, id="articles.home"),
        Binding("escape,backspace", "back", mark("Back"), id="articles.back"),
        Binding("down", "to_list", mark("To the list"), id="articles.to_list"),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.topics: dict[str, str] = {}
        self.topic = ""
        """What the list is about; empty: everything."""
        self.rows: list[ArticleRow] = []
        self.read: list[str] = []
        """Ids of the articles that were opened one from another; the last one shows."""

    def compose(self) -> ComposeResult:
        yield PathLine("article-path")
        yield TextInput(placeholder=_("Words, as in a question"), id="article-words")
        table = LineTable(
            [
                Column(_("Group"), 16, tone=lambda _row: "accent"),
                Column(_("Article"), 20, flex=1),
                Column(_("Topic"), 24, shown_from=100, tone=lambda _row: "muted"),
                Column(_("Updated"), 12, shown_from=70, tone=lambda _row: "muted"),
            ],
            id="article-list",
        )
        table.lacks = ONLY_LOOK - {"activate"}
        yield table
        yield ArticleView(id="article-view")

    @property
    def reading(self) -> bool:
        """Whether an article is shown."""
        return bool(self.read)

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.query_one("#article-words", Input).value.strip()

    async def renew(self) -> None:
        """Read again what is shown."""
        found: list[TopicRow] = await attempt(self, "articles.topics") or []
        self.topics = {topic.id: topic.title for topic in found} | {SERVICE: _("Your service")}
        if self.reading:
            await self.show_article()
        else:
            await self.list_articles(self.words)

    async def list_articles(self, words: str) -> None:
        """What has the words, or all about the topic."""
        if words:
            found = await attempt(self, "articles.search", text=words) or []
        elif self.topic == SERVICE:
            found = await attempt(self, "articles.of_service") or []
        else:
            found = await attempt(self, "articles.page", topic=self.topic) or []
        if found == self.rows and self.query_one("#article-list").display:
            return
        self.rows = found
        table = self.query_one("#article-list", LineTable)
        table.empty = _("No article has these words.") if words else _("There are no articles yet.")
        table.show(MemorySource(self.cells(found), [row.id for row in found]))
        self.show_list()

    def cells(self, found: list[ArticleRow]) -> list[tuple[str, ...]]:
        """One row each; a group is named where it begins."""
        visit = desk_of(self).visit
        zone = visit.zone if visit is not None else "UTC"
        before = ""
        cells: list[tuple[str, ...]] = []
        for row in found:
            group = row.group_title if row.group != before else ""
            cells.append((group, row.title, row.topic_title, day_of(row, zone)))
            before = row.group
        return cells

    def show_list(self) -> None:
        """The list in the place of the article."""
        for name, shown in (("words", True), ("list", True), ("view", False)):
            self.query_one(f"#article-{name}").display = shown
        parts = [PathPart("home", _("Home"), "h")]
        if self.topic:
            parts.append(PathPart("topic", self.topics.get(self.topic, self.topic), "t"))
        self.query_one("#article-path", PathLine).show(parts)
        self.refresh_bindings()

    async def show_article(self) -> None:
        """The article that was opened last; one that is gone leads back."""
        page = await attempt(self, "articles.get", article=self.read[-1])
        if page is None:
            self.read.clear()
            await self.list_articles(self.words)
            return
        for name, shown in (("words", False), ("list", False), ("view", True)):
            self.query_one(f"#article-{name}").display = shown
        await self.query_one(ArticleView).show(page)
        row = page.article
        parts = [PathPart("home", _("Home"), "h"), PathPart("topic", row.topic_title, "t")]
        self.query_one("#article-path", PathLine).show([*parts, PathPart("", row.title)])
        self.refresh_bindings()

    async def open_target(self, kind: str, number: int) -> None:
        """An article by its number, or what is about the selected service."""
        content = desk_of(self).content
        if kind == "article" and content is not None:
            every: list[ArticleRow] = await attempt(self, "articles.page") or []
            wanted = next((row.id for row in every if row.number == number), "")
            if wanted:
                await self.open(wanted)
        elif kind == "service":
            await self.go(SERVICE)

    async def open(self, article: str) -> None:
        """Show an article; `back` leads to what was shown before."""
        if article not in self.read[-1:]:
            self.read.append(article)
        await self.show_article()
        self.focus_first()

    async def go(self, topic: str) -> None:
        """Show the list of a topic, or of everything."""
        self.read.clear()
        self.topic = topic
        with self.prevent(Input.Changed):
            self.query_one("#article-words", Input).value = ""
        self.rows = []
        await self.list_articles("")
        self.show_list()
        self.focus_first()

    @on(Input.Changed, "#article-words")
    def look(self, event: Input.Changed) -> None:
        """Find again for each change."""
        self.find(event.value.strip())

    @work(exclusive=True, group="find")
    async def find(self, words: str) -> None:
        """An older answer never overwrites a newer one."""
        await self.list_articles(words)

    @on(LineTable.RowActivated, "#article-list")
    async def open_row(self, event: LineTable.RowActivated) -> None:
        """Enter on a row."""
        await self.open(str(event.key))

    @on(ArticleView.Opened)
    async def open_link(self, event: ArticleView.Opened) -> None:
        """A link, or a related article."""
        await self.open(event.article)

    @on(PathLine.Chosen)
    async def open_part(self, event: PathLine.Chosen) -> None:
        """A part of the path."""
        if event.name == "home":
            await self.action_home()
        else:
            await self.action_topic()

    @on(Input.Submitted, "#article-words")
    def action_to_list(self) -> None:
        """Enter or down in the field goes to the list."""
        self.query_one("#article-list").focus()

    def action_type(self) -> None:
        """Go to the field."""
        self.query_one("#article-words").focus()

    async def action_home(self) -> None:
        """All articles."""
        await self.go("")

    async def action_topic(self) -> None:
        """All about the topic of the article; in the list, about the next topic."""
        if self.reading:
            page = self.query_one(ArticleView).page
            await self.go(page.article.topic if page else "")
            return
        every = ["", *(topic for topic in self.topics if topic != SERVICE)]
        place = every.index(self.topic) if self.topic in every else 0
        await self.go(every[(place + 1) % len(every)])

    async def action_back(self) -> None:
        """To the article before, to the list, to the list of everything."""
        if len(self.read) > 1:
            self.read.pop()
            await self.show_article()
            self.focus_first()
        elif self.reading:
            self.read.clear()
            await self.list_articles(self.words)
            self.show_list()
            self.focus_first()
        else:
            await self.go("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The field is there with the list; back leads somewhere unless everything is listed."""
        if action == "to_list":
            return not self.reading and self.query_one("#article-words").has_focus
        if action == "type":
            return not self.reading
        return action != "back" or bool(self.reading or self.topic or self.words)

    def focus_first(self) -> None:
        """Into the article, or the list."""
        self.query_one("#article-text" if self.reading else "#article-list").focus()
