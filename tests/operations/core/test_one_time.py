"""One-time passwords: the vectors of RFC 4226 and 6238, and no code twice."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable

import pytest

from app.clock import FixedClock
from app.operations.core import Visit, one_time
from app.secret import Secret
from tests.factories import Factory
from tests.operations.door import code_of

RFC_SEED = base64.b32encode(b"12345678901234567890").decode()
HOTP = [755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489]
TOTP = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
"""RFC 6238 appendix B, SHA-1: eight digits, of which the last six are the code of six."""


@pytest.fixture
def enrolled(admin_visit: Visit) -> tuple[Visit, str]:
    """Somebody who has one-time passwords on, and the seed on their phone."""
    assert admin_visit.login_id is not None
    with admin_visit.transaction():
        seed = one_time.begin(admin_visit, admin_visit.login_id).seed
        assert one_time.confirm(admin_visit, admin_visit.login_id, code_of(seed, admin_visit.clock, -1))  # type: ignore[arg-type]
    return admin_visit, seed


def accepted(visit: Visit, code: Secret, check: Callable[..., bool] = one_time.accept) -> bool:
    with visit.transaction():
        return check(visit, visit.login_id, code)


@pytest.mark.capability("BX-38")
@pytest.mark.parametrize("counter, code", list(enumerate(HOTP)))
def test_the_vectors_of_rfc_4226(counter: int, code: int) -> None:
    assert one_time.code_at(RFC_SEED, counter) == f"{code:06}"


@pytest.mark.capability("BX-38")
@pytest.mark.parametrize("at, code", list(TOTP.items()))
def test_the_vectors_of_rfc_6238(at: int, code: str) -> None:
    assert one_time.code_at(RFC_SEED, at // one_time.STEP) == code[-6:]
    assert one_time.matching_step(RFC_SEED, code[-6:], at) == at // one_time.STEP


@pytest.mark.parametrize("steps, right", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_each_way(enrolled: tuple[Visit, str], clock: FixedClock, steps: int, right: bool) -> None:
    visit, seed = enrolled
    clock.advance(300)
    assert accepted(visit, code_of(seed, clock, steps)) is right


@pytest.mark.sqlite_only  # a thousand codes: minutes on a server
@pytest.mark.capability("BX-38")
def test_no_code_works_twice_nor_an_earlier_one(enrolled: tuple[Visit, str], clock: FixedClock) -> None:
    visit, seed = enrolled
    if visit.store.dialect == "sqlite":
        visit.store._writer().execute("PRAGMA synchronous=OFF")
    first = code_of(seed, clock, -1)
    assert not accepted(visit, first)  # it confirmed the seed
    replays = 0
    for _ in range(1_000):
        clock.advance(30)
        assert accepted(visit, code_of(seed, clock))
        for steps in (0, -1, 0, -1, 0, -1, 0, -1, 0, -1):
            replays += accepted(visit, code_of(seed, clock, steps))
    assert replays == 0


@pytest.mark.capability("BX-38")
@pytest.mark.parametrize("kind", ["phone", "recovery"])
def test_fifty_at_once_with_one_code_are_one(
    kind: str, enrolled: tuple[Visit, str], clock: FixedClock, factory: Factory
) -> None:
    visit, seed = enrolled
    code = code_of(seed, clock)
    if kind == "recovery":
        with visit.transaction():
            code = Secret(one_time.new_codes(visit, visit.login_id or 0)[0])
    results: list[bool] = []
    ready = threading.Barrier(50)

    def enter() -> None:
        own = factory.visit("admin", visit.account_id, login_id=visit.login_id)
        ready.wait()
        results.append(accepted(own, code, one_time.accept_any))
        own.store.close()

    threads = [threading.Thread(target=enter) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(results), sum(results)) == (50, 1)


def test_the_seed_has_160_bits_and_is_sealed(enrolled: tuple[Visit, str]) -> None:
    visit, seed = enrolled
    assert len(base64.b32decode(seed)) * 8 == 160
    assert not visit.rows("SELECT 1 FROM second_factor WHERE instr(seed, :seed) > 0", seed=seed)


@pytest.mark.capability("BX-38")
def test_ten_recovery_codes_of_120_bits_once_each_and_only_hashes_are_stored(
    enrolled: tuple[Visit, str],
) -> None:
    visit, _seed = enrolled
    with visit.transaction():
        codes = one_time.new_codes(visit, visit.login_id or 0)
    bare = [code.replace("-", "") for code in codes]
    assert len(set(bare)) == 10
    assert all(len(code) * 5 == 120 and set(code) <= set(one_time.ALPHABET) for code in bare)
    stored = "".join(row[0] for row in visit.rows("SELECT digest FROM recovery_code"))
    assert not any(code in stored for code in (*codes, *bare))
    assert not any(hashlib.sha256(code.encode()).hexdigest() in stored for code in bare)  # of this login only
    typed = Secret(f" {codes[3].lower().replace('-', ' ')}")
    assert accepted(visit, typed, one_time.accept_any)
    assert not accepted(visit, typed, one_time.accept_any)
    assert one_time.codes_left(visit, visit.login_id or 0) == 9
    with visit.transaction():
        one_time.new_codes(visit, visit.login_id or 0)
    assert not accepted(visit, Secret(codes[4]), one_time.accept_any)


def test_what_is_no_code_is_wrong(enrolled: tuple[Visit, str]) -> None:
    visit, _seed = enrolled
    for typed in ("", "12345", "1234567", "\udcff" * 6, "१२३४५६", "x" * 5000):
        assert not accepted(visit, Secret(typed), one_time.accept_any)
