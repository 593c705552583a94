"""The few files that a page needs: textual-serve's terminal and font, and our own. Nothing else is served."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

import textual_serve

THEIRS: Final = Path(textual_serve.__file__).parent / "static"
OURS: Final = Path(__file__).parent / "page"
STATIC: Final[dict[str, tuple[Path, str]]] = {
    "textual.js": (THEIRS / "js" / "textual.js", "text/javascript"),
    "xterm.css": (THEIRS / "css" / "xterm.css", "text/css"),
    "roboto-mono.ttf": (THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "roboto-mono-italic.ttf": (THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
    "before.js": (OURS / "before.js", "text/javascript"),
    "page.js": (OURS / "page.js", "text/javascript"),
    "page.css": (OURS / "page.css", "text/css"),
}
"""Name to file and kind."""
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), clipboard-read=()",
    "Server": "loket",
}
"""For every answer. The terminal writes styles of its own into the page, hence 'unsafe-inline' for those."""


@cache
def content(name: str) -> bytes:
    """A file, read once.

    Raises:
        KeyError: there is none of that name.
    """
    return STATIC[name][0].read_bytes()


def page(**words: str) -> str:
    """The page, with texts in their places."""
    template = Template((OURS / "index.html").read_text(encoding="utf-8"))
    return template.substitute({name: escape(word, quote=True) for name, word in words.items()})
