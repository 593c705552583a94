"""Setting up one-time passwords: the picture is readable in every theme, the codes stay until noted."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from app.operations.core import Refused
from app.operations.core.one_time import Enrolment
from app.screens.second_factor_steps import EnrolScreen, RecoveryCodesDialog
from app.secret import Secret
from app.widgets.base_app import SafeApp
from app.widgets.themes import themes
from tests.screens.harness import LARGE, SMALL
from tests.screens.read_qr import read_qr
from tests.widgets.gallery import SHEETS

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODES = tuple(f"ABCD-EFGH-JKMN-PQRS-TVWX-YZ{number:02}" for number in range(10))


def enrolment(user_name: str = "anna") -> Enrolment:
    return Enrolment(f"otpauth://totp/Noordkade%20Telecom:{user_name}?secret={SEED}&issuer=Noordkade", SEED)


class Opened(SafeApp):
    """Nothing but the screen under test; `answers` has what it closed with."""

    CSS_PATH = SHEETS  # type: ignore[assignment]

    def __init__(self, screen: Any) -> None:
        super().__init__()
        self.asked = screen
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self.asked, self.answers.append)


async def right(code: Secret) -> str:
    if code.reveal() != "123456":
        raise Refused("This code is wrong, too old, or was used before.", "code")
    return "in"


def on_screen(pilot: Pilot[Any]) -> str:
    app = pilot.app
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in line) for line in lines)


@pytest.mark.capability("BX-38")
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", [theme.name for theme in themes()])
async def test_a_camera_reads_the_picture(theme: str, size: tuple[int, int]) -> None:
    app = Opened(EnrolScreen(enrolment(), right))
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await pilot.pause()
        assert read_qr(app) == enrolment().uri
        shown = on_screen(pilot)
        for text in ("JBSW Y3DP EHPK 3PXP", "Go on", "Cancel", "six digits"):
            assert text in shown


async def test_without_room_for_the_picture_the_secret_is_typed() -> None:
    app = Opened(EnrolScreen(enrolment("x" * 200), right))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "too low for the picture" in " ".join(on_screen(pilot).split())
        assert "JBSW Y3DP EHPK 3PXP" in on_screen(pilot)


async def test_a_wrong_code_is_said_and_the_field_is_empty_again() -> None:
    app = Opened(EnrolScreen(enrolment(), right))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*"000000", "enter")
        await pilot.pause()
        assert "This code is wrong" in on_screen(pilot)
        assert app.screen.query_one(Input).value == ""
        await pilot.press(*"123456", "enter")
        await pilot.pause()
        assert app.answers == ["in"]
        assert app.asked.enrolment is None


async def test_leaving_sets_nothing_up() -> None:
    app = Opened(EnrolScreen(enrolment(), right))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]


async def test_the_recovery_codes_go_only_when_they_are_written_down() -> None:
    app = Opened(RecoveryCodesDialog(CODES))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for code in CODES:
            assert code in on_screen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Are all ten written down?" in on_screen(pilot)
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert CODES[9] in on_screen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == []
        await pilot.press("enter")
        await pilot.pause()
        assert app.answers == [True]
        assert app.asked.codes == ()
