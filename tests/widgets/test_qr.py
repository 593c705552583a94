"""The QR code fits, and says what it should; from the screen it is read in test_second_factor_steps."""

from __future__ import annotations

import pytest

from app.widgets.qr import QUIET, best_quiet, squares

URI = (
    "otpauth://totp/Noordkade%20Telecom:{}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Noordkade%20Telecom"
)


@pytest.mark.parametrize(
    "user_name, rows, quiet",
    [
        ("anna", 24, QUIET),
        ("anna", 40, QUIET),
        ("anna.de.vries@molenwerf", 24, 3),
        ("x" * 200, 24, None),
    ],
)
def test_as_much_light_around_it_as_there_is_room(user_name: str, rows: int, quiet: int | None) -> None:
    assert best_quiet(URI.format(user_name), rows) == quiet


def test_the_light_around_it_is_light() -> None:
    made = squares("otpauth", QUIET)
    assert len(made) == len(made[0])
    edge = [*made[:QUIET], *made[-QUIET:], *(row[:QUIET] for row in made), *(row[-QUIET:] for row in made)]
    assert not any(any(row) for row in edge)
    assert all(made[QUIET][QUIET : QUIET + 7])
