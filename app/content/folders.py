"""Which files a content folder consists of."""

from __future__ import annotations

from pathlib import Path

from app.settings import shipped_content


def reference_folder(folder: Path) -> Path:
    """Countries, networks and holidays: the operator's own, else the ones that come with Loket."""
    own = folder / "reference"
    return own if own.is_dir() else shipped_content() / "reference"


def practice_folder(folder: Path) -> Path:
    """Where the customers stand that people practise on: the operator's folder, else the shipped one."""
    return folder if (folder / "demo" / "practice.toml").is_file() else shipped_content()
