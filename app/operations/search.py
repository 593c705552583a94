"""One search over everything the visitor may see; an exact number comes first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.i18n import _
from app.operations.core import Visit, operation
from app.operations.core.home import home_code
from app.operations.core.search_index import Found, Wanted, find
from app.store.search.kinds import KINDS, SearchKind
from app.store.search.upkeep import entries, reading
from app.store.search.words import fits, forms, typed_words

SHORTEST = 2
SHOWN = 50
SHOWN_OF_A_KIND = 12
PLACES_SHOWN = 4
ARTICLES_SHOWN = 4
NO_ACCOUNT = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `kind` is one of app.store.search.kinds, "place" or "article"; of account 0: nobody's.

    title, subtitle: what it is; of a customer whose caller was not verified, only that customer's name and
    number. opens: whose page shows it, such as ("line", 5). service: the group subscription it is of. exact:
    the text is its whole number or name.
    """

    kind: str
    id: int
    account_id: int
    title: str
    subtitle: str
    opens: tuple[str, int]
    service: int | None
    exact: bool


def kind_name(kind: str) -> str:
    """What the kind of a hit is called, in the reader's language."""
    labels = {each.name: each.label for each in KINDS}
    if kind == "article":
        return _("article")
    return _(labels[kind]) if kind in labels else _("country")


@operation("search.everything", right="SEARCH", changes=False)
def everything(visit: Visit, text: str) -> list[Hit]:
    """Customers, lines, SIM cards, people, countries and articles that match a text, best first.

    Args:
        text: beginning or last digits of a number, beginnings of names, a country in any language.
    """
    words = tuple(typed_words(text))
    if len("".join(words)) < SHORTEST:
        return []
    hits = [hit for kind in KINDS for hit in _hits(visit, kind, words, thorough=False)]
    hits = hits or [hit for kind in KINDS for hit in _hits(visit, kind, words, thorough=True)]
    hits += _places(visit, text.strip())
    hits += _articles(visit, text)
    return sorted(hits, key=lambda hit: not hit.exact)[:SHOWN]


def _hits(visit: Visit, kind: SearchKind, words: tuple[str, ...], *, thorough: bool) -> list[Hit]:
    """What is found of one kind."""
    reach, home = visit.reach("SEARCH"), home_code(visit.content)
    if reach == "any":
        found = find(visit, Wanted(kind, words, home), SHOWN_OF_A_KIND, thorough=thorough)
    elif visit.account_id is None or visit.reach(kind.right) is None:
        return []
    elif reach == "account":
        wanted = Wanted(kind, words, home, visit.account_id)
        found = find(visit, wanted, SHOWN_OF_A_KIND, thorough=thorough)
    else:
        found = _own(visit, kind, words, home)
    return _described(visit, kind, found, forms("".join(words), home))


def _own(visit: Visit, kind: SearchKind, words: tuple[str, ...], home: str) -> list[Found]:
    """What belongs to the visitor's own line."""
    if not kind.own or visit.own_line_id is None:
        return []
    rows = visit.rows(
        f"{reading(kind)} WHERE {kind.own} AND {kind.account} = :account",
        own_line=visit.own_line_id,
        account=visit.account_id,
    )
    filed = ((entry, terms.split("\n")[1:]) for entry, terms in entries(kind, rows))
    exact = forms("".join(words), home)
    return [
        (*entry, next((term for term in terms if term in exact), ""))
        for entry, terms in filed
        if fits(terms, words, home)
    ]


def _described(visit: Visit, kind: SearchKind, found: list[Found], exact: list[str]) -> list[Hit]:
    """Hits in the order found; customers who look alike to the visitor are named once."""
    opens, opened = kind.opens or (kind.name, kind.key)
    rows = visit.rows(
        f"SELECT {kind.key}, {kind.account}, {kind.title}, {kind.detail}, {opened}, {kind.service}, "
        f"customer.name, customer.number FROM {kind.source} "
        f"JOIN account AS customer ON customer.id = {kind.account} "
        f"WHERE {kind.key} IN (SELECT CAST(value AS BIGINT) FROM json_each(:keys))",
        keys=json.dumps([key for key, *_rest in found]),
    )
    read = {row[:2]: row[2:] for row in rows}
    hits: dict[Any, Hit] = {}
    for key, account, term in found:
        if (key, account) not in read:
            continue
        title, detail, page, service, name, number = read[key, account]
        shown = _may_see(visit, kind, account, service)
        hit = Hit(
            kind=kind.name,
            id=key,
            account_id=account,
            title=title if shown else name,
            subtitle=detail if shown else number,
            opens=(opens, page) if shown else ("account", account),
            service=service,
            exact=term in exact,
        )
        hits.setdefault((key, account) if shown else account, hit)
    return list(hits.values())


def _may_see(visit: Visit, kind: SearchKind, account_id: int, service: int | None) -> bool:
    """Whether more than the customer's name may be shown: to the customer, and for a verified caller."""
    reach = visit.reach(kind.right)
    if visit.assistance is not None and visit.assistance.group_id not in (None, service):
        return False
    return reach == "any" or (reach is not None and account_id == visit.account_id)


def _places(visit: Visit, text: str) -> list[Hit]:
    if any(letter.isdigit() for letter in text):
        return []
    places = visit.content.places
    return [
        Hit(
            kind="place",
            id=index,
            account_id=NO_ACCOUNT,
            title=places.name(index, visit.language),
            subtitle=places.code(index),
            opens=("place", index),
            service=None,
            exact=False,
        )
        for index in places.search(text, visit.language)[:PLACES_SHOWN]
    ]


def _articles(visit: Visit, text: str) -> list[Hit]:
    """Articles with the words as typed: for words nearly so there is the field above the articles."""
    if any(letter.isdigit() for letter in text):
        return []
    # Most who search look for a number or a name.
    from app.operations.articles import found
    from app.operations.core.article_list import articles_of, topic_title

    every = articles_of(visit)
    return [
        Hit(
            kind="article",
            id=every.number(article.id),
            account_id=NO_ACCOUNT,
            title=article.title,
            subtitle=topic_title(every, article.topic),
            opens=("article", every.number(article.id)),
            service=None,
            exact=False,
        )
        for article in found(visit, text, typos=False)[:ARTICLES_SHOWN]
    ]
