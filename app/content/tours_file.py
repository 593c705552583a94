"""Reads and checks one file of data/tours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.tour_steps import AREAS, NAME, OPERATION, read_facts, read_step
from app.content.tour_texts import read_title
from app.content.tours import AUDIENCES, MOST_STEPS, Step, Tour

SCHEMA: Final = 1
PLACES: Final = (*AREAS, "sign_in", "helpdesk")
FORM: Final = "the name of an operation, like limits.set"


def read_tour(path: Path, file: str, errors: list[ContentError]) -> Tour | None:
    """One tour; None, with every mistake added to `errors`, if it cannot be used."""
    known = len(errors)
    root = read_toml(path, file, errors)
    root.integer("schema", low=SCHEMA, high=SCHEMA)
    sample = _sample(root)
    tour = Tour(
        id=root.text("id", pattern=NAME, form="the name of the file, like limit-lower"),
        area=root.text("area", choices=PLACES),
        title=read_title(root, "title"),
        steps=_steps(root, sample),
        service=root.text("service", default="", pattern=NAME, form='a service, like "mobile"'),
        audience=root.text("audience", default="customer", choices=AUDIENCES),
        outcome=root.text("outcome", default="", pattern=OPERATION, form=FORM),
        needs=read_facts(root, "needs"),
        covers=_covers(root),
        minutes=root.integer("minutes", low=1, high=30, default=1),
        sample=sample,
        login=root.text("login", default="admin", pattern=NAME, form="a user of the practice customer"),
        introduces=root.boolean("introduces", default=False),
    )
    if tour.id and tour.id != path.stem:
        root.error("id", f"The file is called {path.name}.", f'Write id = "{path.stem}".')
    root.finish()
    return tour if len(errors) == known else None


def _sample(root: Section) -> dict[str, str]:
    part = root.section("sample", optional=True)
    for name in part.names():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            part.error(name, "This is no name of a sample.", "Write small letters, digits and underscores.")
    sample = {name: part.text(name) for name in part.names()}
    part.finish()
    return sample


def _covers(root: Section) -> tuple[str, ...]:
    names = root.words("covers", default=())
    for name in names:
        if not re.fullmatch(OPERATION, name):
            root.error("covers", f"{name!r} has not the expected form.", f"Write {FORM}.")
    return names


def _steps(root: Section, sample: dict[str, str]) -> tuple[Step, ...]:
    sections = root.sections("step")
    if not sections and root.has("step"):
        root.error("step", "The tour has no steps.", "Add one that begins with [[step]].")
    if len(sections) > MOST_STEPS:
        cure = f"Keep at most {MOST_STEPS}, or make two tours of it."
        root.error("step", f"The tour has {len(sections)} steps.", cure)
    steps: list[Step] = []
    for number, section in enumerate(sections, 1):
        # A step is named by its id where it has one: people look for that, not for a number.
        section.call(_name(section, number))
        step = read_step(section, sample)
        if step.id and any(step.id == other.id for other in steps):
            section.error("id", f"There is another step {step.id!r}.", "Give each step its own id.")
        steps.append(step)
    return tuple(steps)


def _name(section: Section, number: int) -> str:
    id = section.peek("id")
    return f"step[{id}]" if isinstance(id, str) and re.fullmatch(NAME, id) else f"step[{number}]"
