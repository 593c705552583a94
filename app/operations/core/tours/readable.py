"""Whether everybody can read a tour's texts: short sentences, a polite form, the same in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.content.texts import Texts
from app.content.tour_texts import PLACEHOLDER, key_references
from app.i18n import LANGUAGES

LONGEST_SENTENCE: Final = 15
"""Words: what B1 readers take in at once."""
LONGEST_WORD: Final = 26
FAMILIAR: Final = {
    "nl": re.compile(r"\b(?:je|jij|jou|jouw|jullie)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE),
}
POLITE: Final = {"nl": "u", "de": "Sie"}
SAME: Final = 4
"""A text of fewer words may be the same in two languages."""


def unreadable(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """What makes a text hard to read: (language, problem, cure)."""
    for language, text in zip(LANGUAGES, texts, strict=True):
        plain = PLACEHOLDER.sub("key", text)
        for sentence in re.split(r"(?<=[.!?:;])\s+", plain):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                cure = f"Make two of it: at most {LONGEST_SENTENCE}."
                yield language, f"A sentence has {count} words.", cure
        for word in plain.split():
            if len(word) > LONGEST_WORD:
                yield language, f"{word!r} is hard to read.", "Write a shorter word, or a hyphen."
        if language in FAMILIAR and (found := FAMILIAR[language].search(plain)):
            yield language, f"{found[0]!r} is too familiar.", f"Write {POLITE[language]!r}."
        if language != "en" and text == texts.en and len(text.split()) >= SAME:
            yield language, "The text is the English one.", "Translate it."


def other_keys(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """Where a language names other keys than English does: (language, problem, cure)."""
    wanted = sorted(key_references(texts.en))
    for language, text in zip(LANGUAGES, texts, strict=True):
        if sorted(key_references(text)) != wanted:
            named = " ".join(f"{{key:{key}}}" for key in wanted) or "no keys"
            yield language, "The keys are not those of the English text.", f"Name {named}."
