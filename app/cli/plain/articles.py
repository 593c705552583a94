"""Articles as lines: each item and paragraph on its own, keys by their names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from app.i18n import _, mark
from app.key_names import key_name

if TYPE_CHECKING:
    from app.commands import Command
    from app.content import Content
    from app.content.articles_text import Block, Span

SPOKEN: Final = {
    "enter": mark("Enter"),
    "escape": mark("Esc"),
    "up": mark("arrow up"),
    "down": mark("arrow down"),
    "left": mark("arrow left"),
    "right": mark("arrow right"),
    "slash": mark("slash"),
    "question_mark": mark("question mark"),
}
"""Keys whose sign says nothing when it is read aloud."""


def article_lines(found: Any, _content: Content | None) -> list[str]:
    """An article: its title, its text without marks, then what is related."""
    from app.content.articles_text import blocks

    lines = [found.article.title]
    lines += [block_line(each) for each in blocks("\n".join(found.text))]
    if found.related:
        titles = ", ".join(each.title for each in found.related)
        lines.append(_("Related: {titles}").format(titles=titles))
    return lines


def block_line(block: Block) -> str:
    """A paragraph, heading or item."""
    text = "".join(span_text(each) for each in block.spans)
    if block.kind == "item":
        return (f"{block.number}. " if block.number else "- ") + text
    return text


def span_text(span: Span) -> str:
    """A piece of text; a key by its name, one of a command by the key it has."""
    if span.style != "key":
        return span.text
    key = span.text
    if "." in key:
        command = _commands().get(key)
        key = command.keys.split(",")[0].strip() if command is not None else key
    return _(SPOKEN[key]) if key in SPOKEN else key_name(key)


@cache
def _commands() -> dict[str, Command]:
    """Looked up once: all screens are gone through for it."""
    from app.commands import commands

    return commands()
