"""What the shipped operator sells."""

from __future__ import annotations

import pytest

from app.content import load_content
from app.content.catalogue import Catalogue
from tests.content.conftest import SHIPPED

GB = 10**9


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_content(SHIPPED).catalogue


def test_two_kinds_of_subscription(catalogue: Catalogue) -> None:
    assert list(catalogue.subscriptions) == ["voice_data", "data_only"]
    assert catalogue.subscriptions["voice_data"].voice
    assert len(catalogue.subscriptions["voice_data"].includes) == 3
    assert not catalogue.subscriptions["data_only"].voice


def test_six_data_bundles(catalogue: Catalogue) -> None:
    sizes = {code: bundle.volume for code, bundle in catalogue.data_bundles.items()}
    assert sizes == {"0": 0, "2": 2 * GB, "6": 6 * GB, "15": 15 * GB, "25": 25 * GB, "unlimited": 0}
    assert [code for code, bundle in catalogue.data_bundles.items() if bundle.is_zero] == ["0"]
    assert [code for code, bundle in catalogue.data_bundles.items() if bundle.unlimited] == ["unlimited"]


def test_four_roaming_bundles(catalogue: Catalogue) -> None:
    sizes = {code: bundle.volume for code, bundle in catalogue.roaming_bundles.items()}
    assert sizes == {"A": 30 * GB, "B": 7_500_000_000, "REST": 5 * GB, "WORLD": 7_500_000_000}


@pytest.mark.parametrize(
    "codes, may", [("A B REST", True), ("WORLD", True), ("", True), ("A WORLD", False), ("WORLD REST", False)]
)
def test_world_excludes_the_others(catalogue: Catalogue, codes: str, may: bool) -> None:
    assert catalogue.may_combine(set(codes.split())) is may


def test_terms_and_sims(catalogue: Catalogue) -> None:
    assert catalogue.terms_months == (1, 12, 24)
    assert [code for code, sim in catalogue.sims.items() if sim.default] == ["physical"]


def test_what_data_only_cannot_have(catalogue: Catalogue) -> None:
    assert [option.code for option in catalogue.options_of("data_only")] == ["mobile_internet_extended"]
    assert [feature.code for feature in catalogue.features_of("data_only")] == ["dual_sim"]


def test_fixed_ip_has_a_price_and_a_warning(catalogue: Catalogue) -> None:
    option = catalogue.options["mobile_internet_extended"]
    assert option.fixed_ip
    assert option.monthly_cents > 0
    assert option.risk is not None
    assert "no firewall" in option.risk.en
    assert "geen firewall" in option.risk.in_language("nl")
    assert "keine Firewall" in option.risk.in_language("de")
    assert option.risk.in_language("fr") == option.risk.en


def test_codes_of_call_waiting(catalogue: Catalogue) -> None:
    codes = catalogue.features["call_waiting"].codes
    assert [code.code for code in codes] == ["*43#", "#43#", "*#43#"]
