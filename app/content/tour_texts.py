"""Texts of a tour: plain, short, in every language; keys are written {key:enter} or {key:line.limit}."""

from __future__ import annotations

import re
from typing import Final

from app.content.reading import Section
from app.content.texts import Texts
from app.content.tours import MOST_WORDS
from app.i18n import LANGUAGES

COMMAND: Final = r"[a-z_]+(?:\.[a-z_]+)+"
"""The id of a command: the key that the person has on it is shown, or pressed."""
KEY: Final = r"(?:[a-z]+\+)*[A-Za-z0-9_]+"
"""A key as Textual names it: enter, ctrl+k, question_mark."""
PLACEHOLDER: Final = re.compile(rf"\{{key:({COMMAND}|{KEY})\}}")
WIDEST_TITLE: Final = 60
"""Characters of a title: it stands in a list on 80 columns."""


def read_texts(section: Section, key: str) -> Texts:
    """A text of a balloon in every language."""
    texts = section.section(key)
    found = texts.texts_of_languages()
    for language, text in zip(LANGUAGES, found, strict=True):
        _check(texts, language, text)
    return found


def read_title(section: Section, key: str) -> Texts:
    """A short text in every language, without keys."""
    titles = section.section(key)
    found = titles.texts_of_languages()
    for language, title in zip(LANGUAGES, found, strict=True):
        if len(title) > WIDEST_TITLE:
            cure = f"Write at most {WIDEST_TITLE}."
            titles.error(language, f"The title has {len(title)} characters.", cure)
        if "{" in title or "}" in title:
            titles.error(language, "A title names no keys.", "Remove the braces.")
    return found


def key_references(text: str) -> list[str]:
    """The keys and ids of commands that a text names, in its order."""
    return PLACEHOLDER.findall(text)


def words(text: str) -> int:
    """How many words a reader has to read; a key is one."""
    return len(PLACEHOLDER.sub("key", text).split())


def _check(section: Section, language: str, text: str) -> None:
    count = words(text)
    if count > MOST_WORDS:
        cure = f"Write at most {MOST_WORDS}, or make two steps of it."
        section.error(language, f"The text has {count} words.", cure)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        cure = "Write a key as {key:enter}, or the key of a command as {key:line.limits}."
        section.error(language, "Braces stand around something that is no key.", cure)
