"""A stand-in for a translation: it shows which texts were translated, and into which language."""

from __future__ import annotations

from app import i18n


class Marked(i18n._gettext.NullTranslations):
    """A catalogue in which every text shows its language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        return f"{self.language}|{message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{self.language}|{msgid1 if n == 1 else msgid2}"
