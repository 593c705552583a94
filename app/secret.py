"""A text that must not be shown: passwords, codes and tokens on their way through the program."""

from __future__ import annotations

from typing import Final

HIDDEN: Final = "***"


class Secret:
    """Wraps a secret so that no log, error or answer shows it; `reveal` is the only way to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that needs it."""
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    __hash__ = None  # type: ignore[assignment]
