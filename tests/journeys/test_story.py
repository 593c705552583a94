"""What a customer's admin does in an afternoon, by keys alone, on the demonstration, in each language."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import gettext
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from app.cli import main
from app.demo.usage import COLUMNS
from app.i18n import _
from app.settings import shipped_content
from tests.in_each import IN_EACH
from tests.journeys.conftest import AFTERNOON, sign_in
from tests.screens.my_products.steps import Person

FIRST_OF_NEXT = {"en": "1 Dec", "nl": "1 dec", "de": "01.12."}
Start = Callable[..., AbstractAsyncContextManager[Person]]


def left_in_english(language: str, screens: list[str]) -> list[str]:
    """English texts that are shown although the catalogue has another word for them."""
    folder = shipped_content() / "locale"
    catalogue = gettext.translation("loket", folder, [language])
    pairs = [
        (english, other)
        for english, other in catalogue._catalog.items()  # type: ignore[attr-defined]
        if isinstance(english, str) and len(english) > 11 and english != other and "{" not in english
    ]
    seen = "\n".join(screens)
    translated = "\n".join(other for _english, other in pairs)
    return [english for english, _other in pairs if english in seen and english not in translated]


def line_with(home: Path, condition: str) -> str:
    """The person of the main customer's first line for which something is true."""
    with contextlib.closing(sqlite3.connect(home / "loket.db")) as database:
        row = database.execute(
            "SELECT person FROM line JOIN account ON account.id = account_id WHERE account.number = '100042' "
            f"AND line.status = 'active' AND {condition} ORDER BY line.id LIMIT 1"
        ).fetchone()
    return str(row[0])


async def open_line(person: Person, name: str) -> str:
    """From anywhere to the page of somebody's line, through the search."""
    keys = {" ": "space", "-": "minus"}
    await person.press("ctrl+k", sees=_("Search and commands"))
    await person.press(*(keys.get(letter, letter) for letter in name), sees="+31 6 7")
    await person.wait(f"{name[:20]} ")
    return await person.press("enter", sees=f"{name} ·", misses=_("Search and commands"))


@pytest.mark.capability("IN-17")
@pytest.mark.parametrize("language", IN_EACH)
async def test_an_afternoon(demo_portal: Start, demo_home: Path, language: str) -> None:
    roamer = line_with(demo_home, "line.bundles = 1")
    blocked = line_with(
        demo_home,
        "hard_limit = 0 AND EXISTS "
        "(SELECT 1 FROM counter WHERE line_id = line.id AND blocked AND month = 202611)",
    )
    spender = line_with(demo_home, "limit_cents = 10000 AND line.bundles > 0")
    seen: list[str] = []
    async with demo_portal(language=language) as person:
        seen.append(await person.wait(_("Password")))
        seen.append(await sign_in(person, "admin", sees=_("Shared data")))
        for pool in ("Drivers", "Planning", "Warehouse"):
            assert pool in seen[-1]
        assert "Jeroen" in seen[-1]

        seen.append(await open_line(person, blocked))
        seen.append(await person.press("u", sees=_("Why")))
        seen.append(await person.press("w", sees="2026-07-01"))
        await person.press("w", misses="2026-07-01")

        seen.append(await person.press("a", sees=_("Lift the block?")))
        await person.press("enter", misses=_("Lift the block?"))

        # Messages stand as they were written, in the language of who got them.
        await person.press("m", sees="€10")

        seen.append(await open_line(person, spender))
        seen.append(await person.press("l", sees=_("Hard limit")))
        seen.append(await person.press("enter", sees=_("Choose")))
        seen.append(await person.press("up", "enter", sees=FIRST_OF_NEXT[language]))

        seen.append(await open_line(person, roamer))
        await person.press("b", sees="30 GB")
        seen.append(await person.press("down", "enter", sees=_("Accept")))
        seen.append(await person.press("y", misses=_("Accept")))
        seen.append(await person.press("i", sees=_("Together")))
        await person.press("f4", sees=_("Shared data"))
    if language != "en":
        assert left_in_english(language, seen) == []
    with contextlib.closing(sqlite3.connect(demo_home / "loket.db")) as database:
        limit = database.execute("SELECT limit_cents FROM line WHERE person = ?", (spender,)).fetchone()
        bundles = database.execute("SELECT bundles FROM line WHERE person = ?", (roamer,)).fetchone()
    assert limit == (10000,), "a lower limit holds from the 1st"
    assert bundles == (3,)


@pytest.mark.capability("BX-52")
async def test_an_imported_file_shows_without_a_key(
    demo_portal: Start, demo_home: Path, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(demo_home / "loket.db")) as database:
        number = database.execute("SELECT number FROM line WHERE person = 'Jeroen Bakker'").fetchone()[0]
    file = tmp_path / "late.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerow(
            dict.fromkeys(COLUMNS, "")
            | {
                "id": "journey-1", "subscriber": number, "start": "2026-11-20T15:01:00Z", "type": "data",
                "direction": "out", "bytes": "123000000", "mcc": "204", "mnc": "04",
            }
        )  # fmt: skip
    async with demo_portal() as person:
        await sign_in(person, "admin", sees="Shared data")
        await open_line(person, "Jeroen Bakker")
        page = await person.press("u", sees=" records")
        before = int(re.search(r"([\d,]+) records", page)[1].replace(",", ""))  # type: ignore[index]
        out_text = io.StringIO()
        with contextlib.redirect_stdout(out_text):
            code = await asyncio.to_thread(main, ["usage", "import", str(file), "--json"], AFTERNOON)
        assert code == 0
        assert json.loads(out_text.getvalue())["rated"] == 1, out_text.getvalue()
        await person.wait(f"{before + 1} records")
        await person.wait("123 MB")
