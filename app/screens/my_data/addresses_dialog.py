"""From where people of the account may sign in: the list, adding to it, removing from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from textual.content import Content
from textual.widgets import Label

from app.i18n import _
from app.operations.allowed_addresses import AddressList, AllowedAddress
from app.screens.area import attempt, desk_of
from app.screens.my_data.list_dialog import ListDialog
from app.screens.my_data.own_form import OwnForm
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Confirm
from app.widgets.form_field import FormField
from app.widgets.rows import Key, Row


class AddressesDialog(ListDialog):
    """Nothing in the list: from anywhere."""

    note = ""

    def __init__(self) -> None:
        super().__init__(_("Allowed addresses"))
        self.empty = _("People may sign in from anywhere.")

    def columns(self) -> list[Column]:
        return [
            Column(_("Address"), 24, flex=1),
            Column(_("What it is"), 16, flex=1),
            Column("", 14, tone=lambda _row: "success"),
        ]

    def actions(self) -> Sequence[Action]:
        return [
            Action("add", _("Add"), "primary", "n"),
            Action("remove", _("Remove"), key="x"),
            self.close_action(),
        ]

    def acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"add": self.add, "remove": self.remove_one}

    async def read(self) -> Sequence[tuple[Key, AllowedAddress]] | None:
        found: AddressList | None = await attempt(self, "allowed_addresses.page")
        if found is None:
            return None
        self.note = found.note
        self.query_one("#list-text", Label).update(Content(safe(found.note)))
        return [(each.id, each) for each in found.rows]

    def cells(self, thing: AllowedAddress) -> Row:
        return (thing.network, thing.label, _("you are here") if thing.here else "")

    async def add(self) -> None:
        """One more."""
        await self.app.push_screen_wait(AddressForm(self.note))

    async def remove_one(self) -> None:
        """Ask, then remove; a second time where one's own address would be shut out."""
        from app.operations.core import OperationError

        address: AllowedAddress | None = self.chosen
        if address is None:
            return
        text = _("People cannot sign in from there any more.")
        if len(self.things) == 1:
            text = _("The list is empty then, and people may sign in from anywhere.")
        question = Confirm(
            _("Remove {name}?").format(name=address.network), text, _("Remove"), _("Keep"), danger=True
        )
        if not await self.app.push_screen_wait(question):
            return
        confirmed = False
        while True:
            try:
                await desk_of(self).do("allowed_addresses.remove", address_id=address.id, confirmed=confirmed)
            except OperationError as error:
                if error.field != "confirmed" or confirmed:
                    self.app.notify(safe(error.message), severity="error", markup=False, timeout=8)
                    return
                confirmed = bool(await self.app.push_screen_wait(shut_out(error.message)))
                if not confirmed:
                    return
            else:
                return


class AddressForm(OwnForm):
    """An address or a network, with the warning about those that change."""

    def __init__(self, note: str) -> None:
        super().__init__(_("Allow an address"), "allowed_addresses.add", note, _("Add"))
        self.confirmed = False

    def fields(self) -> Iterable[FormField]:
        yield FormField("network", _("Address or network"), required=True, max_length=60)
        yield FormField("label", _("What it is"), max_length=100)

    def arguments(self) -> dict[str, Any]:
        return {
            "network": self.typed("network"),
            "label": self.typed("label"),
            "confirmed": self.confirmed,
        }

    async def perform(self) -> Any:
        """Ask once more where one's own address would be shut out."""
        from app.operations.core import OperationError

        self.confirmed = False
        try:
            return await super().perform()
        except OperationError as error:
            if error.field != "confirmed":
                raise
            self.confirmed = bool(await self.app.push_screen_wait(shut_out(error.message)))
            if not self.confirmed:
                raise
        return await super().perform()


def shut_out(text: str) -> Confirm:
    """The second question before one's own address is shut out."""
    return Confirm(_("Shut yourself out?"), text, _("Yes, do it"), _("No"), danger=True)
