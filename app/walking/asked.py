"""What the commands of this package share: which tours, in which circumstances, on which content."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from itertools import product
from typing import Final

from app.cli.failures import WrongUsage
from app.clock import Clock, SystemClock
from app.content import Content, load_content
from app.content.tours import Tour
from app.i18n import LANGUAGES, _
from app.settings import Settings, read_settings
from app.tours.walk_setting import How

THEMES: Final = ("dark", "light", "contrast", "ansi")
SMALLEST: Final = (40, 12)


@dataclass(frozen=True, slots=True)
class Asked:
    """Tours to walk, each in all these circumstances."""

    settings: Settings
    content: Content
    clock: Clock
    tours: tuple[Tour, ...]
    hows: tuple[How, ...]


def add_circumstances(parser: argparse.ArgumentParser) -> None:
    """The options that say how the portal looks."""
    parser.add_argument(
        "--size", action="append", type=size, metavar="80x24", help=_("columns and rows; may be given again")
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES, help=_("may be given again"))
    parser.add_argument("--theme", action="append", choices=THEMES, help=_("may be given again"))


def asked(
    given: argparse.Namespace, names: list[str], clock: Clock | None, *, show_me: bool = False
) -> Asked:
    """What was asked for.

    Raises:
        WrongUsage: there is no tour of a name.
    """
    settings = read_settings()
    content = load_content(settings.content)
    known = content.tours.tours
    for name in names:
        if name not in known:
            raise WrongUsage(no_tour(name, known))
    sizes, languages, themes = given.size or [(80, 24)], given.language or ["en"], given.theme or ["dark"]
    hows = [How(*each, show_me) for each in product(sizes, languages, themes)]
    tours = tuple(known[name] for name in names or known)
    return Asked(settings, content, clock or SystemClock(), tours, tuple(hows))


def no_tour(name: str, known: object) -> str:
    """That there is no tour of that name, with the names that come near."""
    import difflib

    text = _("There is no tour '{name}'.").format(name=name)
    close = difflib.get_close_matches(name, list(known), n=1)  # type: ignore[call-overload]
    return f"{text} " + _("Did you mean '{command}'?").format(command=close[0]) if close else text


def size(text: str) -> tuple[int, int]:
    """Columns and rows of a screen, as 80x24."""
    match = re.fullmatch(r"(\d{2,3})x(\d{2,3})", text, re.ASCII)
    found = (int(match[1]), int(match[2])) if match else (0, 0)
    if found[0] < SMALLEST[0] or found[1] < SMALLEST[1]:
        said = _("{text} is not a size; write it like 80x24").format(text=repr(text))
        raise argparse.ArgumentTypeError(said)
    return found
