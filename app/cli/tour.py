"""`loket tour <verb>`: for who writes tours. Each verb is a function `(argv, clock) -> exit code`."""

from __future__ import annotations

import importlib
from typing import Final

from app.cli.failures import WrongUsage
from app.clock import Clock
from app.i18n import _, mark

VERBS: Final[dict[str, tuple[str, str, str]]] = {
    "lint": ("app.cli.tour_lint", "run_lint", mark("check the tours: names, keys, texts, how they end")),
    "walk": ("app.walking.walk", "run_walk", mark("press the keys of tours on a practice copy")),
    "shots": ("app.walking.shots", "run_shots", mark("a picture of each step of a tour, as SVG")),
    "record": ("app.walking.record", "run_record", mark("write a draft of a tour while you do the task")),
    "stats": ("app.cli.tour_stats", "run_stats", mark("the steps at which most people gave up")),
}
"""Verb to module, function and what it does."""


def run_tour(argv: list[str], clock: Clock | None) -> int:
    """Do one verb; the exit code.

    Raises:
        WrongUsage: there is no such verb.
    """
    if not argv or argv[0] in ("-h", "--help"):
        print("\n".join(tour_lines()))
        return 0 if argv else 2
    if argv[0] not in VERBS:
        text = _("There is no command '{command}'. There are:")
        raise WrongUsage("\n".join([text.format(command=f"loket tour {argv[0]}"), *tour_lines()]))
    module, function, _says = VERBS[argv[0]]
    code: int = getattr(importlib.import_module(module), function)(argv[1:], clock)
    return code


def tour_lines() -> list[str]:
    """The verbs, for help."""
    return [f"loket tour {verb:<8}{_(says)}" for verb, (_module, _function, says) in VERBS.items()]
