"""A tour in plain, numbered lines: where, what to press, and the command that does the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.cli.parameters import Parameter, parameters
from app.cli.shapes import SPELLINGS, command_of
from app.content.tour_texts import PLACEHOLDER
from app.content.tours import Step, Tour
from app.i18n import _, language, ngettext
from app.settings import Settings
from app.text import safe

COMMAND = "command:"


@dataclass(frozen=True, slots=True)
class PlainStep:
    """One line. where: the part of the portal, empty where it is still the same; press: the keys for it."""

    number: int
    where: str
    text: str
    press: str


@dataclass(frozen=True, slots=True)
class PlainTour:
    """command: what does the same from a shell; empty for a tour that only shows."""

    title: str
    minutes: int
    steps: tuple[PlainStep, ...]
    command: str

    def lines(self) -> list[str]:
        """The tour for reading aloud: nothing but text, a step a line."""
        about = ngettext("about {count} minute", "about {count} minutes", self.minutes)
        told = [f"{self.title} ({about.format(count=self.minutes)})", ""]
        for step in self.steps:
            where = f"{step.where}: " if step.where else ""
            press = " " + _("Press: {keys}.").format(keys=step.press) if step.press else ""
            told.append(f"{step.number}. {where}{step.text}{press}")
        if self.command:
            told += ["", _("The same as a command: {command}").format(command=self.command)]
        return [safe(line) for line in told]


def plain_tour(tour: Tour, settings: Settings) -> PlainTour:
    """A tour in the language in force, with the keys of whoever works on this machine."""
    key_of = _keys(settings)
    steps, before = [], ""
    for number, step in enumerate(tour.steps, 1):
        where = place_name(step.screen)
        text = PLACEHOLDER.sub(lambda found: _key(found[1], key_of), step.text.in_language(language()))
        steps.append(PlainStep(number, where if where != before else "", text, _press(step, text, key_of)))
        before = where
    return PlainTour(tour.title.in_language(language()), tour.minutes, tuple(steps), twin(tour.outcome))


def twin(name: str) -> str:
    """The command of an operation with what must be given; empty without an operation of that name."""
    from app.operations.core.registry import get

    try:
        operation = get(name) if name else None
    except (KeyError, ImportError):
        operation = None
    if operation is None:
        return ""
    said = parameters(operation.function, SPELLINGS.get(name, {}))
    return " ".join([command_of(name), *filter(None, (_option(each) for each in said if each.required))])


def place_name(place: str) -> str:
    """A place in words: "My Products, Limits & bars"; a dialog is what has just opened."""
    from app.screens.info.area import PARTS
    from app.screens.my_data.area import PLACES as DATA
    from app.screens.my_products.area import SECTIONS
    from app.screens.my_products.line_page import PLACES as LINE
    from app.screens.shell import AREAS

    area, *parts = place.split("/")
    if area == "sign_in":
        return _("On the first screen")
    if area not in AREAS:
        return _("In the window that has opened")
    titles = {each.name: each.title for each in (*LINE, *DATA, *PARTS)} | dict(SECTIONS)
    if area == "my_products":
        titles = {each.name: each.title for each in LINE} | dict(SECTIONS)
    named = [_(titles[part]) for part in parts if part in titles]
    return ", ".join([_(AREAS[area][0]), *named])


def _option(parameter: Parameter) -> str:
    value = parameter.name.removesuffix("_id").replace("_", "-").upper()
    if parameter.kind == "secret":
        return ""
    if parameter.kind == "bool":
        return parameter.option.replace("--", "--[no-]", 1)
    return (
        value if parameter.alone else f"{parameter.option} {'NUMBER' if parameter.kind == 'line' else value}"
    )


def _press(step: Step, text: str, key_of: Callable[[str], str]) -> str:
    """The keys that the text does not name; what is typed is in the text."""
    if step.done.read:
        return ""
    keys = [_key(key.removeprefix(COMMAND), key_of) for key in step.do.keys]
    return "" if all(key in text for key in keys) else " ".join(keys)


def _key(name: str, key_of: Callable[[str], str]) -> str:
    from app.tours.wording import spoken

    return spoken(key_of(name) if "." in name else name)


def _keys(settings: Settings) -> Callable[[str], str]:
    """The key of a command, the person's own where they have one."""

    @cache
    def known() -> dict[str, str]:
        from app.commands import commands
        from app.keymap import load_keymap

        own = load_keymap(settings.home / "keys.toml")
        return {id: own.get(id, command.keys) for id, command in commands().items()}

    return lambda id: known().get(id, id).split(",")[0].strip()
