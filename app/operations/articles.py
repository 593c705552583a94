"""Articles: reading, finding and judging what people help themselves with."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.articles import Article
from app.i18n import LANGUAGES, _, language
from app.operations.core import NotFound, Refused, Visit, operation
from app.operations.core.article_list import (
    ArticleRow,
    articles_of,
    readable,
    rows_of,
    search_index,
    topic_title,
)

MOST_FOUND = 40
LONGEST_TEXT = 200
"""Characters of what is looked for."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic, and how many articles the visitor can read about it."""

    id: str
    title: str
    articles: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A whole article.

    text: its lines in Markdown, with links `article:<id>` and `tour:<id>` and keys as `{key:enter}`;
    language: the one it is in; mine: whether the visitor found it helpful, None before a vote and for who
    is not signed in; may_vote: whether the visitor can; tour: the guide that does what it tells, or "".
    """

    article: ArticleRow
    language: str
    text: tuple[str, ...]
    related: tuple[ArticleRow, ...]
    tour: str
    tour_title: str
    mine: bool | None
    may_vote: bool


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote that is kept: whether the article was helpful."""

    article: str
    helpful: bool


@operation("articles.topics", right="VIEW_TARIFFS", changes=False)
def topics(visit: Visit) -> list[TopicRow]:
    """What articles are about, with how many there are of each."""
    articles, read = articles_of(visit), [article.topic for article in readable(visit)]
    return [TopicRow(id, topic_title(articles, id), read.count(id)) for id in articles.topics if id in read]


@operation("articles.page", right="VIEW_TARIFFS", changes=False)
def page(visit: Visit, topic: str = "", group: str = "", service: bool = False) -> list[ArticleRow]:
    """Articles by group and title.

    Args:
        topic: only about this one.
        group: only first-steps, top-questions, guides or manuals.
        service: only about the selected service.
    """
    wanted = readable(visit, service=service)
    return rows_of(visit, [e for e in wanted if topic in ("", e.topic) and group in ("", e.group)])


@operation("articles.of_service", right="VIEW_TARIFFS", changes=False)
def of_service(visit: Visit, guides: bool = True) -> list[ArticleRow]:
    """Manuals and guides of the selected service, the manuals first; none where there is no service.

    Args:
        guides: with the texts of guides; without them the answer comes sooner.
    """
    order = ("manuals", "guides", "top-questions", "first-steps")
    found = readable(visit, service=True, guides=guides)
    return rows_of(visit, sorted(found, key=lambda each: order.index(each.group)))


@operation("articles.get", right="VIEW_TARIFFS", changes=False)
def get(visit: Visit, article: str) -> ArticlePage:
    """One article in the reader's language, else in English.

    Args:
        article: its name, as in the list.
    """
    every = {each.id: each for each in readable(visit)}
    wanted = every.get(article)
    if wanted is None:
        raise NotFound(_("There is no article {name}.").format(name=article), "article")
    related = [every[other] for other in wanted.related if other in every]
    tour = visit.content.tours.tours.get(wanted.tour)
    return ArticlePage(
        article=rows_of(visit, [wanted])[0],
        language=wanted.language,
        text=tuple(wanted.text.splitlines()),
        related=tuple(rows_of(visit, related)),
        tour=tour.id if tour else "",
        tour_title=tour.title.in_language(language()) if tour else "",
        mine=_mine(visit, article),
        may_vote=_may_vote(visit),
    )


@operation("articles.search", right="VIEW_TARIFFS", changes=False)
def search(visit: Visit, text: str) -> list[ArticleRow]:
    """Articles by words, the best first: without accents, by beginnings, and despite typos.

    What is not found in the reader's language is looked for in the others.

    Args:
        text: what was typed.
    """
    return rows_of(visit, found(visit, text))


def found(visit: Visit, text: str, *, typos: bool = True) -> list[Article]:
    """Articles with these words that the visitor may read, the best first."""
    every = {each.id: each for each in readable(visit)}
    for thorough in (False, True) if typos else (False,):
        for spoken in dict.fromkeys((language(), *LANGUAGES)):
            ids = search_index(visit, spoken).find(text[:LONGEST_TEXT], typos=thorough)
            if hits := [every[id] for id in ids if id in every]:
                return hits[:MOST_FOUND]
    return []


@operation("articles.vote", right="OWN_LOGIN")
def vote(visit: Visit, article: str, helpful: bool) -> Voted:
    """Say whether an article was helpful; a second answer takes the place of the first.

    Args:
        article: its name, as in the list.
        helpful: whether it was.
    """
    if not _may_vote(visit):
        raise Refused(_("Only who is signed in can say whether an article was helpful."))
    if article not in {each.id for each in readable(visit)}:
        raise NotFound(_("There is no article {name}.").format(name=article), "article")
    visit.change.execute(
        "INSERT INTO article_vote (login_id, article, helpful, at) VALUES (:login, :article, :helpful, :now)"
        " ON CONFLICT (login_id, article) DO UPDATE SET helpful = :helpful, at = :now",
        login=visit.login_id,
        article=article,
        helpful=int(helpful),
        now=visit.now,
    )
    visit.touch("article", article)
    return Voted(article, helpful)


def _may_vote(visit: Visit) -> bool:
    return visit.login_id is not None and visit.reach("OWN_LOGIN") is not None


def _mine(visit: Visit, article: str) -> bool | None:
    row = visit.row(
        "SELECT helpful FROM article_vote WHERE login_id = :login AND article = :article",
        login=visit.login_id,
        article=article,
    )
    return bool(row[0]) if row else None
