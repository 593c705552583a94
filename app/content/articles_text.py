"""The text of an article in parts that a screen paints: no markup, no address, only links within the portal.

Markdown is read by markdown-it-py (CommonMark); HTML stays the text that it is, pictures are their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from app.content.tour_texts import PLACEHOLDER

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

STYLES: Final = {"strong_open": "strong", "em_open": "em"}
LINK: Final = re.compile(r"(article|tour):([a-z0-9][a-z0-9-]*)")
ITEMS: Final = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. style: "", "strong", "em", "code", or "key" (the text is then a key or a command's id).

    to: "article:<id>" or "tour:<id>" where it is a link.
    """

    text: str
    style: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of its own. kind: heading, paragraph, item, code or note; level: depth from 1.

    number: of an item in a numbered list, else 0.
    """

    kind: str
    spans: tuple[Span, ...]
    level: int = 1
    number: int = 0


@lru_cache(maxsize=1024)
def links(text: str) -> tuple[str, ...]:
    """Where the links of a text go, each as it is written."""
    return tuple(
        str(child.attrs["href"])
        for token in _parser().parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    )


@lru_cache(maxsize=64)
def blocks(text: str) -> tuple[Block, ...]:
    """The parts of a text, in its order."""
    return tuple(_blocks(_parser().parse(text)))


def _blocks(tokens: Iterable[Token]) -> Iterator[Block]:
    lists: list[int | None] = []  # the next number of each list that is open, None for one with bullets
    kind, level, notes, number = "paragraph", 1, 0, 0
    fresh = False  # the next text is the first of its item
    for token in tokens:
        if token.type in ITEMS:
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            fresh, number = True, lists[-1] or 0
            lists[-1] = None if lists[-1] is None else lists[-1] + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            notes += token.nesting
        elif token.type == "heading_open":
            kind, level = "heading", int(token.tag[1:])
        elif token.type in ("fence", "code_block"):
            yield Block("code", (Span(token.content.rstrip("\n")),))
        elif token.type == "html_block":
            yield Block("paragraph", (Span(token.content.strip()),))
        elif token.type == "inline":
            spans = tuple(_spans(token.children or ()))
            if kind == "heading":
                yield Block("heading", spans, level)
            elif lists and fresh:
                yield Block("item", spans, len(lists), number)
            else:
                yield Block("note" if notes else "paragraph", spans, len(lists) + 1)
            kind, fresh = "paragraph", False


def _spans(tokens: Iterable[Token]) -> Iterator[Span]:
    styles: list[str] = []
    to = ""
    for token in tokens:
        if token.type in STYLES:
            styles.append(STYLES[token.type])
        elif token.type in ("strong_close", "em_close"):
            styles.pop()
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            to = href if LINK.fullmatch(href) else ""
        elif token.type == "link_close":
            to = ""
        elif token.type == "code_inline":
            yield Span(token.content, "code", to)
        elif token.type == "softbreak":
            yield Span(" ", styles[-1] if styles else "", to)
        elif token.type == "hardbreak":
            yield Span("\n")
        elif token.content:
            yield from _with_keys(token.content, styles[-1] if styles else "", to)


def _with_keys(text: str, style: str, to: str) -> Iterator[Span]:
    """Text with `{key:enter}` in it."""
    for place, part in enumerate(PLACEHOLDER.split(text)):
        if part:
            yield Span(part, "key") if place % 2 else Span(part, style, to)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # the first article needs it, not the way to it

    return MarkdownIt("commonmark", {"html": False})
