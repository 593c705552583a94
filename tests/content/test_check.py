"""Every kind of mistake in an operator's folder is found, with file, key and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content.check import check_content
from tests.content.conftest import SECOND, SHIPPED, Broken


@pytest.mark.parametrize("content", [SHIPPED, SECOND])
def test_shipped_content_is_sound(content: Path) -> None:
    assert [str(error) for error in check_content(content)] == []


@pytest.mark.parametrize(
    "file, old, new, key, part",
    [
        ("operator.toml", 'short_name = "Noordkade"', "short_name = 5", "short_name", "a whole number"),
        ("operator.toml", 'currency = "EUR"', 'currency = "euro"', "currency", "three capitals"),
        ("operator.toml", 'currency = "EUR"', "", "currency", "missing"),
        ("operator.toml", 'currency = "EUR"', 'currency = " "', "currency", "empty"),
        ("operator.toml", "[senders]", "[sender]", "sender", "Did you mean senders?"),
        ("operator.toml", "sms_short_code", "sms_shortcode", "sms_shortcode", "sms_short_code?"),
        ("operator.toml", "Europe/Amsterdam", "Europe/Amsterdm", "time_zone", "IANA"),
        ("operator.toml", '"user_name",', '"username",', "login_scheme", "user_name?"),
        ("operator.toml", '["nl", "en", "de"]', '["nl", "nl"]', "languages", "twice"),
        ("operator.toml", '["nl", "en", "de"]', "[]", "languages", "empty"),
        ("operator.toml", '["nl", "en", "de"]', '["nl", 5]', "languages", "something else"),
        ("operator.toml", 'home_country = "NL"', 'home_country = "QQ"', "home_country", "QQ"),
        ("operator.toml", "198.51.100.0/24", "198.51.300.0/24", "fixed_ip_range", "192.0.2.0/24"),
        ("operator.toml", "#0B5FA5", "blue", "brand.primary", "#0B5FA5"),
        ("operator.toml", "https://www", "http://www", "contact.website", "https"),
        ("operator.toml", "closes = 20:00:00", "closes = 07:00:00", "hours[1].closes", "opening"),
        ("operator.toml", "opens = 08:00:00", 'opens = "8"', "hours[1].opens", "08:30:00"),
        ("operator.toml", "close_day = 16", "close_day = 15", "policies.close_day", "due"),
        ("operator.toml", "usage_due_day = 15", "usage_due_day = 31", "policies.usage_due_day", "1 to 28"),
        ("operator.toml", "usage_due_day = 15", "usage_due_day = true", "policies.usage_due_day", "whole"),
        ("operator.toml", "[1000, 3000", "[3000, 1000", "policies.limit_choices_cents", "order"),
        ("operator.toml", "[1000, 3000", "[1000, 2000, 3000", "policies.limit_choices_cents", "zakelijk"),
        (
            "operator.toml",
            "limit_cents = 5000",
            "limit_cents = 5100",
            "policies.default_limit_cents",
            "one of",
        ),
        (
            "operator.toml",
            "default_bundle_cap = 10",
            "default_bundle_cap = 0",
            "policies.default_bundle_cap",
            "1",
        ),
        ("operator.toml", 'nl = "Vlak', 'fr = "Vlak', "policies.block_note.nl", "missing"),
        (
            "catalogue.toml",
            "monthly_cents = 450",
            "monthly_cents = 4.50",
            "subscriptions.voice_data.monthly_cents",
            "cents",
        ),
        (
            "catalogue.toml",
            "monthly_cents = 450",
            'monthly_cents = "450"',
            "subscriptions.voice_data.monthly_cents",
            "1250",
        ),
        (
            "catalogue.toml",
            "monthly_cents = 450",
            "monthly_cents = -1",
            "subscriptions.voice_data.monthly_cents",
            "range",
        ),
        (
            "catalogue.toml",
            "monthly_cents = 450",
            "monthly_cent = 450",
            "subscriptions.voice_data.monthly_cent",
            "monthly_cents?",
        ),
        (
            "catalogue.toml",
            "[features.call_waiting]",
            "[features.call_wating]",
            "features.call_wating",
            "call_waiting?",
        ),
        ("catalogue.toml", "megabytes = 6_000", "megabytes = 2_000", "data_bundles.6", "same size"),
        ("catalogue.toml", "megabytes = 6_000", "megabytes = 6_000.0", "data_bundles.6.megabytes", "whole"),
        ("catalogue.toml", "default = true", "default = false", "sims", "default"),
        (
            "catalogue.toml",
            '"A", "B", "REST"]',
            '"A", "B", "WORLD"]',
            "roaming_bundles.WORLD.excludes",
            "itself",
        ),
        ("catalogue.toml", "megabytes = 5_000", "megabytes = 4_000", "roaming_bundles.REST", "5000 MB"),
        ("catalogue.toml", '"zakelijk-mobiel"', '"zakelijk-mobil"', "tariff_plan", "zakelijk-mobiel?"),
        ("catalogue.toml", '"*43#"', '"43 aan"', "features.call_waiting.codes[1].code", "*43#"),
        ("catalogue.toml", "terms_months = [", "terms_months = ", "", "not TOML"),
        ("rights.toml", 'contact = "any"', 'contacts = "any"', "VIEW_TARIFFS.contacts", "no setting"),
        ("rights.toml", 'user = "own"', 'user = "mine"', "SIGN_IN.user", "own, account, assisted, any"),
        ("rights.toml", 'holder = "account"', 'holder = "any"', "VIEW_ACCOUNT.holder", "every customer"),
        ("rights.toml", "[SIMULATE]", "[SIMULATION]", "SIMULATION", "SIMULATE?"),
        ("sources/handset-log.toml", 'plan = "handset"', 'plan = "handsets"', "provision.plan", "handset?"),
        ("demo/customers.toml", "Herfststorm-2026", "geheim", "demo.password", "12 signs"),
        ("demo/customers.toml", 'number = "100057"', 'number = "100042"', "customers.number", "100042"),
        (
            "demo/customers.toml",
            'name = "Kees Dekker"',
            'name = "Kees Deker"',
            "customers[1].groups[3].lines[2].name",
            "Kees Dekker?",
        ),
        ("demo/customers.toml", 'areas = ["products"]', "", "customers[1].logins[4].areas", "sub-account"),
        ("demo/customers.toml", 'line = "Marit Duinker"', 'line = "Marit D"', "logins.line", "admin"),
        (
            "demo/customers.toml",
            'data_bundle = "15"',
            'data_bundle = "16"',
            "customers[1].groups[2].data_bundle",
            "Did you mean",
        ),
        (
            "demo/customers.toml",
            "term_months = 24",
            "term_months = 6",
            "customers[1].groups[1].term_months",
            "not sold",
        ),
        (
            "demo/customers.toml",
            "limit_cents = 1000\n",
            "limit_cents = 1100\n",
            "customers[1].groups[3].lines[4].limit_cents",
            "1100",
        ),
        (
            "demo/customers.toml",
            '"100042", "100063"',
            '"100042", "100064"',
            "resellers[1].customers",
            "100063",
        ),
    ],
)
def test_each_mistake_names_file_key_and_cure(
    broken: Broken, file: str, old: str, new: str, key: str, part: str
) -> None:
    errors = [error for error in broken(file, old, new) if (error.file, error.key) == (file, key)]
    assert any(part in str(error) for error in errors), errors
    assert all(error.problem.endswith(".") and error.cure.endswith((".", "?")) for error in errors)


def test_one_check_finds_all_mistakes(folder: Path, broken: Broken) -> None:
    broken("operator.toml", 'name = "Noordkade Telecom"', "name = true")
    broken("rights.toml", "[ORDER]", "[ORDERS]")
    errors = broken("catalogue.toml", "monthly_cents = 350", "monthly_cents = 3.5")
    assert {error.file for error in errors} == {"operator.toml", "rights.toml", "catalogue.toml"}


def test_missing_files_are_named(folder: Path) -> None:
    (folder / "catalogue.toml").rename(folder / "catalog.toml")
    (folder / "rights.toml").write_bytes(b"\xff\xfe")
    found = {error.file: str(error) for error in check_content(folder)}
    assert "cannot be read" in found["catalogue.toml"]
    assert "Did you mean catalogue.toml?" in found["catalog.toml"]
    assert "UTF-8" in found["rights.toml"]


def test_an_empty_folder_is_reported_not_crashed_on(tmp_path: Path) -> None:
    files = {error.file for error in check_content(tmp_path)}
    assert {"operator.toml", "catalogue.toml", "rights.toml", "tariffs"} <= files
