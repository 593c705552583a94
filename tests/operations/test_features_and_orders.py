"""Features and options of a line; ordering, starting and cancelling one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import FixedClock
from app.operations.core import Invalid, NotFound, Refused, Visit, perform
from app.operations.core.names import BUNDLES, names_of
from tests.factories import DAY, NOVEMBER, Factory
from tests.operations.test_limits import rolled_back


def amsterdam_midnight(year: int, month: int, day: int) -> int:
    """The first instant of a winter day in Amsterdam."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) - 3600


def by_code(visit: Visit, line_id: int) -> dict[str, object]:
    return {row.code: row for row in perform(visit, "features.get", line_id=line_id)}


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    return factory.line(account_id)


@pytest.fixture
def data_only(factory: Factory, account_id: int) -> int:
    return factory.line(account_id, kind="data_only")


@pytest.mark.capability("MP-31")
def test_data_only_has_no_voice_features(admin_visit: Visit, data_only: int) -> None:
    codes = by_code(admin_visit, data_only)
    assert not {"wifi_calling", "visual_voicemail", "call_forwarding", "call_waiting"} & set(codes)
    with pytest.raises(Refused):
        perform(admin_visit, "features.set", line_id=data_only, feature="wifi_calling", on=True)


@pytest.mark.capability("MP-41")
def test_wifi_calling_says_price_device_and_help(admin_visit: Visit, line_id: int) -> None:
    row = by_code(admin_visit, line_id)["wifi_calling"]
    assert "same as over the mobile network" in row.text
    assert "4G" in row.needs
    assert row.help.startswith("https://")
    assert (row.status, row.can_change) == ("on", True)
    perform(admin_visit, "features.set", line_id=line_id, feature="wifi_calling", on=False)
    assert by_code(admin_visit, line_id)["wifi_calling"].status == "off"


@pytest.mark.capability("MP-42")
def test_visual_voicemail_shows_status_and_dependency(admin_visit: Visit, line_id: int) -> None:
    row = by_code(admin_visit, line_id)["visual_voicemail"]
    assert (row.status, row.status_text) == ("off", "Off")
    assert "type of phone" in row.needs
    assert "1233" in row.text


@pytest.mark.capability("MP-43")
def test_forwarding_abroad_follows_the_international_bar(admin_visit: Visit, line_id: int) -> None:
    row = by_code(admin_visit, line_id)["call_forwarding"]
    assert row.codes
    assert row.detail == "Forwarding to foreign numbers works."
    perform(admin_visit, "barring.set", line_id=line_id, bars=["international"])
    assert "stopped" in by_code(admin_visit, line_id)["call_forwarding"].detail


@pytest.mark.capability("MP-44")
def test_call_waiting_has_its_three_codes(admin_visit: Visit, line_id: int) -> None:
    row = by_code(admin_visit, line_id)["call_waiting"]
    assert [code.code for code in row.codes] == ["*43#", "#43#", "*#43#"]


@pytest.mark.capability("MP-40")
def test_a_fixed_address_shows_cost_and_risk_first(admin_visit: Visit, line_id: int) -> None:
    option = by_code(admin_visit, line_id)["mobile_internet_extended"]
    quote = perform(admin_visit, "features.quote", line_id=line_id, option="mobile_internet_extended")
    assert quote.monthly_cents == option.monthly_cents == 495
    assert any("no firewall" in note for note in quote.notes)


def test_a_fixed_address_is_given_once_and_kept(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    given = []
    for line in (factory.line(account_id), factory.line(account_id, kind="data_only")):
        quote = perform(admin_visit, "features.quote", line_id=line, option="mobile_internet_extended")
        perform(admin_visit, "quotes.accept", quote_id=quote.id)
        given.append(perform(admin_visit, "lines.get", line_id=line).fixed_ip)
        with pytest.raises(Refused):
            perform(admin_visit, "features.quote", line_id=line, option="mobile_internet_extended")
    assert given == ["198.51.100.1", "198.51.100.2"]


def test_a_combi_sim_is_for_voice_and_data_only(admin_visit: Visit, line_id: int, data_only: int) -> None:
    with pytest.raises(Refused):
        perform(admin_visit, "features.quote", line_id=data_only, option="combi_sim")
    quote = perform(admin_visit, "features.quote", line_id=line_id, option="combi_sim")
    assert quote.monthly_cents == 250
    perform(admin_visit, "quotes.accept", quote_id=quote.id)
    sims = perform(admin_visit, "lines.get", line_id=line_id).sims
    assert [(sim.role, sim.kind) for sim in sims] == [("combi", "physical")]


@pytest.mark.capability("MP-29")
def test_an_order_is_one_of_two_kinds(admin_visit: Visit) -> None:
    assert perform(admin_visit, "orders.choices").kinds == ("voice_data", "data_only")
    with pytest.raises(Invalid):
        perform(admin_visit, "orders.quote", kind="prepaid", data_bundle="6")


@pytest.mark.capability("MP-46")
def test_terms_are_1_12_and_24_months(admin_visit: Visit) -> None:
    assert perform(admin_visit, "orders.choices").terms == (1, 12, 24)
    with pytest.raises(Invalid):
        perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6", term=6)


@pytest.mark.capability("MP-34", "MP-35")
def test_a_sim_card_unless_an_esim_is_chosen_and_confirmed(admin_visit: Visit) -> None:
    assert perform(admin_visit, "orders.choices").default_sim == "physical"
    quote = perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6")
    line = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
    assert [sim.kind for sim in perform(admin_visit, "lines.get", line_id=line).sims] == ["physical"]
    with pytest.raises(Invalid) as refused:
        perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6", sim="esim")
    assert refused.value.field == "device_supports_esim"
    perform(
        admin_visit,
        "orders.quote",
        kind="voice_data",
        data_bundle="6",
        sim="esim",
        device_supports_esim=True,
    )


@pytest.mark.capability("SV-13")
def test_an_order_with_roaming_bundles_starts_with_them(
    factory: Factory, admin_visit: Visit, clock: FixedClock, account_id: int
) -> None:
    quote = perform(
        admin_visit, "orders.quote", kind="voice_data", data_bundle="6", bundles=["a", "b"], person="New One"
    )
    line = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
    agent = factory.visit("agent", account_id)
    clock.advance(DAY)
    perform(agent, "orders.activate", line_id=line, number="+31612399999", iccid="8931000000000000001")
    clock.advance(60)
    factory.usage(line, place="US", start=clock.now() - 10)
    [record] = perform(admin_visit, "usage.records", line_id=line).rows
    assert (record.status, record.reason) == ("rated", "Roaming bundle")
    shown = perform(admin_visit, "lines.get", line_id=line)
    assert (shown.number, shown.status, shown.bundles) == ("+31612399999", "active", ("a", "b"))
    assert [one.value for one in shown.identifiers] == ["+31612399999"]


@given(
    kind=st.sampled_from(["voice_data", "data_only"]),
    data_bundle=st.sampled_from(["0", "2", "6", "15", "25", "unlimited"]),
    term=st.sampled_from([1, 12, 24]),
    bits=st.sampled_from([*range(8), 8]),
    cap=st.integers(1, 10),
    sim=st.sampled_from(["physical", "esim"]),
    person=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_order_books_what_was_quoted(
    admin_visit: Visit, kind: str, data_bundle: str, term: int, bits: int, cap: int, sim: str, person: str
) -> None:
    """Everything asked for stands in the line, and the accepted quote is the one that was shown."""
    bundles = names_of(bits, BUNDLES)
    with rolled_back(admin_visit):
        shown = perform(
            admin_visit,
            "orders.quote",
            kind=kind,
            data_bundle=data_bundle,
            term=term,
            bundles=list(bundles),
            sim=sim,
            device_supports_esim=True,
            person=person,
            cap=cap,
        )
        booked = perform(admin_visit, "quotes.accept", quote_id=shown.id)
        assert booked.quote == replace(shown, status="accepted")
        line = perform(admin_visit, "lines.get", line_id=booked.line_id)
        assert (line.kind, line.data_bundle, line.term_months) == (kind, data_bundle, term)
        assert (line.bundles, line.bundle_cap, line.person) == (bundles, cap, person)
        assert (line.status, [one.kind for one in line.sims]) == ("ordered", [sim])
        catalogue = admin_visit.content.catalogue
        monthly = (
            catalogue.subscriptions[kind].monthly_cents + catalogue.data_bundles[data_bundle].monthly_cents
        )
        assert shown.monthly_cents == monthly


@pytest.mark.capability("MP-48")
def test_a_group_ends_as_one_from_its_first_activated_line(
    factory: Factory, admin_visit: Visit, clock: FixedClock, account_id: int
) -> None:
    group = factory.group(account_id, first_activated_at=None, ends_at=None)
    agent = factory.visit("agent", account_id)
    ends = []
    for number in ("+31612300001", "+31612300002"):
        quote = perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6", group_id=group)
        line = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
        perform(agent, "orders.activate", line_id=line, number=number)
        ends.append(perform(admin_visit, "lines.get", line_id=line).term_ends_at)
        clock.advance(40 * DAY)
    assert ends == [int(datetime(2028, 11, 21, 12, tzinfo=UTC).timestamp())] * 2
    [shown] = perform(admin_visit, "lines.groups")
    assert (shown.ends_at, shown.lines) == (ends[0], 2)
    stranger = factory.visit("admin", factory.account())
    with pytest.raises(NotFound):
        perform(stranger, "orders.quote", kind="voice_data", data_bundle="6", group_id=group)


@pytest.mark.capability("MP-47")
def test_after_the_term_a_line_ends_with_the_month(
    factory: Factory, admin_visit: Visit, clock: FixedClock, account_id: int
) -> None:
    over = factory.line(account_id, activated_at=NOVEMBER - 800 * DAY)
    ending = perform(admin_visit, "orders.cancel", line_id=over)
    assert (ending.ends_at, ending.cancelled) == (amsterdam_midnight(2026, 12, 1), True)
    with pytest.raises(Refused):
        perform(admin_visit, "orders.cancel", line_id=over)
    clock.set(ending.ends_at)
    assert perform(admin_visit, "lines.get", line_id=over).state == "ended"
    with pytest.raises(Refused):
        perform(admin_visit, "barring.set", line_id=over, bars=["premium"])


def test_within_the_term_a_line_ends_with_the_terms_last_month(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    running = factory.line(account_id, activated_at=NOVEMBER + 9 * DAY, term_months=12)
    assert perform(admin_visit, "orders.end_date", line_id=running).ends_at == amsterdam_midnight(2027, 12, 1)
    exact = factory.line(account_id, activated_at=NOVEMBER, term_months=12)
    assert perform(admin_visit, "orders.end_date", line_id=exact).ends_at == amsterdam_midnight(2027, 11, 1)


def test_only_the_operator_starts_a_line(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    quote = perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6")
    line = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
    with pytest.raises(Refused):
        perform(admin_visit, "orders.activate", line_id=line, number="+31612345678")
    agent = factory.visit("agent", account_id)
    taken = perform(admin_visit, "lines.get", line_id=factory.line(account_id)).number
    for wrong in ("0612345678", taken, "+0"):
        with pytest.raises(Invalid):
            perform(agent, "orders.activate", line_id=line, number=wrong)


@pytest.mark.capability("MP-38")
def test_a_watch_shares_the_number_of_the_phone(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    quote = perform(admin_visit, "orders.quote", kind="voice_data", data_bundle="6")
    line = perform(admin_visit, "quotes.accept", quote_id=quote.id).line_id
    perform(factory.visit("agent", account_id), "orders.activate", line_id=line, number="+31612388888")
    for sim in ("esim", "physical"):
        option = perform(
            admin_visit,
            "features.quote",
            line_id=line,
            option="multisim",
            sim=sim,
            device_supports_esim=True,
        )
        perform(admin_visit, "quotes.accept", quote_id=option.id)
    shown = perform(admin_visit, "lines.get", line_id=line)
    assert shown.number == "+31612388888"
    cards = [(sim.role, sim.kind) for sim in shown.sims]
    assert cards == [("main", "physical"), ("multisim", "esim"), ("multisim", "physical")]
