"""Articles: what people read to help themselves. One Markdown file of data/articles/<language> each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from app.content.texts import Texts
from app.i18n import LANGUAGES

if TYPE_CHECKING:
    from app.content.errors import ContentError

GROUPS: Final = ("first-steps", "top-questions", "guides", "manuals")
"""In the order of the list."""
MOBILE: Final = "mobile"
"""The service that all subscriptions of the catalogue belong to."""
AUDIENCES: Final = ("everybody", "staff")
SOURCE_LANGUAGE: Final = "en"
"""An article that lacks a language is shown in this one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What articles are about; areas: those of the portal whose guides belong to it."""

    id: str
    title: Texts
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language.

    text: Markdown; links go to `article:<id>` or `tour:<id>`. updated: None for what is made from a guide.
    services: "mobile", or subscriptions of the catalogue; none for what concerns everybody. tour: the guide
    that does what the article tells.
    """

    id: str
    language: str
    title: str
    topic: str
    group: str
    text: str
    updated: date | None = None
    related: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    tour: str = ""
    audience: str = "everybody"


@dataclass(frozen=True, eq=False)
class Articles:
    """All articles by language and id; `problems` names the files that were left out, and why."""

    topics: dict[str, Topic] = field(default_factory=dict)
    languages: dict[str, dict[str, Article]] = field(default_factory=dict)
    problems: tuple[ContentError, ...] = ()
    more: frozenset[str] = frozenset()
    """Ids of those that `with_more` added."""

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every article, by id, the added ones last: its place here is the number of it."""
        found = {id for articles in self.languages.values() for id in articles}
        return (*sorted(found - self.more), *sorted(self.more))

    def number(self, id: str) -> int:
        """The number of an article, for what is opened by number. Raises ValueError."""
        return self.ids.index(id)

    def find(self, id: str, language: str) -> Article | None:
        """The article in a language, else in English, else in any."""
        for each in (language, SOURCE_LANGUAGE, *LANGUAGES):
            article = self.languages.get(each, {}).get(id)
            if article is not None:
                return article
        return None

    def every(self, language: str) -> list[Article]:
        """All of them as a reader of this language sees them: by group, then by title."""
        found = [article for id in self.ids if (article := self.find(id, language)) is not None]
        return sorted(found, key=lambda each: (GROUPS.index(each.group), each.title.casefold()))

    def with_more(self, more: Iterable[Article]) -> Articles:
        """The same, and further articles where none has their id."""
        languages = {language: dict(self.languages.get(language, {})) for language in LANGUAGES}
        written, added = set(self.ids), set[str]()
        for article in more:
            if article.id not in written:
                languages[article.language][article.id] = article
                added.add(article.id)
        return Articles(self.topics, languages, self.problems, frozenset(added))
