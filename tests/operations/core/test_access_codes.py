"""Codes that are sent: valid for a time, once, and of no use to who reads the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.operations.core import Refused, Visit, access_codes
from app.secret import Secret
from tests.factories import Factory

HOUR = 3600


@pytest.fixture
def visit(factory: Factory) -> Visit:
    return factory.visit("visitor")


def issue(visit: Visit, subject: str = "login:5", short: bool = False) -> Secret | None:
    with visit.transaction():
        return access_codes.issue(visit, "reset", subject, HOUR, short=short)


def spend(visit: Visit, code: Secret) -> bool:
    try:
        with visit.transaction():
            access_codes.use(visit, access_codes.find(visit, code, "reset"))
    except Refused:
        return False
    return True


def given(code: Secret | None) -> Secret:
    assert code is not None
    return code


@pytest.mark.parametrize("seconds, valid", [(HOUR - 1, True), (HOUR, False), (HOUR + 1, False)])
def test_a_code_lasts_to_the_second(visit: Visit, clock: FixedClock, seconds: int, valid: bool) -> None:
    code = given(issue(visit))
    clock.advance(seconds)
    assert spend(visit, code) is valid


def test_a_code_works_once_also_for_a_hundred_at_once(visit: Visit) -> None:
    code = given(issue(visit))
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _i: spend(replace(visit), code), range(100)))
    assert done.count(True) == 1


def test_a_newer_code_ends_the_earlier_one_of_the_same_person_only(visit: Visit) -> None:
    first, other = given(issue(visit)), given(issue(visit, "login:6"))
    second = given(issue(visit))
    assert [spend(visit, code) for code in (first, second, other)] == [False, True, True]


def test_typed_any_way_it_is_the_same_code(visit: Visit) -> None:
    code = given(issue(visit)).reveal()
    typed = " " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l") + " "
    assert spend(visit, Secret(typed))


def test_the_database_holds_no_code(visit: Visit) -> None:
    code = given(issue(visit)).reveal()
    stored = repr(visit.rows("SELECT * FROM access_code"))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_five_in_ten_minutes_and_fifteen_in_thirty(visit: Visit, clock: FixedClock) -> None:
    assert sum(issue(visit) is not None for _i in range(8)) == 5
    clock.advance(600)
    assert sum(issue(visit) is not None for _i in range(8)) == 5
    clock.advance(600)
    assert sum(issue(visit) is not None for _i in range(8)) == 5
    clock.advance(599)
    assert issue(visit) is None
    assert issue(visit, "login:6") is not None


def test_a_short_code_dies_after_five_wrong_tries(visit: Visit) -> None:
    code = given(issue(visit, short=True))
    wrong = Secret(f"{(int(code.reveal()) + 1) % 10**6:06}")

    def check(typed: Secret) -> bool:
        with visit.transaction():
            return access_codes.check_short(visit, "reset", "login:5", typed) is not None

    assert not any(check(wrong) for _i in range(5))
    assert not check(code)
    again = given(issue(visit, short=True))
    assert not check(wrong)
    assert check(Secret(f" {again.reveal()[:3]} {again.reveal()[3:]} "))
    assert not check(again)
