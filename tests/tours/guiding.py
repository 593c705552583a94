"""A person who is led through a tour, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from app.content.texts import Texts
from app.content.tours import Do, Done, Step, Tour
from app.tours.guide import Guide
from app.tours.host import Host
from tests.screens.harness import shown
from tests.screens.my_products.steps import PATIENCE, Person


async def until(person: Person, true: Callable[[], Any]) -> Any:
    """Wait until something is true; what it was."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        await person.pilot.pause()
        if answer := true():
            return answer
        await asyncio.sleep(0.02)
    raise AssertionError(f"it never came; the screen shows:\n{shown(person.portal)}")


async def begin(person: Person, tour: Tour | str, at: str = "") -> Guide:
    """Start a tour, from the content or made here; its guide."""
    host: Host = person.portal.helper()
    if isinstance(tour, Tour):
        content = person.portal.desk.content
        assert content is not None
        content.tours.tours = {**content.tours.tours, tour.id: tour}
        content.tours.reload = lambda: False  # type: ignore[method-assign]
        tour = tour.id
    assert await host.start(tour, at)
    assert host.guide is not None
    return host.guide


async def at_step(person: Person, id: str) -> str:
    """Wait until a step's balloon stands and its control has the keys; the screen."""

    def there() -> bool:
        guide = person.portal.guide
        return guide is not None and guide.step is not None and guide.step.id == id and guide.ready

    try:
        await until(person, there)
    except AssertionError as error:
        guide = person.portal.guide
        raise AssertionError(f"not at {id}: {guide and guide.step}\n{error}") from None
    return person.screen


def step(id: str, screen: str, target: str, done: Done, text: str = "", **more: Any) -> Step:
    """A step that says its own name."""
    said = text or f"Step {id}."
    return Step(id, screen, target, Texts(said, said, said), done, more.pop("do", Do(("enter",))), **more)


def tour(*steps: Step, id: str = "made-here", area: str = "my_data", **more: Any) -> Tour:
    """A tour of these steps."""
    return Tour(id, area, Texts("Made here", "Hier gemaakt", "Hier gemacht"), steps, **more)


def contact_tour() -> Tour:
    """A form with a field that must be filled in, a choice and a field that may stay empty."""
    form = "form:contacts.add"
    why = Texts("A technician may not order.", "Een technicus mag niet bestellen.", "Technik bestellt nicht.")
    return tour(
        step(
            "tab",
            "my_data",
            "#my-data-tabs",
            Done(screen="my_data/contacts"),
            do=Do(("command:my_data.contacts",)),
        ),
        step("new", "my_data/contacts", "#my-contacts", Done(screen=form), do=Do(("command:contacts.add",))),
        step("name", form, "#field-name", Done(valid="#field-name"), do=Do(type="Anna de Vries")),
        step(
            "kind",
            form,
            "#field-kind",
            Done(chosen="#field-kind"),
            do=Do(("right",)),
            wrong={"external": why},
        ),
        step("email", form, "#field-email", Done(valid="#field-email"), do=Do(type="$email")),
        step("save", form, "#save", Done(action="contacts.add"), commit=True),
        sample={"email": "anna@example.nl"},
        outcome="contacts.add",
    )
