"""Messages about use: which mark is told, once, to whom, in which words."""

from __future__ import annotations

from typing import Any

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core.marks import marks_of
from app.operations.core.notices import queue_crossings
from app.rating.codes import Kind, RoamingClass
from app.rating.records import LineTerms, State, Usage
from app.rating.replay import replay
from app.rating.tables import TariffTables
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory

MONTH = 202611
MB = 1_000_000
EURO = 1_000_000
PLAN = "zakelijk-mobiel"


class Phone:
    """One line that is used, rated and told about."""

    def __init__(self, store: Store, content: Content, clock: FixedClock, line_id: int, **state: Any) -> None:
        self.store, self.content, self.clock, self.line_id = store, content, clock, line_id
        self.state = State(**state)
        self.terms = LineTerms(allowance=6 * GB)
        tariff = content.tariffs.tables(PLAN, MONTH)
        assert tariff is not None
        self.tariff: TariffTables = tariff
        self.at = NOVEMBER + 5 * DAY

    def data(self, volume: int, place: str = "US") -> list[str]:
        return self._happens(Kind.DATA, volume, place)

    def change(self, kind: Kind, value: int = 0) -> list[str]:
        return self._happens(kind, value, "NL")

    def spend(self, micro: int) -> list[str]:
        """Data at the standard rate for so much, in a country without an enabled bundle (Japan: class B)."""
        price = self.tariff.zones[self.tariff.place_zone[self.content.places.index("JP")]].price
        return self.data(micro * self.tariff.data_unit // price, "JP")

    def _happens(self, kind: Kind, volume: int, place: str) -> list[str]:
        self.at += 60
        usage = Usage(
            line=self.line_id,
            start=self.at,
            tie=self.at,
            kind=int(kind),
            volume=volume,
            place=self.content.places.index(place),
        )
        before = len(self.messages())
        for _, rating in replay([usage], self.terms, self.state, self.tariff):
            marks = marks_of(rating, self.state, self.tariff, usage, MONTH)
            for _twice in range(2):
                with self.store.transaction() as tx:
                    queue_crossings(tx, self.content, self.line_id, marks, self.clock.now())
        return [body for body, _status in self.messages()[before:]]

    def messages(self) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self.store.rows("SELECT body, status FROM message ORDER BY id")]


@pytest.fixture
def phone(store: Store, content: Content, clock: FixedClock, factory: Factory) -> Phone:
    line = factory.line(factory.account())
    return Phone(store, content, clock, line, bundles=int(RoamingClass.A))


@pytest.mark.capability("RL-21", "RL-22")
def test_bundle_start_80_and_100_percent_are_told_once_each(phone: Phone) -> None:
    (start,) = phone.data(1 * GB)
    assert "Countries A" in start
    assert "9 more are left" in start
    assert phone.data(22 * GB) == []
    (early,) = phone.data(1 * GB)
    assert "80%" in early
    assert phone.data(5 * GB) == []
    (full,) = phone.data(1 * GB)
    assert "used up" in full
    assert "9 are left" in full
    (second,) = phone.data(1)
    assert "8 more are left" in second


def test_one_record_that_passes_both_levels_of_a_bundle_sends_the_higher(phone: Phone) -> None:
    told = phone.data(35 * GB)
    assert [("has started" in text, "80%" in text, "used up" in text) for text in told] == [
        (True, False, False),
        (False, False, True),
        (True, False, False),
    ]


@pytest.mark.capability("RL-20")
def test_last_bundle_and_its_end(phone: Phone) -> None:
    phone.change(Kind.CAP, 1)
    (start,) = phone.data(1 * GB)
    assert "0 left" in start
    (end,) = phone.data(29 * GB)
    assert "blocked" in end
    assert phone.data(1 * GB) == []
    assert phone.state.class_blocked == RoamingClass.A


@pytest.mark.capability("RL-28")
def test_early_notice_of_the_cost_limit(phone: Phone) -> None:
    assert phone.spend(39_990_000) == []
    (early,) = phone.spend(20_000)
    assert "80%" in early
    assert "€50.00" in early
    assert phone.spend(EURO) == []


@pytest.mark.capability("RL-29", "RL-31", "RL-32")
def test_blocks_and_answers(phone: Phone) -> None:
    (first,) = phone.spend(50 * EURO)
    assert "100%" in first
    assert "answer YES to 1330" in first
    assert phone.spend(EURO) == []  # leaked, not charged
    (lifted,) = phone.change(Kind.ANSWER)
    assert "works again" in lifted
    assert "€100.00" in lifted
    (second,) = phone.spend(50 * EURO)
    assert "200%" in second
    assert "answer YES" in second
    (free,) = phone.change(Kind.ANSWER)
    assert "not blocked any more" in free
    assert phone.spend(500 * EURO) == []
    assert phone.state.blocked == 0


@pytest.mark.capability("RL-33")
def test_hard_limit_is_said_and_refuses_the_answer(phone: Phone) -> None:
    phone.change(Kind.HARD, 1)
    (block,) = phone.spend(50 * EURO)
    assert "administrator" in block
    assert "1330" not in block
    (refused,) = phone.change(Kind.ANSWER)
    assert "stays blocked" in refused
    assert phone.state.blocked == 1


def test_one_record_over_the_whole_limit_sends_one_message(phone: Phone) -> None:
    (only,) = phone.spend(130 * EURO)
    assert "200%" in only
    (idle,) = phone.change(Kind.ANSWER)
    assert "not blocked any more" in idle


def test_answer_without_a_block_gets_the_help(phone: Phone) -> None:
    (reply,) = phone.change(Kind.ANSWER)
    assert "BERICHT AAN" in reply


def test_raised_limit_is_told_anew(phone: Phone) -> None:
    phone.spend(50 * EURO)
    assert phone.change(Kind.LIMIT, 100 * EURO) == []
    (early,) = phone.spend(30 * EURO)
    assert "80%" in early
    assert "€100.00" in early


@pytest.mark.capability("RL-24")
def test_notices_of_use_at_home_and_of_roaming(phone: Phone) -> None:
    phone.change(Kind.USAGE_NOTICE, 5 * GB)
    phone.change(Kind.ROAMING_NOTICE, 2 * GB)
    assert phone.data(4 * GB - 1, "NL") == []
    (early,) = phone.data(1, "DE")
    assert "80% of 5\u00a0GB" in early
    (full,) = phone.data(GB, "NL")
    assert "100% of 5\u00a0GB" in full
    assert phone.data(9 * GB, "NL") == []
    phone.data(MB)  # starts the bundle
    (roaming,) = phone.data(1600 * MB)
    assert "80% of 2\u00a0GB of data outside the EU" in roaming
    (limit,) = phone.data(400 * MB)
    assert "100% of 2\u00a0GB of data outside the EU" in limit


def switch(phone: Phone, **columns: int) -> None:
    with phone.store.transaction() as tx:
        for column, value in columns.items():
            tx.execute(f"UPDATE line SET {column} = :value", value=value)


def test_switches_mute_notices_but_never_blocks(phone: Phone) -> None:
    switch(phone, tell_usage=0, tell_limit=0, tell_border=0)
    phone.data(30 * GB)
    phone.spend(42 * EURO)
    assert {status for _body, status in phone.messages()} == {"muted"}
    assert len(phone.messages()) == 3
    phone.spend(10 * EURO)
    phone.change(Kind.ANSWER)
    assert [status for _body, status in phone.messages()[3:]] == ["queued", "queued"]


def test_each_switch_mutes_its_own(phone: Phone) -> None:
    switch(phone, tell_usage=0)
    phone.data(GB)
    phone.spend(42 * EURO)
    assert [status for _body, status in phone.messages()] == ["muted", "queued"]


def test_marks_of_a_month_that_is_over_are_kept_and_not_sent(phone: Phone, clock: FixedClock) -> None:
    clock.advance(10 * DAY)
    phone.data(GB)
    assert phone.store.row("SELECT status, error FROM message") == ("muted", "month over")


def test_replay_that_splits_a_record_tells_nothing_lower(phone: Phone, content: Content) -> None:
    phone.spend(60 * EURO)
    assert len(phone.messages()) == 1
    again = Phone(phone.store, content, phone.clock, phone.line_id, bundles=int(RoamingClass.A))
    again.at -= 3600
    assert again.spend(42 * EURO) == []
    assert again.spend(18 * EURO) == []


def test_language_of_the_account_and_its_currency(
    store: Store, content: Content, clock: FixedClock, factory: Factory
) -> None:
    line = factory.line(factory.account(language="nl"))
    dutch = Phone(store, content, clock, line, bundles=int(RoamingClass.A))
    (start,) = dutch.data(GB)
    assert "Voordeellanden A" in start
    (block,) = dutch.spend(50 * EURO)
    assert "JA" in block
    assert "€\u00a050,00" in block


def test_line_without_a_number_is_not_written_to(
    store: Store, content: Content, clock: FixedClock, factory: Factory
) -> None:
    line = factory.line(factory.account(), number="subscriber-7")
    phone = Phone(store, content, clock, line, bundles=int(RoamingClass.A))
    phone.data(GB)
    assert store.row("SELECT status, error FROM message") == ("muted", "no number")
