"""Reads and checks the steps of a tour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.content.reading import Section
from app.content.rights import RIGHTS
from app.content.texts import Texts
from app.content.tour_texts import COMMAND, KEY, read_texts
from app.content.tours import SIDES, Do, Done, Step

AREAS: Final = ("dashboard", "services", "my_data", "my_products", "info", "support")
NAME: Final = r"[a-z][a-z0-9_-]*"
FACT: Final = r"(?:has:[a-z][a-z0-9_]*|right:[A-Z_]+)"
OPERATION: Final = r"[a-z_]+\.[a-z_]+"
SAMPLE: Final = re.compile(r"\$([a-z][a-z0-9_]*)")
PRACTICE: Final = "practice_"
"""Samples that begin so are secrets of the practice customer; no file holds them."""


def read_step(section: Section, sample: Mapping[str, str]) -> Step:
    """One [[step]]."""
    screen, target = section.text("screen"), section.text("target")
    text = read_texts(section, "text")
    done = _done(section)
    row = section.text("row", default="")
    step = Step(
        id=section.text("id", pattern=NAME, form="a short name in small letters, like save"),
        screen=screen,
        target=target,
        text=text,
        done=done,
        do=_do(section, sample, needed=not (done.read or (row and row == done.row))),
        row=row,
        side=section.text("side", default="", choices=SIDES),
        commit=section.boolean("commit", default=False),
        secret=section.boolean("secret", default=False),
        when=read_facts(section, "when"),
        skip_if=read_facts(section, "skip_if"),
        wrong=_wrong(section),
        also=section.words("also", default=()),
    )
    check_place(section, "screen", screen)
    if step.secret and step.wrong:
        section.error("wrong", "What is typed here is secret.", "Remove the table.")
    section.finish()
    return step


def read_facts(section: Section, key: str) -> tuple[str, ...]:
    """A list of facts about the customer and rights of the person."""
    facts = section.words(key, default=())
    for fact in facts:
        if not re.fullmatch(FACT, fact):
            cure = 'Write "has:" with a fact, or "right:" with a right, like "right:MANAGE_LINES".'
            section.error(key, f"{fact!r} is neither a fact nor a right.", cure)
        kind, _colon, name = fact.partition(":")
        if kind == "right" and name not in RIGHTS:
            cure = section.suggest(name, RIGHTS, "rights.toml lists them.")
            section.error(key, f"There is no right {name!r}.", cure)
    return facts


def check_place(section: Section, key: str, place: str) -> None:
    """A place is an area, a part of one ("my_data/notices"), a screen ("sign_in") or "form:limits.set"."""
    if place and not re.fullmatch(rf"[a-z_]+(?:/[a-z_]+)*|form:{OPERATION}", place):
        cure = 'Write an area, a part of one like "my_data/notices", or a dialog like "form:limits.set".'
        section.error(key, f"{place!r} is no place.", cure)
        return
    area, slash, _part = place.partition("/")
    if slash and area not in AREAS:
        cure = section.suggest(area, AREAS, f"The areas are {', '.join(AREAS)}.")
        section.error(key, f"There is no area {area!r}.", cure)


def _done(section: Section) -> Done:
    part = section.section("done")
    done = Done(
        valid=part.text("valid", default=""),
        chosen=part.text("chosen", default=""),
        screen=part.text("screen", default=""),
        action=part.text(
            "action", default="", pattern=OPERATION, form="the name of an operation, like limits.set"
        ),
        gone=part.text("gone", default=""),
        shown=part.text("shown", default=""),
        row=part.text("row", default=""),
        read=part.boolean("read", default=False),
    )
    check_place(part, "screen", done.screen)
    part.finish()
    if done == Done() and section.has("done") and part.sound:
        cure = 'Write done = { screen = "..." }, or one of valid, chosen, action, gone, shown, row, read.'
        section.error("done", "Nothing says when the step is done.", cure)
    if done.read and done != Done(read=True):
        part.error("read", "A step that is only read waits for nothing else.", "Keep one of the two.")
    return done


def _do(section: Section, sample: Mapping[str, str], *, needed: bool) -> Do:
    if not section.has("do"):
        if needed:
            cure = 'Write do = { key = "enter" }, { keys = [...] }, { type = "..." } or { choose = "..." }.'
            section.error("do", "Nobody can prove this step: its keys are missing.", cure)
        return Do()
    part = section.section("do")
    typed = part.text("type", default="")
    do = Do(keys=_keys(part), type=typed, choose=part.text("choose", default=""))
    for name in SAMPLE.findall(typed):
        if name not in sample and not name.startswith(PRACTICE):
            cure = part.suggest(name, sample, "Add it to [sample].")
            part.error("type", f"There is no sample {name!r}.", cure)
    if do.type and do.choose:
        part.error("choose", "A text is typed and a value chosen in one step.", "Make two steps of it.")
    if not part.names():
        section.error("do", "No key is pressed and nothing is typed.", 'Write do = { key = "enter" }.')
    part.finish()
    return do


def _keys(part: Section) -> tuple[str, ...]:
    """Keys under `keys`, or the only one under `key`."""
    one = part.text("key", default="")
    many = part.list_of_words("keys") if part.has("keys") else ()
    if one and many:
        part.error("key", "There are both key and keys.", "Keep one of the two.")
    keys = (one,) if one else many
    for key in keys:
        if not re.fullmatch(rf"command:{COMMAND}|{KEY}", key):
            cure = 'Write a key as Textual names it, like "enter" or "ctrl+k", or "command:line.limits".'
            part.error("keys", f"{key!r} is no key.", cure)
    return keys


def _wrong(section: Section) -> dict[str, Texts]:
    part = section.section("wrong", optional=True)
    found = {value: read_texts(part, value) for value in part.names()}
    part.finish()
    return found
