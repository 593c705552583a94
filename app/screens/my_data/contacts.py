"""Contacts: who may speak with the helpdesk for the customer without a login."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from app import units
from app.i18n import _, mark
from app.operations.contacts import ContactRow
from app.screens.area import attempt
from app.screens.my_data.contact_form import ContactForm, kind_name, scope_text
from app.screens.my_data.data_panel import DataPanel
from app.screens.my_products.changes import say
from app.screens.my_products.fact_list import FactList
from app.widgets.columns import Column
from app.widgets.dialog import Confirm


class ContactsPanel(DataPanel):
    """The list; Enter changes a contact."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", mark("New contact"), id="contacts.add"),
        Binding("x,delete", "remove", mark("Remove"), id="contacts.remove"),
    ]

    def compose(self) -> ComposeResult:
        columns = [
            Column(_("Name"), 16, flex=2),
            Column(_("Kind"), 8),
            Column(_("Company"), 12, flex=1, shown_from=100),
            Column(_("Telephone"), 16),
            Column(_("E-mail"), 16, flex=1, shown_from=100),
            Column(_("May speak about"), 15, flex=2),
        ]
        yield Static(self.lead(), classes="quiet", markup=False)
        yield FactList(columns, empty=_("No contacts yet. Press n to store the first one."))

    def on_mount(self) -> None:
        self.contacts: list[ContactRow] = []

    @staticmethod
    def lead() -> str:
        """What contacts are for."""
        return _("They may call our helpdesk for you; they cannot sign in.")

    async def renew(self) -> None:
        contacts: list[ContactRow] | None = await self.read("contacts.page")
        if contacts is not None:
            self.contacts = contacts
            rows = [
                (
                    each.name,
                    kind_name(each.kind),
                    each.company,
                    units.phone(each.phone),
                    each.email,
                    scope_text(each),
                )
                for each in contacts
            ]
            self.query_one(FactList).set_rows(rows, [each.id for each in contacts])
            self.refresh_bindings()

    async def show_object(self, number: int) -> None:
        """Put the cursor on a contact."""
        self.query_one(FactList).move_to_key(number)

    @property
    def chosen(self) -> ContactRow | None:
        """The contact under the cursor."""
        key = self.query_one(FactList).key
        return next((each for each in self.contacts if each.id == key), None)

    @on(FactList.RowActivated)
    def opened(self) -> None:
        """Enter changes the contact."""
        self.ask(self.chosen)

    def action_add(self) -> None:
        self.ask(None)

    @work(exclusive=True, group="dialog")
    async def ask(self, contact: ContactRow | None) -> None:
        """The form of one contact, or of a new one."""
        may_see = self.visit.reach("VIEW_LINES") is not None
        services = (await attempt(self, "lines.services") or []) if may_see else []
        if (
            await self.app.push_screen_wait(ContactForm(services, contact, self.visit.account_id or 0))
            is not None
        ):
            say(self, _("Saved."))
            await self.renew()

    @work(exclusive=True, group="dialog")
    async def action_remove(self) -> None:
        """Ask, then remove the contact under the cursor."""
        contact = self.chosen
        if contact is None:
            return
        question = Confirm(
            _("Remove {name}?").format(name=contact.name),
            _("Our helpdesk will not speak with this person for you any more."),
            _("Remove"),
            _("Keep"),
            danger=True,
        )
        if await self.app.push_screen_wait(question):
            await self.change("contacts.remove", contact_id=contact.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to remove in an empty list."""
        return action != "remove" or bool(getattr(self, "contacts", None))
