"""Months as people live them, on the tariff that is sold; every result here was worked out by hand.

Prices of July 2026: data above a bundle and of a lifted 0 GB line 0.0035 a MB; outside the EU 0.25 (A), 1.50
(B), 4.00 (rest of the world) and 12.50 (ships, planes) a MB; bundles A 30 GB 17.50, B 7.5 GB 25.00, Rest of
world 5 GB 37.50, World 7.5 GB 32.50. A call to the USA by day: 0.05 and 0.18 a minute by the second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.clock import FixedClock, month_of
from app.operations.core import Visit, perform
from app.rating.codes import Bar, Direction, Flag, RoamingClass
from tests.factories import GB, Factory

MB = 10**6
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY_NOON = datetime(2026, 11, 10, 12, tzinfo=AMSTERDAM)
A, B, REST, WORLD = (
    int(each) for each in (RoamingClass.A, RoamingClass.B, RoamingClass.REST, RoamingClass.WORLD)
)
BERLIN, NEW_YORK, AMSTERDAM_NUMBER, SERVICE = 49301234567, 12125550100, 31201234567, 319001234


def at(*moment: int) -> int:
    """An instant of the operator's time zone."""
    return int(datetime(*moment, tzinfo=AMSTERDAM).timestamp())  # type: ignore[arg-type, misc]


@dataclass
class Story:
    """What a line is, what happens to it, and what each record costs in micro-euro."""

    says: str
    line: dict[str, Any]
    steps: list[tuple[Any, ...]]
    charges: list[int]
    reasons: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    blocked: bool = False


def data(place: str, volume: int) -> tuple[Any, ...]:
    return "data", volume, place, {}


def voice(number: int, seconds: int, place: str = "NL", **more: Any) -> tuple[Any, ...]:
    return "voice", seconds, place, {"number": number, **more}


def sms(number: int, place: str = "NL") -> tuple[Any, ...]:
    return "sms", 1, place, {"number": number}


ANSWER = ("answer",)
EURO = 10**6
STORIES = [
    Story("data at home and in the EU is in the bundle", {}, [data("NL", GB), data("NO", GB)], [0, 0]),
    Story("GB and CH are not the EU: off without a bundle", {}, [data("GB", MB), data("CH", MB)], [0, 0]),
    Story(
        "a lifted 0 GB line pays each MB",
        {"data_bundle": "0", "zero_lifted": 1},
        [data("NL", 100 * MB), data("DE", 1)],
        # A started kilobyte counts whole: 0.0000035, rounded to four decimals.
        [350_000, 0],
    ),
    Story("a 0 GB line is blocked", {"data_bundle": "0"}, [data("NL", MB)], [0]),
    Story(
        "three bundles begin within one record",
        {"bundles": B},
        [data("JP", 20 * GB)],
        [75 * EURO],
        told=["bundle-start:1:1", "bundle-start:1:2", "bundle-start:1:3", "bundle-100:1:1", "bundle-100:1:2"],
    ),
    Story(
        "after the last bundle of two the class is blocked, other classes are not",
        {"bundles": A | B, "bundle_cap": 2},
        [data("JP", 20 * GB), data("JP", MB), data("US", MB)],
        [50 * EURO, 0, 17_500_000],
        told=[
            "bundle-start:0:1",
            "bundle-start:1:1",
            "bundle-start:1:2",
            "bundle-100:1:1",
            "bundle-cap:1:2",
        ],
    ),
    Story(
        "World covers all but ships and planes",
        {"bundles": WORLD},
        [data("BR", GB), data("US", GB), data("X-SHIP", MB), data("X-PLANE", MB)],
        [32_500_000, 0, 12_500_000, 12_500_000],
        told=["bundle-start:3:1"],
    ),
    Story(
        "80, 100, answer, 200, answer, then nothing stops it",
        {"bundles": A},
        [
            *(data("JP", 30 * MB), data("JP", 4 * MB), data("JP", MB), data("US", MB), ANSWER),
            *(data("JP", 33 * MB), data("JP", MB), ANSWER, data("JP", GB)),
        ],
        [45 * EURO, 6 * EURO, 0, 0, 49_500_000, 0, 1500 * EURO],
        told=["limit-80", "limit-100", "answer", "limit-200", "answer"],
    ),
    Story(
        "who may not exceed the limit stays blocked, whatever they answer",
        {"bundles": A, "hard_limit": 1, "limit_cents": 1000},
        [data("JP", 7 * MB), ANSWER, data("JP", MB)],
        [10_500_000, 0],
        told=["limit-100", "answer"],
        blocked=True,
    ),
    Story(
        "one record over all levels is told once, with the highest, and blocks",
        {"bundles": A, "limit_cents": 1000},
        [data("JP", 20 * MB), data("JP", MB)],
        [30 * EURO, 0],
        told=["limit-200"],
        blocked=True,
    ),
    Story(
        "a bar beats bundle and allowance",
        {"bundles": WORLD, "bars": int(Bar.ROAMING)},
        [data("US", GB), data("DE", GB), voice(AMSTERDAM_NUMBER, 60, "DE"), data("NL", GB)],
        [0, 0, 0, 0],
        reasons=["blocked", "blocked", "blocked", "rated"],
    ),
    Story(
        "a bar beats the lifted 0 GB block",
        {"data_bundle": "0", "zero_lifted": 1, "bars": int(Bar.DATA_EU)},
        [data("DE", GB), data("NL", MB)],
        [0, 3_500],
        reasons=["blocked", "rated"],
    ),
    Story(
        "calls over Wi-Fi abroad cost what they cost at home",
        {},
        [
            voice(AMSTERDAM_NUMBER, 600, "US", flags=int(Flag.WIFI)),
            voice(NEW_YORK, 60, "US", flags=int(Flag.WIFI)),
            voice(NEW_YORK, 31, "US"),
        ],
        # From the USA: 0.55 a minute, the first half minute whole: 31 seconds are 0.284167.
        [0, 230_000, 284_200],
    ),
    Story(
        "the bar on calls abroad stops calls and forwarding, not messages",
        {"bars": int(Bar.INTERNATIONAL)},
        [
            voice(NEW_YORK, 60),
            voice(BERLIN, 60, direction=int(Direction.FORWARDED)),
            voice(AMSTERDAM_NUMBER, 60, direction=int(Direction.FORWARDED)),
            sms(NEW_YORK),
            sms(BERLIN),
        ],
        [0, 0, 0, 110_000, 55_000],
        reasons=["blocked", "blocked", "rated", "rated", "rated"],
    ),
    Story(
        "a conference of three is two calls; a call of no seconds is none",
        {},
        [voice(NEW_YORK, 60, legs=2), voice(NEW_YORK, 0), voice(NEW_YORK, 600)],
        [460_000, 0, 1_850_000],
    ),
    Story("a second minute that has begun counts", {}, [voice(SERVICE, 61)], [1_645_200]),
    Story(
        "premium numbers can be barred alone",
        {"bars": int(Bar.PREMIUM)},
        [voice(SERVICE, 61), voice(NEW_YORK, 60)],
        [0, 230_000],
    ),
    Story(
        "Data Only does not call",
        {"kind": "data_only"},
        [voice(AMSTERDAM_NUMBER, 60), data("NL", GB)],
        [0, 0],
    ),
    Story("messages outside the EU", {}, [sms(BERLIN, "US"), sms(BERLIN, "DE")], [250_000, 55_000]),
]


def live(
    story: Story, factory: Factory, clock: FixedClock, account_id: int
) -> tuple[int, list[tuple[int, str]]]:
    """The line, and charge and status of each record in the order of its start."""
    clock.set(int(TUESDAY_NOON.timestamp()))
    line = factory.line(account_id, number="+31612345678", **story.line)
    for step in story.steps:
        clock.advance(60)
        if step == ANSWER:
            perform(factory.system, "sms.receive", sender="+31612345678", text="yes")
            continue
        kind, volume, place, more = step
        factory.usage(line, kind, volume, start=clock.now(), place=place, **more)
    page = perform(factory.system, "usage.records", line_id=line)
    return line, [(row.charge_micro, row.status) for row in reversed(page.rows)]


@pytest.mark.parametrize("story", STORIES, ids=[story.says for story in STORIES])
def test_the_month_comes_to_what_was_worked_out(
    story: Story, factory: Factory, clock: FixedClock, account_id: int
) -> None:
    line, rated = live(story, factory, clock, account_id)
    assert [charge for charge, _status in rated] == story.charges
    if story.reasons:
        assert [status for _charge, status in rated] == story.reasons
    detail = perform(factory.system, "lines.get", line_id=line)
    assert detail.counters.charge_micro == sum(story.charges)
    assert detail.counters.blocked == story.blocked
    keys = factory.system.rows("SELECT key FROM message WHERE line_id = :line ORDER BY key", line=line)
    told = [shorter(key) for (key,) in keys if key.startswith("sms:")]
    assert sorted(told) == sorted(story.told)


def shorter(key: str) -> str:
    """The reason for a message without line, month and amounts."""
    _sms, _line, _month, name, *rest = key.split(":")
    return ":".join((name, *rest)) if name.startswith("bundle") else name


@pytest.mark.parametrize(
    "instant, month",
    [
        (at(2026, 3, 31, 23, 59, 59), 202603),
        (at(2026, 4, 1), 202604),
        (at(2026, 3, 1) - 1, 202602),
        (at(2026, 10, 1), 202610),
        (at(2026, 10, 31, 23, 59, 59), 202610),
        (at(2026, 11, 1), 202611),
    ],
)
def test_months_begin_at_midnight_in_amsterdam_in_summer_and_winter(
    instant: int, month: int, factory: Factory, account_id: int
) -> None:
    line = factory.line(account_id, activated_at=at(2026, 1, 1))
    factory.usage(line, "data", GB, start=instant)
    rows = factory.system.rows("SELECT month FROM counter WHERE line_id = :line", line=line)
    assert rows == [(month,)]
    assert at(2026, 4, 1) - at(2026, 3, 1) == 31 * 86400 - 3600
    assert at(2026, 11, 1) - at(2026, 10, 1) == 31 * 86400 + 3600


def test_half_a_month_is_half_a_bundle(factory: Factory, account_id: int) -> None:
    line = factory.line(account_id, activated_at=at(2026, 10, 17, 9), data_bundle="6")
    factory.usage(line, "data", 4 * GB, start=at(2026, 10, 20))
    # 15 of 31 days: 2,903,225,806 bytes; 1,096,775 kilobytes above, at 0.0035 a MB: 3.84.
    (share,) = perform(factory.system, "closing.preview", month=202610).shares
    assert (share.allowance, share.share_cents) == (2_903_225_806, 384)


def test_a_pool_over_its_sum_is_shared_by_who_went_over(factory: Factory, account_id: int) -> None:
    group = factory.group(account_id)
    lines = [factory.line(account_id, group_id=group, data_bundle="6") for _line in range(3)]
    lines.append(factory.line(account_id, group_id=group, data_bundle="unlimited"))
    lines.append(factory.line(account_id, group_id=group, data_bundle="0", zero_lifted=1))
    for line, volume in zip(lines, (7, 9, 5, 500, 1), strict=True):
        factory.usage(line, "data", volume * GB, start=at(2026, 10, 20))
    closed = perform(factory.system, "closing.preview", month=202610)
    # 21 of 18 GB: 3 GB for 10.50, shared 1 to 3 as 2.625 and 7.875; the odd cent goes to the first line.
    assert [(share.line_id, share.share_cents) for share in closed.shares] == [
        (lines[0], 263),
        (lines[1], 787),
    ]
    assert closed.overage_cents == 1050
    assert closed.usage_cents == 350


@pytest.mark.parametrize("day, zone", [((2025, 12, 31, 23, 59), "rest"), ((2026, 1, 1), "eu")])
def test_ukraine_is_in_from_new_year(
    day: tuple[int, ...], zone: str, factory: Factory, clock: FixedClock, account_id: int
) -> None:
    line = factory.line(account_id, activated_at=at(2025, 6, 1))
    for place in ("UA", "MD"):
        factory.usage(line, "data", MB, start=at(*day) + len(place), place=place)
    month = month_of(at(*day), "Europe/Amsterdam")
    rows = perform(factory.system, "usage.records", line_id=line, month=month).rows
    assert [row.zone for row in rows] == [zone, zone]


def test_a_higher_limit_holds_at_once_a_lower_one_from_the_first(
    factory: Factory, clock: FixedClock, account_id: int, admin_visit: Visit
) -> None:
    story = Story("", {"bundles": A}, [data("JP", 34 * MB)], [])
    line, _rated = live(story, factory, clock, account_id)

    def blocked() -> bool:
        return bool(perform(admin_visit, "lines.get", line_id=line).counters.blocked)

    assert blocked()
    perform(admin_visit, "limits.set", line_id=line, limit_cents=10_000)
    assert not blocked()
    lowered = perform(admin_visit, "limits.set", line_id=line, limit_cents=1_000)
    assert (lowered.active_cents, lowered.pending_cents, lowered.pending_from) == (
        10_000,
        1_000,
        at(2026, 12, 1),
    )
    perform(admin_visit, "limits.set", line_id=line, limit_cents=3_000)
    assert not blocked()
    clock.set(at(2026, 12, 1))
    factory.usage(line, "data", 20 * MB, start=clock.now(), place="JP")
    assert perform(admin_visit, "lines.get", line_id=line).limit_cents == 3_000
    assert blocked()


def test_a_late_record_leaves_what_an_ordered_month_leaves(
    factory: Factory, clock: FixedClock, account_id: int
) -> None:
    volumes = [10, 14, 9, 3, 2]
    left = []
    for number, order in enumerate(((0, 1, 2, 3, 4), (4, 2, 0, 3, 1))):
        line = factory.line(account_id, number=f"+3161234567{number}", bundles=A)
        clock.set(at(2026, 11, 20))
        for place in order:
            factory.usage(line, "data", volumes[place] * MB, start=at(2026, 11, 10, place), place="JP")
            assert_told_once(factory, line)
        counter = factory.system.row(
            "SELECT standard_micro, blocked, marks, records FROM counter WHERE line_id = :line", line=line
        )
        crossings = factory.system.rows(
            "SELECT kind, at FROM crossing WHERE owner_id = :line ORDER BY kind", line=line
        )
        left.append((counter, crossings))
    assert left[0] == left[1]
    # 15 + 21 + 13.50 = 49.50, with 3 MB more 54.00: the last record meets the block.
    assert left[0][0][:2] == (54 * EURO, 1)


def assert_told_once(factory: Factory, line: int) -> None:
    keys = [key for (key,) in factory.system.rows("SELECT key FROM message WHERE line_id = :line", line=line)]
    names = [shorter(key) for key in keys]
    assert len(names) == len(set(names))
