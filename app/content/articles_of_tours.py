"""A guide as an article to read: its steps with numbers, for who would rather read than be led."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.content.articles import MOBILE, Article, Articles, Topic
from app.content.tours import Tour
from app.i18n import LANGUAGES

PREFIX: Final = "guide-"
"""Of the ids, so that no written article has one by accident."""
_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#"})


def with_tours(articles: Articles, tours: Mapping[str, Tour]) -> Articles:
    """The articles, and one for each guide that no written article tells."""
    told = {article.tour for language in articles.languages.values() for article in language.values()}
    more = (tour for id, tour in tours.items() if id not in told)
    return articles.with_more(_articles(more, articles.topics))


def _articles(tours: Iterable[Tour], topics: Mapping[str, Topic]) -> Iterator[Article]:
    for tour in tours:
        topic = next((each.id for each in topics.values() if tour.area in each.areas), "")
        if not topic:
            continue  # the operator has no topic for this part of the portal
        for language in LANGUAGES:
            yield Article(
                id=f"{PREFIX}{tour.id}",
                language=language,
                title=tour.title.in_language(language),
                topic=topic,
                group="guides",
                text=_text(tour, language),
                services=(MOBILE,) if tour.service == MOBILE else (),
                tour=tour.id,
                audience="staff" if tour.audience == "staff" else "everybody",
            )


def _text(tour: Tour, language: str) -> str:
    """The steps as a numbered list; no sign in them is markup."""
    steps = (step.text.in_language(language) for step in tour.steps)
    return "\n".join(f"{number}. {_plain(text)}" for number, text in enumerate(steps, 1)) + "\n"


def _plain(text: str) -> str:
    """The text as Markdown; keys stay as they are, underscores in their names too."""
    from app.content.tour_texts import PLACEHOLDER

    parts = PLACEHOLDER.split(" ".join(text.split()))
    return "".join(
        f"{{key:{part}}}" if place % 2 else part.translate(_SIGNS) for place, part in enumerate(parts)
    )
