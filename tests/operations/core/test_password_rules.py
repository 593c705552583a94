"""What a new password must be."""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from app.content import Content
from app.content.access import Access, PasswordRule
from app.operations.core import Invalid, Visit
from app.operations.core.block_list import is_common
from app.operations.core.password_rules import broken, own_words, require, rules
from app.operations.core.passwords import hash_password, verify
from app.secret import Secret

GOOD = "Rietkraag-7-ijsvogel"
SYMBOLS = "@#$%^&*-_+=[]{}|\\:',.?/`~\"<>();‘“"
LIST = os.environ.get("LOKET_COMMON_PASSWORDS", "")


@pytest.fixture
def access(content: Content) -> Access:
    return content.access


@pytest.fixture
def long_rule(access: Access) -> Access:
    return replace(access, passwords=PasswordRule("long", 15, False, ""))


@pytest.mark.capability("LA-05")
def test_twelve_characters_are_enough_and_eleven_are_not(access: Access) -> None:
    assert broken(access, "Riet-7kraagx") == set()
    assert broken(access, "Riet-7kraag") == {"length"}


@pytest.mark.capability("LA-06")
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_each_symbol_of_the_list_counts(access: Access, symbol: str) -> None:
    assert broken(access, f"Rietkraag7{symbol}ijsvogel") == set()


@pytest.mark.capability("LA-06")
@pytest.mark.parametrize("other", ["!", "€", " ", "’", "”", "é", "x"])
def test_no_other_sign_counts_as_a_symbol(access: Access, other: str) -> None:
    assert broken(access, f"Rietkraag7{other}ijsvogel") == {"symbol"}


@pytest.mark.capability("LA-07")
def test_each_class_is_asked_for(access: Access) -> None:
    assert broken(access, GOOD) == set()
    assert broken(access, GOOD.lower()) == {"upper"}
    assert broken(access, GOOD.upper()) == {"lower"}
    assert broken(access, GOOD.replace("7", "x")) == {"digit"}
    assert broken(access, GOOD.replace("7", "٧")) == {"digit"}


def test_a_thousand_signs_and_any_script_are_accepted(access: Access) -> None:
    assert broken(access, "Riet 7@ " + "wilgen langs de vaart " * 45) == set()
    assert broken(access, ("Aa7@" + "wilgenroos-ijsvogel " * 50)[:1000]) == set()
    assert broken(access, ("Aa7@" + "wilgenroos-ijsvogel " * 50)[:1001]) == {"length"}
    for text in ("Ünïcödé-7 Ärger", "Ёжик в тумане 7@", "漢字かな交じり文Aa7@です", "Aa7@🦆🦢🦉🐟🌾🌿🍃🌷"):
        assert broken(access, text) == set(), text


def test_what_looks_the_same_is_the_same() -> None:
    stored = hash_password("Café-wilgen-7x")
    assert verify(stored, unicodedata.normalize("NFD", "Café-wilgen-7x"))


def test_the_second_rule_asks_for_length_only(long_rule: Access) -> None:
    assert broken(long_rule, "vier wilgen langs") == set()
    assert broken(long_rule, "vier wilgen x.") == {"length"}
    assert {rule.key for rule in rules(long_rule)} == {"length", "common", "own"}


def test_rules_are_told_as_they_are_checked(access: Access) -> None:
    told = rules(access)
    assert {rule.key for rule in told} == broken(access, "") | {"common", "own"}
    assert str(access.passwords.shortest) in told[0].text
    assert all(symbol in next(rule.text for rule in told if rule.key == "symbol") for symbol in SYMBOLS)


@pytest.mark.parametrize(
    "password",
    [
        "Welkom2026!@#",
        "Wachtwoord-01",
        "W@chtw00rd123",
        "Feyenoord-010#",
        "Zomer2026@@@@",
        "Willkommen-123",
        "Passwort#2026",
        "Fußball-2026@",
        "München@12345",
        "Sommer-Sommer1",
        "P@ssw0rd1234#",
        "Password@123",
        "Qwertyuiop-123",
        "1q2w3e4r5t6Y-",
        "g00dPa$$w0rD",
        "Aa1@Aa1@Aa1@",
    ],
)
def test_common_passwords_and_what_is_put_around_them_are_refused(access: Access, password: str) -> None:
    assert "common" in broken(access, password)


@pytest.mark.parametrize("password", [GOOD, "Correct-Horse-77#", "kP8#mmqWzz2@t", "Vier wilgen @ 7 sloten"])
def test_a_good_password_is_not_common(password: str) -> None:
    assert not is_common(password)


@pytest.mark.parametrize(
    "password",
    ["alexander123456789", "19841984Kowalczyk", "Vanessa..20102010", "Özdemir!12101985", "wijaya1q2w3e4r5t"],
)
def test_without_classes_a_name_with_a_number_is_not_enough(long_rule: Access, password: str) -> None:
    assert broken(long_rule, password) == {"common"}


@pytest.mark.parametrize(
    "password",
    [
        "correct paard nietje",
        "blauweregenjasfietst",
        "Hangmatzonnebloem7",
        "vier1wilgen2otters",
        "x7#k9$m2-4p8!q6",
    ],
)
def test_without_classes_several_words_are_enough(long_rule: Access, password: str) -> None:
    assert broken(long_rule, password) == set()


@pytest.mark.skipif(not LIST, reason="LOKET_COMMON_PASSWORDS names no list")
def test_every_password_of_a_list_is_refused(access: Access, long_rule: Access) -> None:
    lines = Path(LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    listed = [_mended(line) for line in lines[lines.index("123456") :] if line]
    assert len(listed) == 100_000
    assert [password for password in listed if not broken(access, password)] == []
    assert sum(not broken(long_rule, password) for password in listed) <= 210


def _mended(text: str) -> str:
    """Some copies of the list were encoded twice."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text


def test_the_customers_own_words_are_refused(access: Access, content: Content) -> None:
    words = own_words(
        content, "Anna de Vries", "vries.anna@molenwerf.example", "K-104477", "Molenwerf Bouw B.V."
    )
    for password in (
        "Noordkade-77-zwaan",
        "N00rdk@de-77-Zwaan",
        "Zwaan-104477-eend-K104477",
        "Anna-77-zwaaneend",
        "zwaan-DEVRIES-7-vries",
        "Molen.werf-77-eend",
        "Voordeellanden A-77",
        "Telecom-77-zwanen",
    ):
        assert broken(access, password, words) == {"own"}, password
    assert broken(access, GOOD, words) == set()


def test_require_tells_what_is_missing_and_never_the_password(admin_visit: Visit) -> None:
    with pytest.raises(Invalid, match="12") as short:
        require(admin_visit, Secret("Riet-7"))
    assert (short.value.field, "Riet-7" in short.value.message) == ("password", False)
    with pytest.raises(Invalid, match="1000"):
        require(admin_visit, Secret("x" * 1001))
    with pytest.raises(Invalid, match="readable"):
        require(admin_visit, Secret(GOOD + "\ud800"))
    require(admin_visit, Secret(GOOD))


def test_nothing_of_the_list_is_loaded_before_it_is_asked() -> None:
    import subprocess

    said = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_IS_OPEN], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.split() == ["0", "1"]


SAYS_WHAT_IS_OPEN = """
import app.operations.core.password_rules
from app.operations.core import block_list
print(block_list._filter.cache_info().currsize)
block_list.is_common("Rietkraag-7-ijsvogel")
print(block_list._filter.cache_info().currsize)
"""
