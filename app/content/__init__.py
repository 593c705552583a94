"""What an operator edits to make the portal its own: read from files, checked, no code."""

from __future__ import annotations

from app.content.errors import ContentError, InvalidContent
from app.content.load import Content, load_content

__all__ = ["Content", "ContentError", "InvalidContent", "load_content"]
