"""Two nets under `app.text.safe`: whatever forgets to clean, no control code from data reaches the terminal.

Both reach into Textual 8.2.8 and Rich; `tests/widgets/test_nets.py` fails when those internals change.
They are installed once, when `app.widgets.base_app` is imported.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

import textual.content
from rich import control as rich_control
from rich.color import ColorSystem
from rich.console import Console
from textual._styles_cache import StylesCache
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

from app.text import MARKS

_LAYOUT_CHARACTERS = (0x09, 0x0A)  # Textual expands tabs and splits at newlines after this table
STRIP_TABLE: Final = {code: mark for code, mark in MARKS.items() if code not in _LAYOUT_CHARACTERS}


def install() -> None:
    """Put up the nets: the tables that clean new text, and the rendering of a line."""
    for table in (textual.content._CONTROL_STRIP_TRANSLATE, rich_control._CONTROL_STRIP_TRANSLATE):
        table.clear()  # in place: both are bound as default arguments
        table.update(STRIP_TABLE)  # type: ignore[arg-type]
    Strip.render = render_clean  # type: ignore[method-assign,assignment]
    _stop_blinking()
    _forget_gone_widgets()


def render_clean(strip: Strip, console: Console) -> str:
    """Return the line with its styles as SGR codes and nothing else: no controls, no hyperlinks."""
    if strip._render_cache is None:
        colours = console._color_system or ColorSystem.TRUECOLOR
        parts = []
        for text, style, _control in strip._segments:
            if not text.isprintable():
                text = text.translate(MARKS)
            ansi = "" if style is None else style._ansi
            if ansi is None:
                assert style is not None
                ansi = Strip.render_ansi(style, colours)
            parts.append(f"\x1b[{ansi}m{text}\x1b[0m" if ansi else text)
        strip._render_cache = "".join(parts)
    return strip._render_cache


def _stop_blinking() -> None:
    """A blinking cursor costs 2.5 kB and 5 ms of processor every second, for ever."""
    blink = Input.__dict__["cursor_blink"]
    assert isinstance(blink, Reactive)
    blink._default = False


def _forget_gone_widgets() -> None:
    """Two colours are remembered for each of 1,024 widgets, and with a widget every line it painted."""
    mixed = StylesCache.get_inner_outer.__wrapped__
    StylesCache.get_inner_outer = staticmethod(lru_cache(256)(partial(mixed, StylesCache)))  # type: ignore
