"""Finds articles by words, in one language: without accents, by beginnings, inside compounds, despite typos.

Words are weighed as in BM25: what is rare says more, a title more than the text, and a long text is not
better for being long. How near a mistyped word is to one of the articles is told by rapidfuzz.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from app.content.articles import Article
from app.store.search.words import words

TITLE_COUNTS: Final = 6
TITLE_OF_GUIDE_COUNTS: Final = 2
"""What was written to be read comes before the steps of a guide."""
TOPIC_COUNTS: Final = 2
SATURATION: Final = 12
"""Tenths: BM25's k1, how soon a word that comes again says nothing new."""
WHOLE, BEGINNING, INSIDE, TYPO, TWO_TYPOS = 100, 80, 50, 60, 40
"""Per cent that a word counts which is in an article as typed, or begins so, or nearly so."""
SHORTEST_BEGINNING: Final = 2
SHORTEST_INSIDE: Final = 4
SHORTEST_TYPO: Final = 4
SHORTEST_TWO_TYPOS: Final = 8
LEAST_FOUND: Final = 50
"""Per cent of the weight of what was typed that must be in the article."""
SHORT, SHORT_COUNTS = 3, 4
"""Words of so few letters tell little: they count this many times less."""
MOST_WORDS: Final = 12
NEAREST: Final = 12
"""Words that a mistyped one may stand for, at most."""
_HYPHENS: Final = re.compile(r"\w+(?:-\w+)+")
"""Words that some write as one: Wi-Fi, e-sim."""
_LINK: Final = re.compile(r"\]\([^)]*\)|\{key:[^}]*\}")


@dataclass(slots=True)
class ArticleIndex:
    """Words to the articles that have them."""

    lengths: dict[str, int] = field(default_factory=dict)
    """Words of each article."""
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    """Word to article to how often, a title counting more."""

    def find(self, text: str, *, typos: bool = True) -> list[str]:
        """Ids of articles, the best first; none for a text without words.

        Args:
            typos: whether a word that is nowhere is taken for the nearest one.
        """
        scores: Counter[str] = Counter()
        covered: Counter[str] = Counter()
        whole = 0
        for word in list(dict.fromkeys(words(text)))[:MOST_WORDS]:
            near = self._near(word, typos=typos)
            if not near and typos:
                continue  # no article has anything like it: it tells nothing apart
            says = max((self._rarity(each) for each in near), default=self._rarity(""))
            says = says * max(near.values(), default=WHOLE) // (SHORT_COUNTS if len(word) <= SHORT else 1)
            whole += says
            for id, score in self._best(near).items():
                scores[id] += score * says
                covered[id] += says
        found = {id: score * covered[id] ** 2 for id, score in scores.items()}
        return sorted(
            (id for id in found if covered[id] * 100 >= LEAST_FOUND * whole),
            key=lambda id: (-found[id], id),
        )

    def _best(self, near: dict[str, int]) -> dict[str, int]:
        """What one typed word counts in each article: the best of the words that it may stand for."""
        best: dict[str, int] = {}
        for word, per_cent in near.items():
            for id, times in self.places[word].items():
                best[id] = max(best.get(id, 0), per_cent * self._rarity(word) * self._often(id, times))
        return best

    def _near(self, word: str, *, typos: bool) -> dict[str, int]:
        """Words of the articles that a typed one may stand for, and how surely; mistyped only if none is."""
        near = {word: WHOLE} if word in self.places else {}
        for each in self.places:
            if each == word:
                continue
            if len(word) >= SHORTEST_BEGINNING and each.startswith(word):
                near[each] = BEGINNING
            elif len(word) >= SHORTEST_INSIDE and word in each:
                near[each] = INSIDE
        if near or not typos:
            return near
        plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        return {plain: WHOLE} if plain in self.places else self._mistyped(word)

    def _mistyped(self, word: str) -> dict[str, int]:
        if len(word) < SHORTEST_TYPO:
            return {}
        from rapidfuzz import process  # the first search with a mistake needs it
        from rapidfuzz.distance import OSA

        most = 2 if len(word) >= SHORTEST_TWO_TYPOS else 1
        whole = {each: each for each in self.places}
        starts = {each: each[: len(word)] for each in self.places if len(each) > len(word)}
        for candidates in (whole, starts):
            near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=most, limit=NEAREST)
            if near:
                return {each: TYPO if distance <= 1 else TWO_TYPOS for _as, distance, each in near}
        return {}

    def _rarity(self, word: str) -> int:
        """Thousandths of what it says that a word is there."""
        held = len(self.places.get(word, ()))
        return int(1000 * math.log1p((2 * (len(self.lengths) - held) + 1) / (2 * held + 1)))

    def _often(self, id: str, times: int) -> int:
        """Thousandths for how often a word is in an article of its length."""
        average = sum(self.lengths.values()) or 1
        # b of BM25 is a half: half of the length counts.
        length = SATURATION * (average + self.lengths[id] * len(self.lengths)) // (2 * average)
        return 1000 * times * (10 + SATURATION) // (10 * times + length)


def index_of(articles: Iterable[Article], topics: dict[str, str]) -> ArticleIndex:
    """An index of articles of one language.

    Args:
        topics: titles of topics in that language.
    """
    counted = {article.id: _counted(article, topics.get(article.topic, "")) for article in articles}
    index = ArticleIndex({id: sum(found.values()) for id, found in counted.items()})
    for id, found in counted.items():
        for word, times in found.items():
            index.places.setdefault(word, {})[id] = times
    return index


def _counted(article: Article, topic: str) -> Counter[str]:
    found: Counter[str] = Counter()
    title = TITLE_COUNTS if article.updated else TITLE_OF_GUIDE_COUNTS
    for text, times in (
        (_LINK.sub(" ", article.text), 1),
        (article.title, title),
        (topic, TOPIC_COUNTS),
    ):
        for word in [*words(text), *("".join(words(each)) for each in _HYPHENS.findall(text))]:
            found[word] += times
    return found
