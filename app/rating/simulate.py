"""What a month would have cost on another bundle or tariff. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.rating.closing import MICRO_PER_CENT, overage_cents
from app.rating.codes import FIRST_COMMAND, Kind, Status
from app.rating.records import SETTINGS, LineTerms, State, Usage
from app.rating.replay import merge, replay
from app.rating.tables import TariffTables


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to try: a data bundle (bytes; unlimited; 0 is data off unless lifted) on a tariff.

    bundles: `RoamingClass` bits instead of those the line had, None to keep them and their changes;
    monthly_cents: what the bundle costs a month.
    """

    name: str
    tariff: TariffTables
    allowance: int
    monthly_cents: int
    unlimited: bool = False
    bundles: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A month under a choice, in cents; records that would have been blocked or could not be rated."""

    name: str
    monthly_cents: int
    overage_cents: int
    roaming_cents: int
    calls_cents: int
    blocked: int
    suspended: int

    @property
    def total_cents(self) -> int:
        """All of it."""
        return self.monthly_cents + self.overage_cents + self.roaming_cents + self.calls_cents


def simulate(stream: Iterable[Usage], line: LineTerms, start: State, choices: Sequence[Choice]) -> list[Cost]:
    """Rate a line's month under each choice; `start` is the state of the 1st and stays as it is.

    The line is taken by itself: what lies above its own bundle is overage, as if it had no pool.
    """
    records = list(merge(stream))
    return [_cost(records, line, start, choice) for choice in choices]


def cheapest(costs: Sequence[Cost]) -> Cost:
    """The least that nothing blocked more than elsewhere; the first of equals. Raises ValueError if empty."""
    fewest = min(cost.blocked + cost.suspended for cost in costs)
    usable = [cost for cost in costs if cost.blocked + cost.suspended == fewest]
    return min(usable, key=lambda cost: cost.total_cents)


def _cost(records: list[Usage], line: LineTerms, start: State, choice: Choice) -> Cost:
    state = State(**{name: getattr(start, name) for name in SETTINGS})
    stream: Iterable[Usage] = records
    if choice.bundles is not None:
        state.bundles = choice.bundles
        stream = (usage for usage in records if usage.kind != Kind.BUNDLES)
    zero = int(choice.allowance == 0 and not choice.unlimited)
    terms = LineTerms(line.kind, choice.allowance, int(choice.unlimited), zero, -1, line.subject)
    blocked = suspended = 0
    for usage, rating in replay(stream, terms, state, choice.tariff):
        if usage.kind < FIRST_COMMAND:
            blocked += rating.status == Status.BLOCKED
            suspended += rating.status == Status.SUSPENDED
    above = 0 if choice.unlimited else max(state.data_home_eu - choice.allowance, 0)
    return Cost(
        choice.name,
        choice.monthly_cents,
        overage_cents(above, choice.tariff) + _cents(state.out_of_bundle_micro),
        _cents(state.standard_micro + state.bundle_micro),
        _cents(state.voice_micro + state.sms_micro),
        blocked,
        suspended,
    )


def _cents(micro: int) -> int:
    return (micro + MICRO_PER_CENT // 2) // MICRO_PER_CENT
