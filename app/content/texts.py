"""Texts that an operator writes in every language of the portal."""

from __future__ import annotations

from typing import NamedTuple

from app.i18n import LANGUAGES


class Texts(NamedTuple):
    """One text in English, Dutch and German."""

    en: str
    nl: str
    de: str

    def in_language(self, language: str) -> str:
        """The text in a language; English for any other."""
        return self[LANGUAGES.index(language)] if language in LANGUAGES else self.en
