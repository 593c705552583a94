"""What an operator edits to make the portal its own: read from files, checked, no code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.content.errors import ContentError, InvalidContent

if TYPE_CHECKING:
    from app.content.load import Content, load_content

__all__ = ["Content", "ContentError", "InvalidContent", "load_content"]


def __getattr__(name: str) -> Any:
    # The first screen needs one file of the folder; what reads the others is loaded behind it.
    if name in ("Content", "load_content"):
        from app.content import load

        return getattr(load, name)
    raise AttributeError(name)
