"""A screen that comes is laid out and painted once, when it is whole.

Textual 8.2.8 lays it out and paints it when it resumes, again for the size that it has already, and again for
a repaint that is waiting. `tests/widgets/test_paint_once.py` fails when those internals change.
"""

from __future__ import annotations

from typing import Any

from textual.events import ScreenResume
from textual.geometry import Size
from textual.screen import Screen

_paint = Screen._compositor_refresh
_resized = Screen._screen_resized
_resume = Screen._on_screen_resume


def install() -> None:
    """Spare what is painted over at once."""
    Screen._compositor_refresh = _paint_unless_all_follows  # type: ignore[method-assign,assignment]
    Screen._screen_resized = _resized_if_it_was  # type: ignore[method-assign,assignment]
    Screen._on_screen_resume = _resume_and_paint_later  # type: ignore[method-assign,assignment]


def _paint_unless_all_follows(screen: Screen[Any]) -> None:
    if not (screen.is_current and (screen.app._batch_count or screen._repaint_required)):
        _paint(screen)


def _resized_if_it_was(screen: Screen[Any], size: Size) -> None:
    if size != screen._size:
        _resized(screen, size)
    elif not screen._layout_required:
        screen.refresh()


def _resume_and_paint_later(screen: Screen[Any], event: ScreenResume) -> None:
    screen._repaint_required = True
    _resume(screen, event)
