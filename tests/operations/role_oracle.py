"""Who may do what, read from data/rights.toml a second time and by other means than the product's.

`ROLES` are the people of the matrix as they come: an agent three times, by the caller who is helped, and a
script with a token of one right.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.operations.core import Visit
from app.settings import shipped_content
from tests.factories import Factory
from tests.operations.three_customers import World

FILE: Final[dict[str, Any]] = tomllib.loads((shipped_content() / "rights.toml").read_text(encoding="utf-8"))
AREAS: Final[dict[str, list[str]]] = FILE["areas"]
FORBIDDEN: Final[list[str]] = FILE["assistance"]["forbidden"]
TOKEN_RIGHT: Final = "VIEW_LINES"


@dataclass(frozen=True)
class Who:
    """One column of the matrix: a role, and what narrows it."""

    name: str
    role: str
    areas: tuple[str, ...] | None = None
    caller: str = ""
    token: tuple[str, ...] | None = None
    at_customer: bool = True

    def reach(self, right: str) -> str:
        """`own`, `account`, `any`, or nothing."""
        row = FILE[right]
        if self.token is not None and right not in self.token:
            return ""
        if self.areas is not None:
            needs = {area for area, rights in AREAS.items() if right in rights}
            if needs and not needs & set(self.areas):
                return ""
        found = str(row.get(self.role, ""))
        if not self.caller:
            return "" if found == "assisted" else found
        if right in FORBIDDEN:
            return ""
        if found == "assisted":
            return "account" if row.get(self.caller) == "account" else ""
        return found


ROLES: Final = (
    Who("visitor", "visitor", at_customer=False),
    Who("holder", "holder"),
    Who("admin", "admin"),
    Who("sub without areas", "sub", areas=()),
    Who("sub with all areas", "sub", areas=tuple(AREAS)),
    Who("user", "user"),
    Who("agent for a contact", "agent", caller="contact"),
    Who("agent for an admin", "agent", caller="admin"),
    Who("agent for the holder", "agent", caller="holder"),
    Who("reseller", "reseller"),
    Who("agent", "agent", at_customer=False),
    Who("supervisor", "supervisor", at_customer=False),
    Who("kiosk", "kiosk", at_customer=False),
    Who("token", "admin", token=(TOKEN_RIGHT,)),
)


@dataclass
class Cast:
    """Visits of all of them at the first customer of a world."""

    world: World
    people: dict[str, Visit] = field(default_factory=dict)

    def visit(self, who: Who) -> Visit:
        """A visit of somebody who really has this role there; the same again in a copy of the world."""
        if who.name not in self.people:
            self.people[who.name] = self._made(who)
        return replace(self.people[who.name], store=self.world.store, touched=[], changed={})

    def in_copy(self, world: World) -> Cast:
        """The same people in a copy that was made after they were."""
        return Cast(world, self.people)

    def _made(self, who: Who) -> Visit:
        world = self.world
        if who.caller:
            factory = Factory(world.store, world.content, world.clock)
            return factory.assisting(world.visit("agent"), world.firms[0].account, who.caller)
        if who.role in ("agent", "supervisor", "visitor", "kiosk"):
            return world.visit(who.role)
        visit = world.visit(who.role, 0)
        if who.areas is not None:
            firm, name = world.firms[0], who.name.replace(" ", "_")
            factory = Factory(world.store, world.content, world.clock)
            visit.login_id = factory.login(
                firm.account, "sub", user_name=name, email=f"{name}@Firm0x.example"
            )
            with world.store.transaction() as tx:
                tx.execute(
                    "UPDATE membership SET areas = :areas WHERE login_id = :login",
                    areas=",".join(who.areas),
                    login=visit.login_id,
                )
        visit.rights = who.token
        return visit
