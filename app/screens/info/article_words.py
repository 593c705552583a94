"""An article as lines on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content
from textual.style import Style

from app import units
from app.clock import zone_named
from app.content.articles_text import Block, Span
from app.i18n import _
from app.key_names import key_name
from app.operations.core.article_list import ArticleRow
from app.screens.panel import Facts, Line
from app.text import safe

TONES = {"strong": "bold", "em": "italic", "code": "$text-accent", "key": "bold $text-accent"}
LINK = "article"
"""Under this name a cell of a link knows where it goes."""
INDENT = 3
"""Cells before the text of an item."""

Keys = Callable[[str], str]
"""The sign of a key, or of the key of a command, by its name."""


def links_of(blocks: tuple[Block, ...]) -> list[Span]:
    """The links of a text, in order."""
    return [span for block in blocks for span in block.spans if span.to]


def article_lines(blocks: tuple[Block, ...], keys: Keys = key_name, marked: Span | None = None) -> Facts:
    """The text; what is a paragraph of its own stands apart, items of a list stand together.

    Args:
        marked: the link that Enter follows.
    """
    lines: list[Line] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and not (before.kind == block.kind == "item"):
            lines.append(Content())
        lines.append(block_line(block, keys, marked))
        before = block
    return Facts(lines, INDENT)


def block_line(block: Block, keys: Keys, marked: Span | None = None) -> Line:
    """One block."""
    text = Content("").join(span_text(span, keys, span is marked) for span in block.spans)
    if block.kind == "heading":
        return text.stylize("bold $text-accent")
    if block.kind == "code":
        return Content("\n").join(Content("   " + line) for line in text.plain.split("\n"))
    if block.kind == "note":
        return "┃", text
    if block.kind == "item":
        return " " * (2 * block.level - 2) + (f"{block.number}." if block.number else "•"), text
    return ("", text) if block.level > 1 else text


def span_text(span: Span, keys: Keys, marked: bool = False) -> Content:
    """One run of text; a link is underlined and knows where it goes."""
    if span.style == "key":
        return Content.styled(safe(keys(span.text)), TONES["key"])
    text = Content(safe(span.text, lines=True))
    if span.style:
        text = text.stylize(TONES[span.style])
    if span.to:
        look = "underline reverse $text-accent" if marked else "underline $text-accent"
        text = text.stylize(look).stylize(Style.from_meta({LINK: span.to}))
    return text


def day_of(row: ArticleRow, zone: str) -> str:
    """The day of its last change, as the reader writes days; nothing for the text of a guide."""
    if not row.updated:
        return ""
    noon = datetime.fromisoformat(row.updated).replace(hour=12, tzinfo=zone_named(zone))
    return units.date(int(noon.timestamp()), zone)


def updated_line(row: ArticleRow, zone: str, language: str, read: str) -> str:
    """When it was last changed, and whether it is in another language than the reader's."""
    day = day_of(row, zone)
    parts = [_("Updated on {date}").format(date=day) if day else _("The steps of the guide")]
    if language != read:
        parts.append(_("not there in your language"))
    return " · ".join(parts)


def judged(row: ArticleRow, mine: bool | None) -> str:
    """What the reader said of it; staff see what all readers said."""
    said = {True: _("You found it helpful."), False: _("You did not find it helpful."), None: ""}[mine]
    if row.yes is None or row.no is None:
        return said
    counts = _("{yes} yes, {no} no").format(yes=units.count(row.yes), no=units.count(row.no))
    return f"{said} {counts}".strip()
