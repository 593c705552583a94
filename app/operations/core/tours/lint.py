"""What the reader of a tour's file cannot know: operations, facts, and whether the tour can end well."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.content import ContentError
from app.content.tour_list import FOLDER
from app.content.tour_steps import PRACTICE, SAMPLE
from app.content.tours import Step, Tour
from app.operations.core.registry import Operation
from app.operations.core.tours.facts import FACTS
from app.operations.core.tours.readable import other_keys, unreadable


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend; a grave one keeps the tour from working, the others from being good."""

    mistake: ContentError
    grave: bool = True


def lint(tours: Iterable[Tour], operations: Mapping[str, Operation]) -> Iterator[Finding]:
    """Everything that is wrong with tours that could be read."""
    tours = list(tours)
    for tour in tours:
        yield from _Lint(tour, operations).findings()
    yield from _introductions(tours)


def mistake(tour: Tour, key: str, problem: str, cure: str, step: Step | None = None) -> ContentError:
    """A mistake with its place: the file, the step, the key."""
    place = ".".join(part for part in (f"step[{step.id}]" if step else "", key) if part)
    return ContentError(f"{FOLDER}/{tour.id}.toml", place, problem, cure)


class _Lint:
    def __init__(self, tour: Tour, operations: Mapping[str, Operation]) -> None:
        self.tour, self.operations = tour, operations

    def findings(self) -> Iterator[Finding]:
        tour = self.tour
        if tour.outcome:
            yield from self._operation("outcome", tour.outcome)
        for name in tour.covers:
            yield from self._operation("covers", name)
        yield from self._facts("needs", tour.needs)
        yield from self._end()
        yield from self._sample()
        for language, problem, cure in unreadable(tour.title):
            yield self._found(f"title.{language}", problem, cure, grave=False)
        for step in tour.steps:
            yield from self._step(step)

    def _found(
        self, key: str, problem: str, cure: str, step: Step | None = None, *, grave: bool = True
    ) -> Finding:
        return Finding(mistake(self.tour, key, problem, cure, step), grave)

    def _operation(self, key: str, name: str, step: Step | None = None) -> Iterator[Finding]:
        if name not in self.operations:
            close = difflib.get_close_matches(name, self.operations, n=1)
            cure = f"Did you mean {close[0]}?" if close else "'loket operations' lists them."
            yield self._found(key, f"There is no operation {name!r}.", cure, step)

    def _facts(self, key: str, facts: Iterable[str], step: Step | None = None) -> Iterator[Finding]:
        for fact in facts:
            kind, _colon, name = fact.partition(":")
            if kind == "has" and name not in FACTS:
                close = difflib.get_close_matches(name, FACTS, n=1)
                cure = f"Did you mean {close[0]}?" if close else "'loket tours facts' lists them."
                yield self._found(key, f"There is no fact {name!r}.", cure, step)

    def _end(self) -> Iterator[Finding]:
        """With an outcome, the last thing that is done is that; and what books is marked."""
        tour = self.tour
        if not tour.outcome:
            return
        # Afterwards there may be something to read or to close: codes that are shown only once.
        acting = [step for step in tour.steps if step.done.action]
        if not acting or acting[-1].done.action != tour.outcome:
            cure = f'Write done = {{ action = "{tour.outcome}" }} in the last step that does something.'
            yield self._found("step", f"The tour does not end with {tour.outcome!r}.", cure)
        operation = self.operations.get(tour.outcome)
        if operation is None:
            return
        if operation.changes and not any(step.commit for step in tour.steps):
            cure = "Write commit = true in the step whose key books it."
            yield self._found("step", '"Show me" would not stop before it books.', cure)
        if f"right:{operation.right}" not in tour.needs and tour.audience != "visitor":
            cure = f'Add "right:{operation.right}".'
            problem = f"{tour.outcome} needs a right that is not asked for."
            yield self._found("needs", problem, cure, grave=False)

    def _sample(self) -> Iterator[Finding]:
        used = {name for step in self.tour.steps for name in SAMPLE.findall(step.do.type)}
        for name in self.tour.sample:
            if name not in used:
                yield self._found(f"sample.{name}", "No step types it.", "Remove it.", grave=False)

    def _step(self, step: Step) -> Iterator[Finding]:
        for key, place in (("screen", step.screen), ("done.screen", step.done.screen)):
            if place.startswith("form:"):
                yield from self._operation(key, place.removeprefix("form:"), step)
        if step.done.action:
            yield from self._operation("done.action", step.done.action, step)
        if step.done.screen and f"{step.screen}/".startswith(f"{step.done.screen}/"):
            cure = "Name the part, or the dialog, that the step leads to."
            yield self._found("done.screen", "The step is done before anything is pressed.", cure, step)
        if step.secret and any(
            not name.startswith(PRACTICE) for name in SAMPLE.findall(step.do.type) or [""]
        ):
            cure = f'Write type = "${PRACTICE}password", or another one that begins so.'
            yield self._found("do.type", "A secret stands in the file.", cure, step)
        yield from self._facts("when", step.when, step)
        yield from self._facts("skip_if", step.skip_if, step)
        for key, texts in (
            ("text", step.text),
            *((f"wrong.{value}", said) for value, said in step.wrong.items()),
        ):
            for language, problem, cure in other_keys(texts):
                yield self._found(f"{key}.{language}", problem, cure, step)
            for language, problem, cure in unreadable(texts):
                yield self._found(f"{key}.{language}", problem, cure, step, grave=False)


def _introductions(tours: Iterable[Tour]) -> Iterator[Finding]:
    """At a first sign-in one tour is offered."""
    first: dict[str, Tour] = {}
    for tour in tours:
        if tour.introduces and first.setdefault(tour.audience, tour) is not tour:
            problem = f"{first[tour.audience].id} introduces the portal already."
            yield Finding(mistake(tour, "introduces", problem, "Remove it from one of the two."))
