"""Files that appear whole or not at all, and stay after a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(folder: Path, name: str, content: bytes, draft: Path) -> Path:
    """Write `content` to `draft` (same disk), then give it its place in `folder`, for any of that name."""
    with open(draft, "wb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    place = folder / name
    os.replace(draft, place)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return place


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
