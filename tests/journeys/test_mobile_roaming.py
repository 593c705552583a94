"""An admin enables roaming bundles and features of a line, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.operations.core import Visit, perform
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import PLAN, at_the_keyboard


@pytest.mark.capability("RL-10", "RL-17", "RL-12", "MP-45")
async def test_a_bundle_is_enabled_with_its_price_and_countries_shown_first(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Lot")
        page = await person.press("b", sees="Rest of world")
        for name, size in (("Countries A", "30 GB"), ("Countries B", "7.5 GB"), ("World", "7.5 GB")):
            assert any(name in text and size in text for text in page.splitlines()), name
        assert any("Rest of world" in text and "5 GB" in text for text in page.splitlines())
        quote = await person.press("down", "enter", sees="Enable Countries B")
        assert "Countries B covers" in quote
        assert "€25.00" in quote
        assert perform(admin_visit, "lines.get", line_id=line).bundles == ("a",), "nothing before accepting"
        await person.press("enter", misses="Enable Countries B")
        await person.wait("Countries B               on")
    assert perform(admin_visit, "lines.get", line_id=line).bundles == ("a", "b")


@pytest.mark.capability("RL-11")
async def test_the_world_bundle_says_why_it_cannot_be_added(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("b", sees="World")
        page = await person.press("down", "down", "down", sees="cannot be combined")
        assert "World" in page
        await person.press("enter")
        assert "Enable World" not in person.screen
    assert perform(admin_visit, "lines.get", line_id=line).bundles == ("a",)


@pytest.mark.capability("RL-20")
async def test_the_number_of_bundles_a_month_is_set_from_1_to_10(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bundles=1)
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("b", sees="Bundles a month")
        await person.press("down", "down", "down", "down", "enter", sees="Choose")
        await person.press("home", "down", "enter", sees="at most 2")
    assert perform(admin_visit, "lines.get", line_id=line).bundle_cap == 2


@pytest.mark.capability("MP-32")
async def test_another_data_bundle_is_one_of_six(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, data_bundle="6")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.open_line("Lot")
        await person.press("b", sees="Data in NL and the EU")
        choices = await person.press("end", "enter", sees="Choose")
        for name in ("0 GB", "2 GB", "6 GB", "15 GB", "25 GB", "Unlimited"):
            assert any(f" {name} " in text for text in choices.splitlines()), name
        await person.press("down", "enter", sees="Another data bundle")
        await person.press("enter", sees="Voice & Data · 15 GB")
    assert perform(admin_visit, "lines.get", line_id=line).data_bundle == "15"


@pytest.mark.capability("MP-30", "MP-41", "MP-42", "MP-43", "MP-44")
async def test_features_show_status_how_to_and_codes(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN, bars=2)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Lot")
        page = await person.press("f", sees="Included")
        assert "• Unlimited calls in the Netherlands and the EU" in page
        assert "• Text messages in the EU possible" in page
        assert "• Data by the bundle you choose" in page
        wifi = await person.press("down", sees="More:")
        assert "4G" in wifi
        voicemail = await person.press("down", sees="1233")
        assert "Off" in voicemail
        await person.press("down", sees="is stopped: international calls are barred")
        waiting = await person.press("down", sees="*#43#")
        assert "*43#" in waiting
        assert "#43#" in waiting


@pytest.mark.capability("MP-39", "MP-40")
async def test_a_fixed_ip_shows_its_risk_and_its_price(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    line = factory.line(admin_visit.account_id or 0, person="Lotte", plan=PLAN)
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Lot")
        await person.press("f", sees="Included")
        await person.press("end", "up", sees="no firewall between the device and the internet")
        quote = await person.press("enter", sees="Accept")
        assert "€4.95" in quote
        assert "no firewall" in quote
        await person.press("enter", sees="the same in every session")
    assert perform(admin_visit, "lines.get", line_id=line).fixed_ip


@pytest.mark.capability("MP-31", "MP-33")
async def test_data_only_offers_nothing_that_speaks(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    factory.line(admin_visit.account_id or 0, person="Router", plan=PLAN, kind="data_only")
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Rou")
        page = await person.press("f", sees="Included")
        for absent in ("Wi-Fi", "Voicemail", "forwarding", "waiting", "Combi SIM", "Multisim"):
            assert absent not in page, absent
        assert "no calls" in page


@pytest.mark.capability("MP-37")
async def test_two_numbers_of_one_person_are_listed(
    factory: Factory, admin_visit: Visit, tmp_path: Path
) -> None:
    account = admin_visit.account_id or 0
    factory.line(account, person="Lotte", plan=PLAN, number="+31611110001")
    factory.line(account, person="Lotte", plan=PLAN, number="+31622220002")
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        await person.open_line("Lot")
        page = await person.press("f", sees="Dual SIM")
        assert "2 numbers" in page
        assert "+31 6 1111 0001, +31 6 2222 0002" in page
