"""One article: its text, what belongs to it, and whether it was helpful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Button, Static

from app.content.articles_text import LINK as TARGET
from app.content.articles_text import Block, blocks
from app.i18n import _, mark
from app.key_names import key_name
from app.operations.articles import ArticlePage
from app.screens.area import TourWanted, attempt, desk_of
from app.screens.info.article_words import LINK, Keys, article_lines, judged, links_of, updated_line
from app.screens.panel import Facts
from app.text import safe
from app.widgets.columns import Column
from app.widgets.line_table import LineTable
from app.widgets.list_keys import ONLY_LOOK
from app.widgets.rows import MemorySource

MOST_RELATED = 3
"""Rows of the list of related articles that are seen at once."""


class ArticleView(Vertical):
    """The text scrolls; what belongs to it stays below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "vote(True)", mark("Helpful"), show=False, id="article.helpful"),
        Binding("n", "vote(False)", mark("Not helpful"), show=False, id="article.not_helpful"),
        Binding("g", "guide", mark("Start the guide"), show=False, id="article.guide"),
        Binding("r", "related", mark("Related"), id="article.related"),
        Binding("l", "next_link", mark("Next link"), id="article.next_link"),
        Binding("enter", "follow_link", mark("Open the link"), show=False, id="article.follow_link"),
    ]

    @dataclass
    class Opened(Message):
        """A link to another article was followed."""

        article: str

    page: ArticlePage | None = None
    """What is shown."""
    parts: tuple[Block, ...] = ()
    link: int | None = None
    """Which of its links is marked."""
    sign: Keys = staticmethod(key_name)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="article-text"):
            yield Static("", id="article-title", markup=False)
            yield ArticleText("", id="article-body", markup=False)
        columns = [Column(_("Related articles"), 20, flex=1), Column(_("Topic"), 24, shown_from=70)]
        related = LineTable(columns, id="article-related")
        related.lacks = ONLY_LOOK - {"activate"}
        yield related
        with Horizontal(id="article-judge"):
            yield Static("", id="article-question", markup=False)
            yield Button(Content(_("Yes") + " Y"), id="article-yes", compact=True)
            yield Button(Content(_("No") + " N"), id="article-no", compact=True)
            yield Static("", id="article-judged", markup=False)
            yield Button(Content(_("Start the guide") + " G"), id="article-guide", compact=True)

    async def show(self, page: ArticlePage) -> None:
        """Show an article; another one from its beginning."""
        desk = desk_of(self)
        zone = desk.visit.zone if desk.visit is not None else "UTC"
        new = self.page is None or self.page.article.id != page.article.id
        self.page = page
        row = page.article
        day = updated_line(row, zone, page.language, desk.visit.language if desk.visit else page.language)
        title = Content.assemble((safe(row.title), "bold"), "\n", (day, "$text-quiet"))
        self.query_one("#article-title", Static).update(title)
        self.parts = parts = await desk.run(lambda: blocks("\n".join(page.text)))
        keys = await desk.run(lambda: command_keys(parts, self.app._keymap))
        self.sign = lambda name: key_name(keys.get(name, name))
        if new:
            self.link = None
        self.show_text()
        self.show_related()
        self.show_judged()
        if new:
            self.query_one("#article-text").scroll_home(animate=False)
        self.refresh_bindings()

    def show_text(self) -> None:
        """The text, with the link that is marked."""
        marked = None if self.link is None else links_of(self.parts)[self.link]
        self.query_one(ArticleText).show(article_lines(self.parts, self.sign, marked), self.link)

    def show_related(self) -> None:
        """The articles that belong to it."""
        assert self.page is not None
        related = self.page.related
        table = self.query_one("#article-related", LineTable)
        table.show(MemorySource([(row.title, row.topic_title) for row in related], [r.id for r in related]))
        table.styles.height = min(len(related), MOST_RELATED) + 1
        table.display = bool(related)

    def show_judged(self) -> None:
        """The question, what was answered, and the guide."""
        assert self.page is not None
        may = self.page.may_vote
        question = _("Was this article helpful?") if may else ""
        self.query_one("#article-question", Static).update(Content(question))
        for name in ("#article-yes", "#article-no"):
            self.query_one(name).display = may
        text = judged(self.page.article, self.page.mine)
        self.query_one("#article-judged", Static).update(Content.styled(text, "$text-quiet"))
        self.query_one("#article-guide").display = bool(self.page.tour)
        self.query_one("#article-judge").display = bool(may or text or self.page.tour)

    @on(LineTable.RowActivated, "#article-related")
    def open_related(self, event: LineTable.RowActivated) -> None:
        """Enter on a related article."""
        event.stop()
        self.post_message(self.Opened(str(event.key)))

    def action_next_link(self) -> None:
        """Mark the next link of the text; after the last one, the first again."""
        self.link = 0 if self.link is None else (self.link + 1) % len(links_of(self.parts))
        self.show_text()
        self.query_one("#article-text").focus()
        self.call_after_refresh(self.query_one(ArticleText).show_mark)
        self.refresh_bindings()

    def action_follow_link(self) -> None:
        """Open the link that is marked."""
        if self.link is not None:
            self.follow(links_of(self.parts)[self.link].to)

    def follow(self, to: str) -> None:
        """A link was chosen."""
        matched = TARGET.fullmatch(to)
        if matched is not None and matched[1] == "article":
            self.post_message(self.Opened(matched[2]))
        elif matched is not None:
            self.post_message(TourWanted(matched[2]))

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The keys, by mouse."""
        event.stop()
        if event.button.id == "article-guide":
            self.action_guide()
        else:
            self.action_vote(event.button.id == "article-yes")

    @work(exclusive=True, group="vote")
    async def action_vote(self, helpful: bool) -> None:
        """Say whether it was helpful; answered again, the new answer holds."""
        if self.page is None or not self.page.may_vote:
            return
        article = self.page.article.id
        if await attempt(self, "articles.vote", article=article, helpful=helpful) is not None:
            page = await attempt(self, "articles.get", article=article)
            if page is not None:
                await self.show(page)

    def action_guide(self) -> None:
        """Start the guide that does what the article tells."""
        if self.page is not None and self.page.tour:
            self.post_message(TourWanted(self.page.tour))

    def action_related(self) -> None:
        """Go to the related articles."""
        self.query_one("#article-related").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this article has."""
        page = self.page
        offered: dict[str, Any] = {
            "vote": page is not None and page.may_vote,
            "guide": page is not None and page.tour,
            "related": page is not None and page.related,
            "next_link": page is not None and links_of(self.parts),
            "follow_link": self.link is not None,
        }
        return bool(offered.get(action, True))


class ArticleText(Static):
    """The text; a link in it can be clicked, or be marked."""

    def __init__(self, text: str, **options: Any) -> None:
        super().__init__(text, **options)
        self.shown: tuple[Facts, int | None] | None = None

    def show(self, text: Facts, link: int | None = None) -> None:
        """Show another text, or another link marked; the same is not painted again."""
        if (text, link) != self.shown:
            self.shown = (text, link)
            self.update(text)

    def show_mark(self) -> None:
        """Scroll the marked link into sight."""
        for y in range(self.size.height):
            styles = [segment.style for segment in self.render_line(y) if segment.style is not None]
            if any(style.reverse and LINK in style.meta for style in styles):
                region = Region(0, y + self.virtual_region.y, 1, 1)
                self.query_ancestor(VerticalScroll).scroll_to_region(region, animate=False)
                return

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the pointer."""
        to = event.style.meta.get(LINK)
        if isinstance(to, str):
            for view in self.ancestors:
                if isinstance(view, ArticleView):
                    view.follow(to)
                    return


def command_keys(parts: Iterable[Block], own: Mapping[str, str]) -> dict[str, str]:
    """The first key of each command that a text names.

    Args:
        own: the keys that the person gave to commands.
    """
    names = {span.text for block in parts for span in block.spans if span.style == "key" and "." in span.text}
    if not names:
        return {}
    from app.commands import commands  # every screen has some: it takes a while

    known = commands()
    keys = {name: own.get(name) or known[name].keys for name in names if name in known}
    return {name: each.split(",")[0].strip() for name, each in keys.items()}
