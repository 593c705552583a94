"""One field for everything, the key reference, and the keys themselves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input

import app.screens
import app.tours
import app.widgets
from app.commands import key_name
from app.operations.core import Visit
from app.screens.key_reference import KeyReference
from app.screens.my_products.area import MyProductsArea
from app.widgets.text_input import TextInput
from tests.factories import Factory
from tests.screens.harness import LARGE
from tests.screens.my_products.steps import at_the_keyboard

PLAIN_NAVIGATION = {
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "enter", "escape", "space", "tab",
    "h", "j", "k", "l", "g", "G", "backspace", "ctrl+s", "shift+up", "shift+down", "ctrl+d", "ctrl+u",
}  # fmt: skip


@pytest.mark.capability("BX-03")
async def test_an_exact_number_opens_its_line(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    for number in range(30):
        factory.line(account_id, number=f"+316100200{number:02}", person=f"Person {number}")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        for typed in ("+31610020017", "31610020018", "0610020019"):
            await person.press("ctrl+k", sees="Search and commands")
            keys = ["plus" if letter == "+" else letter for letter in typed]
            await person.press(*keys, sees="Person 1")
            await person.press("enter", sees="Overview", misses="Search and commands")
            page = person.portal.screen.query_one(MyProductsArea).page
            assert page is not None
            assert page.line is not None
            assert page.line.number[-9:] == typed[-9:]


async def test_names_countries_and_commands_are_found_while_typing(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Geraldine Found", department="Planning")
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("ctrl+k", sees="Search and commands")
        both = await person.press(*"ger", sees="Geraldine Found")
        assert "Germany" in both
        await person.press(*"zzz", sees="Nothing found")
        await person.press("escape", misses="Nothing found")
        await person.press("colon", sees="Search and commands")
        await person.press(*"support", sees="Support")
        await person.press("enter", sees="Reach us")
        await person.press("ctrl+k", *"albania", sees="country")
        await person.press("enter", sees="Countries A")


@pytest.mark.capability("BX-03")
async def test_who_types_faster_than_the_search_opens_what_was_typed(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    for number in range(30):
        line = factory.line(account_id, number=f"+316100200{number:02}", person=f"Person {number}")
        card = {"line_id": line, "iccid": f"8931440000000000{number:03}", "kind": "esim", "role": "main"}
        factory.insert("sim", {**card, "status": "active", "label": ""})
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        for typed, opens in (("0610020017", "+31610020017"), ("8931440000000000012", "+31610020012")):
            await person.press("ctrl+k", sees="Search and commands")
            person.portal.screen.query_one(Input).value = typed
            await person.press("enter", sees="Overview", misses="Search and commands")
            page = person.portal.screen.query_one(MyProductsArea).page
            assert page is not None
            assert page.line is not None
            assert page.line.number == opens


async def test_a_line_of_another_service_opens_by_leaving_the_selected_one(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    chosen, other = factory.group(account_id, "Chosen"), factory.group(account_id, "Other")
    factory.line(account_id, group_id=chosen, person="Chosen Chris")
    factory.line(account_id, group_id=other, person="Other Otto")
    async with at_the_keyboard(admin_visit.as_service(chosen, "Chosen"), tmp_path) as person:
        await person.press("ctrl+k", *"chris", sees="Chosen Chris")
        await person.press("enter", sees="Overview", misses="Search and commands")
        assert person.portal.desk.visit is not None
        assert person.portal.desk.visit.group_id == chosen
        await person.press("ctrl+k", *"otto", sees="Other Otto")
        await person.press("enter", sees="Other Otto", misses="Search and commands")
        await person.wait("All services")
        assert person.portal.desk.visit.group_id is None


async def test_others_lines_are_not_found(
    factory: Factory, user_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Colleague Hidden")
    factory.line(factory.account("Rival B.V."), person="Rival Hidden")
    async with at_the_keyboard(user_visit, tmp_path) as person:
        await person.press("ctrl+k", sees="Search and commands")
        found = await person.press(*"hidden", sees="Nothing found")
        assert "Colleague" not in found
        assert "Rival" not in found


def classes() -> Iterator[type[DOMNode]]:
    """Every screen and widget of the portal."""
    for package in (app.screens, app.widgets, app.tours):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            loaded = importlib.import_module(module.name)
            for found in vars(loaded).values():
                if (
                    isinstance(found, type)
                    and issubclass(found, DOMNode)
                    and found.__module__ == loaded.__name__
                    and found is not TextInput  # the keys that edit a text
                ):
                    yield found


@pytest.mark.capability("BX-04")
def test_each_binding_has_a_name_or_is_plain_navigation() -> None:
    nameless = []
    ids: dict[str, set[str]] = {}
    for found in classes():
        for entry in found.__dict__.get("BINDINGS", ()):
            binding = entry if isinstance(entry, Binding) else Binding(*entry)
            keys = {key.strip() for key in binding.key.split(",")}
            if binding.id:
                ids.setdefault(binding.id, set()).add(binding.action)
            elif not keys <= PLAIN_NAVIGATION:
                nameless.append(f"{found.__name__}: {binding.key} {binding.action}")
            method = binding.action.split("(")[0].removeprefix("app.").removeprefix("screen.")
            owner = found if "." not in binding.action.split("(")[0] else None
            if owner is not None:
                assert hasattr(owner, f"action_{method}"), f"{found.__name__}: {binding.key} is a dead key"
    assert not nameless
    assert len(ids) > 40


@pytest.mark.capability("BX-04")
async def test_the_key_reference_lists_every_key_of_each_screen(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Klaas Keys")
    places = [["1"], ["2"], ["3"], ["enter"], *[[key] for key in "olbfumi"], ["alt+4"], ["alt+5"], ["alt+6"]]
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        for keys in places:
            await person.press(*keys)
            await person.wait()
            shell = person.portal.screen
            offered = {
                (key_name(key), active.binding.action)
                for key, active in shell.active_bindings.items()
                if active.binding.id and not active.binding.system
            }
            while not isinstance(person.portal.screen, KeyReference):
                await person.press("f1")  # what goes into a field, the tasks, the keys
            await person.wait("Keys on this screen")
            screen = person.portal.screen
            assert isinstance(screen, KeyReference)
            listed = "\n".join(line.plain for line in screen.lines)
            for sign, action in offered:
                shown = [f" {line.plain[:20]}" for line in screen.lines]
                assert any(f" {sign} " in line for line in shown), (keys, sign, action)
            assert "Search" in listed
            await person.press("escape", misses="Keys on this screen")


@pytest.mark.capability("BX-05")
async def test_own_keys_from_a_file_work_and_show(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    factory.line(account_id, person="Klaas Keys")
    (tmp_path / "keys.toml").write_text('[keys]\n"portal.find" = "f9"\n"area.support" = "s"\n')
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        person.portal.use_own_keys()
        await person.pilot.pause()
        foot = (await person.wait("Search")).splitlines()[-1]
        assert "F9 Search" in foot
        assert "^K" not in foot
        await person.press("f9", sees="Search and commands")
        await person.press("escape", misses="Search and commands")
        await person.press("s", sees="Reach us")
        await person.press("1", "6")
        await person.wait("Cost limits outside the EU")
        reference = await person.press("f1", "f1", sees="Keys on this screen")
        assert "F9" in reference


@pytest.mark.capability("BX-05")
async def test_a_wrong_file_of_keys_is_told_and_changes_nothing(admin_visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('[keys]\n"portal.fnd" = "f9"\n')
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        person.portal.use_own_keys()
        await person.pilot.pause()
        told = [each.message for each in person.portal._notifications]
        assert any("portal.fnd" in text and "portal.find" in text for text in told)
        await person.press("ctrl+k", sees="Search and commands")
