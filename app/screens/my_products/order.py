"""Ordering a new line: a form, then the price, then the order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from app.i18n import _, language
from app.screens.area import attempt, desk_of
from app.screens.kept_form import KeptForm
from app.screens.my_products.changes import say
from app.screens.my_products.features import confirm_esim
from app.screens.my_products.quote_dialog import ask_and_accept
from app.screens.my_products.words import months
from app.widgets.dialog import Action
from app.widgets.form_field import FormField

if TYPE_CHECKING:
    from app.content.catalogue import Catalogue
    from app.operations.lines import GroupRow


class OrderForm(KeptForm):
    """What is ordered; answers with the arguments of `orders.quote`."""

    def __init__(
        self, account_id: int, catalogue: Catalogue, groups: list[GroupRow], group_id: int | None = None
    ) -> None:
        super().__init__(_("Order a new line"), "orders.quote", f"account:{account_id}")
        self.catalogue, self.groups = catalogue, groups
        self.group_id = group_id

    def fields(self) -> Iterable[FormField]:
        here, catalogue = language(), self.catalogue
        yield FormField(
            "person",
            _("Person or device"),
            hint=_("Who or what uses the line."),
            required=True,
            max_length=100,
        )
        yield FormField("department", _("Department"), max_length=100)
        yield FormField(
            "kind",
            _("Subscription"),
            options=[(each.code, each.name.in_language(here)) for each in catalogue.subscriptions.values()],
        )
        yield FormField(
            "data_bundle",
            _("Data in NL and the EU"),
            "6" if "6" in catalogue.data_bundles else "",
            options=[(each.code, each.name.in_language(here)) for each in catalogue.data_bundles.values()],
        )
        yield FormField(
            "group",
            _("Group"),
            str(self.group_id) if self.group_id in {group.id for group in self.groups} else "",
            hint=_("Equal bundles of a group are shared; one end date."),
            options=[("", _("no group")), *((str(group.id), group.name) for group in self.groups)],
        )
        yield FormField(
            "term",
            _("Term"),
            str(catalogue.terms_months[-1]),
            hint=_("A group has its own term."),
            options=[(str(count), months(count)) for count in catalogue.terms_months],
        )
        yield FormField("bundles", _("Roaming bundles"), options=bundle_options(catalogue))
        default = next((sim.code for sim in catalogue.sims.values() if sim.default), "")
        yield FormField(
            "sim",
            _("SIM"),
            default,
            options=[(sim.code, sim.name.in_language(here)) for sim in catalogue.sims.values()],
        )

    def on_mount(self) -> None:
        for field in self.query(FormField):
            if not field.hint:
                field.query_one(".form-hint").display = False

    def actions(self) -> list[Action]:
        return [Action("save", _("Show the price"), "primary"), Action("cancel", _("Cancel"))]

    async def submit(self, values: dict[str, object]) -> dict[str, Any]:
        said = {name: str(value) for name, value in values.items()}
        return {
            "kind": said["kind"],
            "data_bundle": said["data_bundle"],
            "term": int(said["term"]),
            "bundles": said["bundles"].split("+") if said["bundles"] else [],
            "sim": said["sim"],
            "group_id": int(said["group"]) if said["group"] else None,
            "person": said["person"].strip(),
            "department": said["department"].strip(),
        }


def bundle_options(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Roaming bundles as they can be combined: none, each alone, and what may stand together."""
    from app.operations.core.names import BUNDLES, class_name
    from app.rating.codes import RoamingClass

    def stored(code: str) -> str:
        return RoamingClass(BUNDLES[code]).name or ""

    options = [("", _("none: data outside the EU is off"))]
    for size in range(1, len(BUNDLES) + 1):
        for codes in combinations(BUNDLES, size):
            if catalogue.may_combine({stored(code) for code in codes}):
                options.append(("+".join(codes), ", ".join(class_name(code) for code in codes)))
    return options


async def order_line(widget: Widget) -> bool:
    """Ask what is wanted, show the price, order. To be awaited in a worker, for it asks."""
    visit = desk_of(widget).visit
    assert visit is not None
    if visit.account_id is None:
        say(widget, _("Open the customer's account first."), "warning")
        return False
    groups = await attempt(widget, "lines.groups")
    wanted = await widget.app.push_screen_wait(
        OrderForm(visit.account_id, visit.content.catalogue, groups or [], visit.group_id)
    )
    if wanted is None:
        return False
    if wanted["sim"] == "esim":
        if not await confirm_esim(widget):
            return False
        wanted["device_supports_esim"] = True
    return await ask_and_accept(widget, _("Order a new line"), "orders.quote", **wanted)
