"""Where compiled rules are kept from run to run. Looking there needs neither NumPy nor Numba."""

from __future__ import annotations

import sys
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.rating import calendar, codes, data, limits, numbers, outcome, rulebook, voice

RULES = (calendar, data, limits, outcome, rulebook, voice)
"""The modules whose functions are compiled."""


def cache_folder(folder: Path) -> Path:
    """The folder for these very rules, within one for all of them.

    Numba watches only the file of the function it caches, not the rules that function calls; a folder
    named after all their source keeps a changed rule from being served by old code. The versions of
    Python and Numba are part of the name: what another one compiled is of no use.
    """
    digest = blake2b(digest_size=8)
    sources = [Path(str(module.__file__)) for module in (*RULES, codes, numbers)]
    for source in (*sources, Path(__file__).with_name("batch.py")):
        digest.update(source.read_bytes())
    digest.update(f"{sys.version_info[:3]} {numba_version()}".encode())
    return folder.joinpath(digest.hexdigest())


def numba_version() -> str:
    """The version of Numba; empty where it is not installed."""
    try:
        return version("numba")
    except PackageNotFoundError:
        return ""


def is_compiled(folder: Path) -> bool:
    """Whether these rules were compiled before."""
    return any(cache_folder(folder).rglob("*.nbc"))
