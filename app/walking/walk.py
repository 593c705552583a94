"""`loket tour walk`: press the keys of tours on a practice copy; exit code 2 if one cannot be walked."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from app.cli.output import show
from app.cli.parser import parser_of
from app.clock import Clock
from app.content.tours import Tour
from app.i18n import _
from app.portal import Portal
from app.tours.walk import See, Stumbled, walk
from app.tours.walk_setting import How
from app.walking.asked import Asked, add_circumstances, asked

STUMBLED = 2


@dataclass(frozen=True, slots=True)
class Walked:
    """One walk: milliseconds it took; step and problem where it stumbled, else empty."""

    tour: str
    how: str
    milliseconds: int
    step: str
    problem: str
    screen: str


def run_walk(argv: list[str], clock: Clock | None) -> int:
    """Walk all tours, or those that are named; the exit code."""
    parser = parser_of("loket tour walk", _("Walk tours on a practice copy, by their own keys."), [])
    parser.add_argument("tour", nargs="*", help=_("only these; default: all"))
    add_circumstances(parser)
    parser.add_argument("--show-me", action="store_true", help=_("have each step shown, as F2 does"))
    given = parser.parse_args(argv)
    wanted = asked(given, given.tour, clock, show_me=given.show_me)
    found = []
    for tour in wanted.tours:
        for how in wanted.hows:
            found.append(asyncio.run(walked(wanted, tour, how)))
            if not given.json:
                _tell(found[-1])
    if given.json:
        show(found, "json", "UTC")
    return STUMBLED if any(each.problem for each in found) else 0


async def walked(wanted: Asked, tour: Tour, how: How, see: See | None = None) -> Walked:
    """Walk one tour once."""
    begun = time.monotonic()
    step = problem = screen = ""
    try:
        await walk(Portal, wanted.settings, wanted.content, wanted.clock, tour, how, see)
    except Stumbled as stumbled:
        step, problem, screen = stumbled.step, stumbled.problem, stumbled.screen
    spent = round((time.monotonic() - begun) * 1000)
    return Walked(tour.id, str(how), spent, step, problem, screen)


def _tell(each: Walked) -> None:
    sign = "✗" if each.problem else "✓"
    print(f"{sign} {each.tour}  {each.how}  {each.milliseconds / 1000:.1f} s")
    if each.problem:
        print(f"  {each.step}: {each.problem}")
        print("\n".join("  | " + line for line in each.screen.splitlines()))
