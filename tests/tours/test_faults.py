"""A walk notices when a screen and its tour no longer fit: mistakes made on purpose must be caught."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import groupby

import pytest

from app.content import Content
from app.content.tour_list import read_tours
from app.content.tours import Step, Tour
from app.settings import Settings, shipped_content
from app.tours.walk import Stumbled, walk
from app.tours.walk_setting import How
from app.widgets.form_field import FormField
from tests.tours.conftest import AFTERNOON
from tests.tours.faults import faults_of, spoilt, tighten

TOURS = read_tours(shipped_content(), [])
PATIENCE = 2.5
CAUGHT = 95
"""Percent, at least, of each part."""
PARTS = 8
"""All mistakes are shared out to so many tests, which run beside each other."""
Seed = tuple[Tour, Step, str]


def seeds() -> Iterator[Seed]:
    """Each kind of mistake in each tour, at a step that the tour's name decides."""
    for tour in TOURS.values():
        found = sorted((fault, step.id) for step in tour.steps for fault in faults_of(step))
        for fault, group in groupby(found, key=lambda each: each[0]):
            steps = [step for _fault, step in group]
            number = hashlib.sha256(f"{tour.id} {fault}".encode()).digest()[0]
            yield tour, tour.step(steps[number % len(steps)]), fault


def one_of_each() -> list[Seed]:
    """One seed of each kind of mistake."""
    return list({fault: (tour, step, fault) for tour, step, fault in seeds()}.values())


def named(seed: object) -> str:
    return seed if isinstance(seed, str) else str(getattr(seed, "id", seed))


async def caught(seed: Seed, settings: Settings, content: Content, monkeypatch: pytest.MonkeyPatch) -> str:
    """Why the walk stumbles over a mistake; empty if it does not, or says nothing of the step.

    It is told at the step itself, or at the next one, which never comes.
    """
    tour, step, fault = seed
    monkeypatch.setattr("app.tours.walk.PATIENCE", PATIENCE)
    if fault == "tightened":
        monkeypatch.setattr(FormField, "problem_now", tighten(step.done.valid))
    changed, make = spoilt(tour, step, fault)
    try:
        await walk(make, settings, content, AFTERNOON, changed, How())
    except Stumbled as stumbled:
        told = f"{stumbled.step}: {stumbled.problem}"
        ids = [each.id for each in tour.steps]
        near = ids[ids.index(step.id) :][:2]
        return told if stumbled.step in near or step.id in told else ""
    return ""


@pytest.mark.parametrize(("tour", "step", "fault"), one_of_each(), ids=named)
async def test_a_mistake_is_caught(
    tour: Tour,
    step: Step,
    fault: str,
    practice_settings: Settings,
    content: Content,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert await caught((tour, step, fault), practice_settings, content, monkeypatch)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_nearly_all_mistakes_are_caught(
    part: int,
    practice_settings: Settings,
    content: Content,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    missed, every = [], list(seeds())[part::PARTS]
    for seed in every:
        with monkeypatch.context() as patch:
            if not await caught(seed, practice_settings, content, patch):
                missed.append(f"{seed[0].id}@{seed[1].id}: {seed[2]}")
    record_property("caught", f"{len(every) - len(missed)} of {len(every)}")
    assert len(missed) * 100 <= len(every) * (100 - CAUGHT), missed
