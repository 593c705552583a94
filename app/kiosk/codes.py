"""How the process of one visitor says what comes next: its exit code."""

from __future__ import annotations

from typing import Final

NEXT: Final = 0
"""The visit is over."""
RESTART: Final = 86
"""A supervisor wants everything started anew."""
LEAVE: Final = 87
"""A supervisor leaves the kiosk."""
