"""Roaming bundles and data bundles of a line, offered, quoted and booked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.operations.core import Conflict, Invalid, NotFound, Refused, Visit, perform
from app.operations.core.names import BUNDLES, names_of
from tests.factories import GB, Factory
from tests.operations.test_limits import rolled_back

SETS = [names_of(bits, BUNDLES) for bits in (*range(1, 8), 8)]


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    return factory.line(account_id)


def enable(visit: Visit, line_id: int, *classes: str, cap: int = 0) -> None:
    quote = perform(visit, "bundles.quote", line_id=line_id, classes=list(classes), cap=cap)
    perform(visit, "quotes.accept", quote_id=quote.id)


@pytest.mark.capability("RL-10")
def test_four_bundles_with_their_sizes(admin_visit: Visit, line_id: int) -> None:
    offers = perform(admin_visit, "bundles.offer", line_id=line_id)
    assert [(offer.code, offer.size_bytes) for offer in offers] == [
        ("a", 30 * GB),
        ("b", 7_500_000_000),
        ("rest", 5 * GB),
        ("world", 7_500_000_000),
    ]


@pytest.mark.capability("RL-11")
@pytest.mark.parametrize(("first", "second"), [("world", "a"), ("b", "world")])
def test_world_excludes_the_others_both_ways(
    admin_visit: Visit, line_id: int, first: str, second: str
) -> None:
    enable(admin_visit, line_id, first)
    with pytest.raises(Refused) as refused:
        perform(admin_visit, "bundles.quote", line_id=line_id, classes=[second])
    assert "World" in refused.value.message
    offer = {row.code: row for row in perform(admin_visit, "bundles.offer", line_id=line_id)}[second]
    assert not offer.can_enable
    assert offer.why_not == refused.value.message
    assert perform(admin_visit, "lines.get", line_id=line_id).bundles == (first,)


@pytest.mark.capability("RL-12")
def test_the_other_three_are_combined(admin_visit: Visit, line_id: int) -> None:
    enable(admin_visit, line_id, "a")
    enable(admin_visit, line_id, "b", "rest")
    assert perform(admin_visit, "lines.get", line_id=line_id).bundles == ("a", "b", "rest")


@pytest.mark.capability("RL-17")
def test_the_quote_says_which_countries_are_covered(admin_visit: Visit, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"])
    notes = "\n".join(quote.notes)
    assert "Switzerland" in notes
    assert "United States" in notes
    assert "Japan" not in notes
    assert "Germany" not in notes
    assert "Billed only on real use" in notes
    assert [line.per_use_micro for line in quote.lines] == [17_500_000]
    assert (quote.once_cents, quote.monthly_cents) == (0, 0)


@pytest.mark.parametrize("cap", [-1, 11, 100])
def test_the_cap_is_1_to_10(admin_visit: Visit, line_id: int, cap: int) -> None:
    with pytest.raises(Invalid):
        perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"], cap=cap)
    with pytest.raises(Invalid):
        perform(admin_visit, "bundles.set_cap", line_id=line_id, cap=cap)


@given(
    classes=st.sampled_from(SETS),
    cap=st.integers(1, 10),
    language=st.sampled_from(["en", "nl", "de"]),
    wait=st.integers(0, 1799),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_booked_is_what_was_quoted(
    admin_visit: Visit,
    clock: FixedClock,
    line_id: int,
    classes: tuple[str, ...],
    cap: int,
    language: str,
    wait: int,
) -> None:
    """Whatever is quoted: the same object is shown again and booked, and the line has exactly that."""
    began = clock.now()
    visit = replace(admin_visit, language=language)
    with rolled_back(visit):
        shown = perform(visit, "bundles.quote", line_id=line_id, classes=list(classes), cap=cap)
        clock.advance(wait)
        assert perform(visit, "quotes.get", quote_id=shown.id) == shown
        booked = perform(visit, "quotes.accept", quote_id=shown.id)
        assert booked.quote == replace(shown, status="accepted")
        line = perform(visit, "lines.get", line_id=line_id)
        assert (line.bundles, line.bundle_cap) == (classes, cap)
        assert len(shown.lines) == len(classes)
    clock.set(began)


def test_a_quote_is_accepted_once(admin_visit: Visit, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"])
    perform(admin_visit, "quotes.accept", quote_id=quote.id)
    with pytest.raises(Refused):
        perform(admin_visit, "quotes.accept", quote_id=quote.id)


def test_an_old_quote_books_nothing(admin_visit: Visit, clock: FixedClock, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"])
    clock.advance(1800)
    with pytest.raises(Refused):
        perform(admin_visit, "quotes.accept", quote_id=quote.id)
    assert perform(admin_visit, "quotes.get", quote_id=quote.id).status == "expired"
    assert perform(admin_visit, "lines.get", line_id=line_id).bundles == ()


def test_a_quote_for_a_line_that_changed_since_books_nothing(admin_visit: Visit, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"])
    enable(admin_visit, line_id, "world")
    with pytest.raises(Conflict):
        perform(admin_visit, "quotes.accept", quote_id=quote.id)
    assert perform(admin_visit, "lines.get", line_id=line_id).bundles == ("world",)
    assert perform(admin_visit, "quotes.get", quote_id=quote.id).status == "open"


def test_another_customers_quote_looks_like_none(factory: Factory, admin_visit: Visit, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote", line_id=line_id, classes=["a"])
    stranger = factory.visit("admin", factory.account())
    with pytest.raises(NotFound):
        perform(stranger, "quotes.accept", quote_id=quote.id)


@pytest.mark.capability("RL-14", "RL-15")
def test_data_outside_the_eu_is_off_until_a_bundle_is_enabled(
    factory: Factory, admin_visit: Visit, clock: FixedClock, line_id: int
) -> None:
    factory.usage(line_id, volume=GB, place="US", start=clock.now() - 100)
    [before] = perform(admin_visit, "usage.records", line_id=line_id).rows
    assert (before.status, before.charge_micro, before.leaked) == ("blocked", 0, True)
    enable(admin_visit, line_id, "a")
    clock.advance(60)
    factory.usage(line_id, volume=GB, place="US", start=clock.now() - 10)
    factory.usage(line_id, volume=1_000_000, place="JP", start=clock.now() - 5)
    standard, bundle, _ = perform(admin_visit, "usage.records", line_id=line_id).rows
    assert (bundle.status, bundle.charge_micro) == ("rated", 17_500_000)
    assert (standard.zone, standard.charge_micro) == ("b", 1_500_000)
    [running] = perform(admin_visit, "lines.get", line_id=line_id).counters.bundles
    assert (running.code, running.started, running.left_to_start) == ("a", 1, 9)


@pytest.mark.capability("RL-13")
def test_an_enabled_bundle_without_use_costs_nothing(
    factory: Factory, admin_visit: Visit, line_id: int
) -> None:
    enable(admin_visit, line_id, "a")
    factory.usage(line_id, volume=GB, place="NL")
    assert perform(admin_visit, "lines.get", line_id=line_id).counters.charge_micro == 0


def test_taking_off_the_last_bundle_says_that_data_is_off(admin_visit: Visit, line_id: int) -> None:
    enable(admin_visit, line_id, "a")
    state = perform(admin_visit, "bundles.disable", line_id=line_id, classes=["a"])
    assert state.bundles == ()
    assert "off" in state.note


@pytest.mark.capability("MP-32")
def test_changing_the_data_bundle_offers_the_other_sizes(admin_visit: Visit, line_id: int) -> None:
    with pytest.raises(Invalid) as refused:
        perform(admin_visit, "bundles.quote_data", line_id=line_id, data_bundle="3")
    for code in ("0", "2", "15", "25", "unlimited"):
        assert code in refused.value.message
    assert perform(admin_visit, "orders.choices").data_bundles == ("0", "2", "6", "15", "25", "unlimited")


@pytest.mark.capability("MP-45")
def test_both_kinds_of_bundle_are_set_on_the_lines_page(admin_visit: Visit, line_id: int) -> None:
    quote = perform(admin_visit, "bundles.quote_data", line_id=line_id, data_bundle="25")
    assert quote.monthly_cents == 1550
    perform(admin_visit, "quotes.accept", quote_id=quote.id)
    enable(admin_visit, line_id, "a")
    line = perform(admin_visit, "lines.get", line_id=line_id)
    assert (line.data_bundle, line.allowance_bytes, line.bundles) == ("25", 25 * GB, ("a",))


def test_a_used_line_does_not_become_0_gb_within_the_month(
    factory: Factory, admin_visit: Visit, line_id: int
) -> None:
    factory.usage(line_id, volume=GB)
    with pytest.raises(Refused):
        perform(admin_visit, "bundles.quote_data", line_id=line_id, data_bundle="0")
