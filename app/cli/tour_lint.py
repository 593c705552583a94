"""`loket tour lint`: everything that is wrong with the tours; exit code 2 if one cannot work."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from app.cli.output import show
from app.cli.parser import parser_of
from app.clock import Clock
from app.content import Content, load_content
from app.content.tour_texts import key_references
from app.content.tours import Step, Tour
from app.i18n import _, ngettext
from app.operations.core.registry import every
from app.operations.core.tours.lint import Finding, lint, mistake
from app.settings import read_settings

BROKEN = 2
COMMAND = "command:"


def run_lint(argv: list[str], _clock: Clock | None) -> int:
    """Check all tours, or those that are named; the exit code."""
    parser = parser_of("loket tour lint", _("Check tours: names, keys, texts, how they end."), [])
    parser.add_argument("tour", nargs="*", help=_("only these; default: all"))
    given = parser.parse_args(argv)
    content = load_content(read_settings().content)
    found = [
        each
        for each in findings(content)
        if not given.tour or each.mistake.file.split("/")[-1].removesuffix(".toml") in given.tour
    ]
    if given.json:
        show([_record(each) for each in found], "json", "UTC")
    else:
        for each in found:
            print(("" if each.grave else _("advice: ")) + str(each.mistake))
        print(_summary(content, found))
    return BROKEN if any(each.grave for each in found) else 0


def findings(content: Content) -> list[Finding]:
    """Everything that is wrong with an operator's tours, what keeps them from working first."""
    tours = content.tours
    found = [Finding(problem) for problem in tours.problems]
    found += lint(tours.tours.values(), {each.name: each for each in every()})
    for tour in tours.tours.values():
        found += on_screen(tour)
    return sorted(found, key=lambda each: not each.grave)


def on_screen(tour: Tour) -> Iterator[Finding]:
    """Selectors that are none, and commands that no screen has."""
    for step in tour.steps:
        for key, selector in _selectors(step):
            if not _is_selector(selector):
                cure = "Write it like #save, .detail or LimitsPanel FactList."
                yield Finding(mistake(tour, key, f"{selector!r} is no selector.", cure, step))
        for key, command in _commands(step):
            yield from _known(tour, step, key, command)


def _selectors(step: Step) -> Iterator[tuple[str, str]]:
    done = step.done
    named = {"target": step.target, "done.gone": done.gone, "done.shown": done.shown}
    named |= {"done.valid": done.valid, "done.chosen": done.chosen}
    yield from ((key, selector) for key, selector in named.items() if selector)
    yield from (("also", selector) for selector in step.also)


def _is_selector(selector: str) -> bool:
    from textual.css.errors import DeclarationError
    from textual.css.parse import parse_selectors
    from textual.css.tokenizer import TokenError

    try:
        return bool(parse_selectors(selector))
    except (TokenError, DeclarationError, KeyError, ValueError):
        return False


def _commands(step: Step) -> Iterator[tuple[str, str]]:
    """Ids of commands in texts and keys; a bare key has no dot."""
    for key in step.do.keys:
        if key.startswith(COMMAND):
            yield "do.keys", key.removeprefix(COMMAND)
    for text in (step.text, *step.wrong.values()):
        yield from (("text", name) for name in dict.fromkeys(key_references(text.en)) if "." in name)


def _known(tour: Tour, step: Step, key: str, command: str) -> Iterator[Finding]:
    import difflib

    known = _command_ids()
    if command not in known:
        close = difflib.get_close_matches(command, known, n=1)
        cure = f"Did you mean {close[0]}?" if close else "The key reference lists them."
        yield Finding(mistake(tour, key, f"There is no command {command!r}.", cure, step))


@cache
def _command_ids() -> frozenset[str]:
    from app.commands import commands

    return frozenset(commands())


def _record(each: Finding) -> dict[str, str | bool]:
    wrong = each.mistake
    return {
        "file": wrong.file,
        "key": wrong.key,
        "problem": wrong.problem,
        "cure": wrong.cure,
        "grave": each.grave,
    }


def _summary(content: Content, found: list[Finding]) -> str:
    count, grave = len(content.tours.tours), sum(each.grave for each in found)
    tours = ngettext("{count} tour can be used", "{count} tours can be used", count).format(count=count)
    mistakes = ngettext("{count} mistake", "{count} mistakes", grave).format(count=grave)
    advice = len(found) - grave
    hints = ngettext("{count} piece of advice", "{count} pieces of advice", advice).format(count=advice)
    return f"{tours}; {mistakes}, {hints}."
