"""The articles that a visitor may read, as rows of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.content.articles import MOBILE, Article, Articles
from app.content.articles_of_tours import with_tours
from app.content.tours import Tour
from app.i18n import _, language, mark
from app.operations.core.article_index import ArticleIndex, index_of
from app.operations.core.scope import line_scope
from app.operations.core.visit import Visit

GROUP_TITLES: Final = {
    "first-steps": mark("First steps"),
    "top-questions": mark("Top questions"),
    "guides": mark("Guides"),
    "manuals": mark("Manuals"),
}


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list.

    number: it is opened by; updated: day of the last change as 2026-01-31, empty for a guide's text; yes, no:
    how many found it helpful or not, None for who is not staff.
    """

    id: str
    number: int
    title: str
    topic: str
    topic_title: str
    group: str
    group_title: str
    updated: str
    yes: int | None = None
    no: int | None = None


def articles_of(visit: Visit) -> Articles:
    """All articles: the written ones, and the texts of guides."""
    content = visit.content
    return _together(content.articles, _Same(content.tours.tours))


def readable(visit: Visit, *, service: bool = False, guides: bool = True) -> list[Article]:
    """What the visitor may read, by group and title.

    Args:
        service: only what is about the selected service.
        guides: with the texts of guides, whose files are read for it.
    """
    services = services_of(visit) if service else None
    every = articles_of(visit) if guides else visit.content.articles
    return [
        article
        for article in every.every(language())
        if (article.audience == "everybody" or visit.is_staff)
        and (services is None or services.intersection(article.services))
    ]


def services_of(visit: Visit) -> set[str]:
    """Services of the lines that the visitor looks at: "mobile" and their subscriptions."""
    if visit.account_id is None or visit.reach("VIEW_LINES") is None:
        return set()
    scope, values = line_scope(visit, "VIEW_LINES")
    kinds = {kind for (kind,) in visit.rows(f"SELECT DISTINCT kind FROM line WHERE {scope}", **values)}
    return kinds | {MOBILE} if kinds else set()


def rows_of(visit: Visit, articles: list[Article]) -> list[ArticleRow]:
    """The same as rows; staff see how helpful each was found."""
    written = visit.content.articles
    every = written if {article.id for article in articles} <= set(written.ids) else articles_of(visit)
    votes = _votes(visit) if visit.is_staff else None
    return [_row(every, article, votes) for article in articles]


def search_index(visit: Visit, spoken: str) -> ArticleIndex:
    """The index of one language; it is made when something is first looked up in it."""
    return _index(articles_of(visit), spoken)


def topic_title(articles: Articles, topic: str) -> str:
    """What a topic is called in the reader's language."""
    found = articles.topics.get(topic)
    return found.title.in_language(language()) if found else topic


def _row(every: Articles, article: Article, votes: Mapping[str, tuple[int, int]] | None) -> ArticleRow:
    yes, no = (None, None) if votes is None else votes.get(article.id, (0, 0))
    return ArticleRow(
        id=article.id,
        number=every.number(article.id),
        title=article.title,
        topic=article.topic,
        topic_title=topic_title(every, article.topic),
        group=article.group,
        group_title=_(GROUP_TITLES[article.group]),
        updated=article.updated.isoformat() if article.updated else "",
        yes=yes,
        no=no,
    )


def _votes(visit: Visit) -> dict[str, tuple[int, int]]:
    rows = visit.rows("SELECT article, sum(helpful), sum(1 - helpful) FROM article_vote GROUP BY article")
    return {article: (yes, no) for article, yes, no in rows}


class _Same:
    """Guides that are compared by being the same dictionary: it is replaced when a file has changed."""

    def __init__(self, tours: Mapping[str, Tour]) -> None:
        self.tours = tours

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.tours is other.tours

    def __hash__(self) -> int:
        return id(self.tours)


@lru_cache(maxsize=4)
def _together(articles: Articles, tours: _Same) -> Articles:
    return with_tours(articles, tours.tours)


@lru_cache(maxsize=12)
def _index(articles: Articles, spoken: str) -> ArticleIndex:
    titles = {id: topic.title.in_language(spoken) for id, topic in articles.topics.items()}
    return index_of((each for each in articles.every(spoken) if each.language == spoken), titles)
