"""The main menu: the six areas, and for staff the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from app.cli.plain.entry import Menu, Step, operations_of
from app.cli.plain.menus.desk import DESK, has_customer
from app.cli.plain.menus.my_data import MY_DATA
from app.cli.plain.menus.my_products import MY_PRODUCTS
from app.cli.plain.menus.others import ALWAYS, DASHBOARD, INFO, SERVICES, SUPPORT, VISITOR
from app.cli.plain.talk import Choice, Quit, Talk
from app.i18n import _, mark


def choose_account(talk: Talk, _about: dict[str, Any]) -> None:
    """Another customer of the same login."""
    found = talk.session.do("signin.accounts")
    choices = [Choice(each.id, f"{each.name}, {each.number}") for each in found]
    visit = talk.session.visit
    present = visit.account_id if visit is not None else None
    chosen = talk.choose(_("For which customer?"), choices, default=present)
    if chosen != present:
        talk.session.as_account(chosen)


def choose_service(talk: Talk, _about: dict[str, Any]) -> None:
    """One group subscription, or all of them."""
    services = talk.session.do("lines.services")
    choices = [Choice(0, _("All services")), *(Choice(each.id, each.name) for each in services)]
    chosen = talk.choose(_("Which service?"), choices, default=0)
    name = next((each.name for each in services if each.id == chosen), "")
    talk.session.as_service(chosen or None, name)


def sign_out(_talk: Talk, _about: dict[str, Any]) -> None:
    """End the session and the conversation."""
    raise Quit


def has_accounts(talk: Talk) -> bool:
    """Whether the login works for several customers."""
    visit = talk.session.visit
    return visit is not None and not visit.is_staff and len(talk.session.do("signin.accounts")) > 1


def has_services(talk: Talk) -> bool:
    """Whether there is more than one's own line to look at."""
    visit = talk.session.visit
    return has_customer(talk) and visit is not None and visit.reach("VIEW_LINES") != "own"


MAIN: Final = Menu(
    mark("Main menu"),
    (
        *DESK,
        DASHBOARD,
        MY_DATA,
        MY_PRODUCTS,
        INFO,
        SERVICES,
        SUPPORT,
        Step(mark("Another customer"), choose_account, ("signin.accounts",), offered=has_accounts),
        Step(mark("Choose the service"), choose_service, ("lines.services",), offered=has_services),
        Step(mark("Sign out"), sign_out, ("signin.accounts",)),
    ),
)


def reachable() -> Iterator[str]:
    """All operations that a person can come to line by line."""
    yield from operations_of(MAIN)
    yield from VISITOR
    yield from ALWAYS
