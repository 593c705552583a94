"""`loket tour shots`: a picture of each step of a tour, as SVG, and an article page that shows them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App

from app.cli.failures import WrongUsage
from app.cli.parser import parser_of
from app.cli.plain_tour import plain_tour
from app.clock import Clock
from app.content.tours import Step, Tour
from app.i18n import _, use_language
from app.settings import Settings
from app.tours.walk_setting import How
from app.walking.asked import Asked, add_circumstances, asked
from app.walking.walk import STUMBLED, walked


def run_shots(argv: list[str], clock: Clock | None) -> int:
    """Take the pictures of a tour; the exit code."""
    says = _("Take a picture of each step of a tour, and write an article page with them.")
    parser = parser_of("loket tour shots", says, [])
    parser.add_argument("tour", help=_("the tour"))
    parser.add_argument("folder", help=_("where the pictures go; it is made"))
    add_circumstances(parser)
    given = parser.parse_args(argv)
    wanted = asked(given, [given.tour], clock)
    folder = Path(given.folder).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = _("{folder} cannot be made: {why}").format(folder=folder, why=error.strerror)
        raise WrongUsage(text) from error
    code = 0
    for how in wanted.hows:
        code = max(code, asyncio.run(photographed(wanted, wanted.tours[0], how, folder)))
    return code


async def photographed(wanted: Asked, tour: Tour, how: How, folder: Path) -> int:
    """Walk a tour once and keep what is seen; the exit code. Prints the files."""
    at = [step.id for step in tour.steps]
    taken: dict[str, Path] = {}
    suffix = f"{how.size[0]}x{how.size[1]}-{how.language}-{how.theme}"

    async def see(app: App[Any], step: Step) -> None:
        path = folder / f"{tour.id}-{at.index(step.id) + 1:02}-{step.id}-{suffix}.svg"
        path.write_text(app.export_screenshot(title=tour.title.in_language(how.language)), encoding="utf-8")
        taken[step.id] = path

    done = await walked(wanted, tour, how, see)
    # Not before: while an application runs, it catches what is printed.
    page = folder / f"{tour.id}-{suffix}.md"
    page.write_text(article_page(tour, how, wanted.settings, taken), encoding="utf-8")
    for path in (*taken.values(), page):
        print(path)
    if done.problem:
        print(f"✗ {done.step}: {done.problem}")
    return STUMBLED if done.problem else 0


def article_page(tour: Tour, how: How, settings: Settings, taken: Mapping[str, Path]) -> str:
    """The steps of a tour in Markdown, each with its picture where there is one."""
    with use_language(how.language):
        plain = plain_tour(tour, settings)
    parts = [f"# {plain.title}"]
    for step, said in zip(tour.steps, plain.steps, strict=True):
        parts.append(f"{said.number}. {said.text}")
        if step.id in taken:
            parts.append(f"   ![{plain.title}, {said.number}]({taken[step.id].name})")
    return "\n\n".join(parts) + "\n"
