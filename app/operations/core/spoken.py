"""A telephone password as it is heard: nobody says capitals, spaces or hyphens."""

from __future__ import annotations

import unicodedata


def spoken(text: str) -> str:
    """What is left of it when it is said: letters and digits, in one form."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
