"""What articles say of each other, of guides and of services, for the check of an operator's folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from app.content.articles import MOBILE, Article, Articles
from app.content.articles_file import FOLDER
from app.content.articles_text import LINK, links
from app.content.errors import ContentError

SAME: Final = ("topic", "group", "related", "services", "tour", "audience")
"""Facts that do not depend on the language."""


def check_articles(
    articles: Articles, tours: Collection[str], subscriptions: Iterable[str]
) -> Iterator[ContentError]:
    """Every mistake in them; those of files that were left out are in `articles.problems`.

    Args:
        tours: ids of the guides that there are.
        subscriptions: codes of the catalogue.
    """
    yield from articles.problems
    services = (MOBILE, *subscriptions)
    for language in articles.languages.values():
        for article in language.values():
            yield from _references(article, articles, tours, services)
            yield from _against(article, articles.find(article.id, "en") or article)


def _references(
    article: Article, articles: Articles, tours: Collection[str], services: tuple[str, ...]
) -> Iterator[ContentError]:
    for other in article.related:
        if other == article.id or other not in articles.ids:
            yield _error(article, "related", f"There is no other article {other!r}.", articles.ids)
    for service in article.services:
        if service not in services and len(services) > 1:  # without a catalogue nothing is known of services
            yield _error(article, "services", f"There is no service {service!r}.", services)
    if article.tour and article.tour not in tours:
        yield _error(article, "tour", f"There is no guide {article.tour!r}.", tours)
    for link in links(article.text):
        matched = LINK.fullmatch(link)
        if matched is None:
            cure = "Link to article:<id> or tour:<id>; write an address out as text."
            yield ContentError(_file(article), "text", f"The link {link!r} leads out of the portal.", cure)
        elif matched[2] not in (tours if matched[1] == "tour" else articles.ids):
            known = tours if matched[1] == "tour" else articles.ids
            yield _error(article, "text", f"The link {link!r} leads nowhere.", known)


def _against(article: Article, english: Article) -> Iterator[ContentError]:
    for key in SAME:
        if getattr(article, key) != getattr(english, key):
            cure = f"Write the same as in {_file(english)}."
            yield ContentError(_file(article), key, "The languages say different things.", cure)


def _error(article: Article, key: str, problem: str, known: Iterable[str]) -> ContentError:
    import difflib  # only when there is something to mend

    word = problem.split("'")[1].removeprefix("article:").removeprefix("tour:")
    close = difflib.get_close_matches(word, list(known), n=1)
    return ContentError(_file(article), key, problem, f"Did you mean {close[0]}?" if close else "Remove it.")


def _file(article: Article) -> str:
    return f"{FOLDER}/{article.language}/{article.id}.md"
