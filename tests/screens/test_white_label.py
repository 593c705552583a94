"""Another operator's folder: the portal is theirs, and nothing of the first shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.content import load_content
from app.content.operator import read_operator
from app.i18n import set_language
from app.operations.core import Visit
from app.portal import Portal
from app.screens.shell import Shell
from app.settings import read_settings
from app.store import Store
from tests.factories import Factory
from tests.screens.harness import LARGE, prepared
from tests.screens.my_products.steps import Person

FJORDLINK = Path(__file__).resolve().parents[1] / "content" / "fixtures" / "fjordlink"
FOREIGN = ("Noordkade", "noordkade", "Nederlands", "Duinrand", "1330", "+31", "Zakelijk", "Business Mobile")
"""What belongs to the operator that comes with the product, and to none else."""


@pytest.mark.capability("BX-55")
async def test_nothing_of_the_first_operator_shows(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    content = load_content(FJORDLINK)
    factory = Factory(store, content, clock)
    account = factory.account("Havbris Fiskeri AS")
    line = factory.line(
        account, number="+4700002001", person="Sigrid Havn", data_bundle="8", plan="fjord-mobil"
    )
    login = factory.login(account, "holder", name="Sigrid Havn", line_id=line)
    visit: Visit = factory.visit("holder", account, login_id=login, person="Sigrid Havn")
    settings = replace(
        read_settings({"LOKET_HOME": str(tmp_path)}), database_url=store.url, content=FJORDLINK
    )
    set_language("en")
    portal = Portal(settings, read_operator(FJORDLINK, []), clock)
    seen = []
    async with portal.run_test(size=LARGE) as pilot:
        person = Person(portal, pilot)
        seen.append(await person.wait("E-mail address"))
        assert "Fjordlink" in seen[0]
        assert "+47 000 20 55" in seen[0]
        assert portal.get_theme("dark").variables["brand"].casefold() == "#6b1f7a"  # type: ignore[union-attr]
        await prepared(pilot)
        assert portal.desk.content is not None
        portal.desk.visit = replace(visit, content=portal.desk.content)
        await portal.switch_screen(Shell())
        seen.append(await person.wait("1 Dashboard"))
        for keys, sees in (
            ("2", "Customer number"), ("3", "Sigrid Havn"), ("alt+4", "Tariff"), ("alt+5", "On sale"),
            ("alt+6", "2055"), ("f1", "Need help"), ("f1", "Keys on this screen"), ("escape", "Reach us"),
        ):  # fmt: skip
            seen.append(await person.press(keys, sees=sees))
        await person.press("3", sees="Sigrid Havn")
        seen.append(await person.press("enter", sees="Overview"))
        for key in "olbfumi":
            seen.append(await person.press(key))
            seen.append(await person.wait("Sigrid"))
    everything = "\n".join(seen)
    assert "Fjordlink Mobil AS" in everything
    assert "kr" in everything or "NOK" in everything
    assert [word for word in FOREIGN if word in everything] == []
