"""The language of the person: English in the source, other languages from gettext catalogues.

A process serves one person, whose language `set_language` sets for all its threads and tasks; a message
written for somebody else has its own inside `use_language`.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

DEFAULT_LANGUAGE: Final = "en"
LANGUAGES: Final = ("en", "nl", "de")
DOMAIN: Final = "loket"

_language: ContextVar[str] = ContextVar("language", default="")
_chosen = DEFAULT_LANGUAGE
_catalogues: dict[str, _gettext.NullTranslations] = {}


def _default_folder() -> Path:
    here = Path(__file__).resolve().parent
    inside_the_wheel = here / "_content" / "data" / "locale"
    return inside_the_wheel if inside_the_wheel.is_dir() else here.parent / "data" / "locale"


_folder: Path | None = None


def use_catalogues(folder: Path) -> None:
    """Read catalogues from `folder`/<language>/LC_MESSAGES/loket.mo from now on."""
    global _folder
    _folder = folder
    _catalogues.clear()


def lend_catalogues() -> None:
    """Have the standard library's own texts, those of argparse, come from our catalogues too."""
    _gettext.bindtextdomain(DOMAIN, str(_folder or _default_folder()))
    _gettext.textdomain(DOMAIN)


def language() -> str:
    """Return the language in force, such as "nl"."""
    return _language.get() or _chosen


def set_language(code: str) -> None:
    """Make `code` the language of this process; a language without a catalogue shows English."""
    global _chosen
    _chosen = code


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Write in `code` inside the block, for instance a text message to somebody else."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def _catalogue() -> _gettext.NullTranslations:
    code = language()
    found = _catalogues.get(code)
    if found is None:
        folder = _folder or _default_folder()
        found = _gettext.translation(DOMAIN, folder, [code], fallback=True)
        _catalogues[code] = found
    return found


def _(message: str) -> str:
    """Return `message` in the language in force."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of the message that fits `count`, in the language in force."""
    return _catalogue().ngettext(one, many, count)


def mark(message: str) -> str:
    """Return `message` unchanged; it is extracted now and translated when it is shown."""
    return message
