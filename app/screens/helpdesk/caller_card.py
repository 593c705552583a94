"""Who is calling: who may call for a customer, why they call, and the proof that it is them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label

from app import units
from app.i18n import _, ngettext
from app.operations.callers import CallerCard, Verification
from app.operations.core.caller_people import Caller
from app.screens.area import attempt, desk_of
from app.screens.my_products.fact_list import FactList
from app.screens.role_names import role_name
from app.secret import Secret
from app.widgets.columns import Column
from app.widgets.dialog import Action, FormDialog
from app.widgets.form_field import FormField

MOST_ROWS = 5
FIELDS = {"reason": "reason", "group_id": "service", "code": "said", "telephone_password": "said"}
"""Names that operations give their fields, and the form's own."""


class Wrong(ValueError):
    """Something is wrong with one field."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class CallerForm(FormDialog):
    """Answers with the `Verification` that matched, or None."""

    place = "caller_card"

    def __init__(self, card: CallerCard) -> None:
        title = _("Who is calling? {customer} · {number}")
        super().__init__(title.format(customer=card.name, number=card.number))
        self.card = card

    def body(self) -> Iterable[Widget]:
        table = FactList(
            [
                Column(_("Caller"), 26, flex=2),
                Column(_("Role"), 17),
                Column(_("May speak about"), 18, flex=1),
            ],
            empty=_("Nobody may call for this customer."),
            id="callers",
        )
        table.styles.height = min(max(len(self.card.persons), 1), MOST_ROWS) + 1
        yield table
        yield from super().body()

    def fields(self) -> Iterable[FormField]:
        yield FormField("reason", _("Reason for the call"), required=True, max_length=300)
        yield FormField("service", _("The call is about"), options=[("", "")])
        if self.card.has_telephone_password:
            label = _("Telephone password, as the caller says it")
        else:
            label = _("Code that the caller reads out")
        yield FormField("said", label, hint=self.hint(), required=True, secret=True, max_length=1000)

    def hint(self) -> str:
        """How often the agent may try; the answer is never more than match or no match."""
        return _("The answer is match or no match.") + " " + self.tries_left()

    def locked(self) -> str:
        """Until when the agent has to wait."""
        until = units.clock_time(self.card.locked_until, self.zone)
        return _("Locked until {time}: it was wrong too often.").format(time=until)

    def tries_left(self) -> str:
        """How often the agent may still hear something wrong."""
        count = self.card.tries_left
        return ngettext("{count} try left.", "{count} tries left.", count).format(count=count)

    def actions(self) -> list[Action]:
        found = [Action("save", _("Verify"), "primary")]
        if not self.card.has_telephone_password:
            found += [
                Action("mail", _("Send code by mail"), key="m"),
                Action("sms", _("Send code by SMS"), key="s"),
            ]
        return [*found, Action("cancel", _("Cancel"))]

    def on_mount(self) -> None:
        table = self.query_one("#callers", FactList)
        table.set_rows(
            [(name_of(each), role_of(each), scope_of(each)) for each in self.card.persons],
            [f"{each.kind}:{each.id}" for each in self.card.persons],
        )
        for field in self.query(FormField):
            if not field.hint:
                field.query_one(".form-hint").display = False
        self.show_lock()
        self.show_caller()
        table.focus()

    @property
    def zone(self) -> str:
        """The operator's time zone."""
        content = desk_of(self).content
        return content.operator.time_zone if content else "UTC"

    @property
    def caller(self) -> Caller | None:
        """The person under the cursor."""
        table = self.query_one("#callers", FactList)
        return self.card.persons[table.cursor] if self.card.persons else None

    @on(FactList.RowHighlighted, "#callers")
    def show_caller(self) -> None:
        """Ask which service only where the caller may speak about several."""
        caller, field = self.caller, self.field("service")
        services = caller.services if caller is not None else ()
        field.display = len(services) > 1
        assert not isinstance(field.input, Input)
        field.input.options = [(str(each.id), each.name) for each in services]
        field.value = str(services[0].id) if services else ""
        field.input.refresh()
        for way in ("mail", "sms"):
            for button in self.query(f"#{way}").results(Button):
                button.disabled = caller is None or way not in caller.may_code_by
        if not self.card.has_telephone_password and not self.card.locked_until:
            unreachable = caller is not None and not caller.may_code_by
            none = _("No address is stored to send this person a code.")
            self.query_one(".form-problem", Label).update(Content(none if unreachable else ""))

    @on(FactList.RowActivated, "#callers")
    def caller_chosen(self) -> None:
        """Enter on a person goes on to the reason."""
        self.field("reason").focus_input()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to what is still empty, and then verifies."""
        event.stop()
        event.prevent_default()  # the form's own handler would save
        if not self.field("said").value and self.field("reason").value.strip():
            self.field("said").focus_input()
        else:
            await self.action_first()

    def field(self, name: str) -> FormField:
        """A field of the form."""
        return self.query_one(f"#field-{name}", FormField)

    def show_lock(self) -> None:
        """While the agent has to wait, nothing can be typed."""
        said, locked = self.field("said"), bool(self.card.locked_until)
        said.required = not locked
        said.input.disabled = locked
        self.query_one("#save", Button).disabled = locked
        if locked:
            said.query_one(".form-hint").display = False
            self.show_problem(Wrong(self.locked()))

    async def on_action(self, id: str) -> None:
        """Verify, or send a code first."""
        if id in ("mail", "sms"):
            self.send(id)
        elif not self.card.locked_until:
            await super().on_action(id)

    @work(exclusive=True, group="send")
    async def send(self, way: str) -> None:
        """Send the chosen person a code."""
        if self.caller is None:
            return
        until = await attempt(self, "callers.send_code", by=way, **self.call())
        if until is not None:
            text = _("A code was sent to {name}. It is valid until {time}.")
            at = units.clock_time(until, self.zone)
            self.app.notify(text.format(name=self.caller.name, time=at), markup=False)
            self.field("reason" if not self.field("reason").value else "said").focus_input()

    def call(self) -> dict[str, Any]:
        """Whose call it is, as operations ask for it."""
        caller = self.caller
        assert caller is not None
        return {"account_id": self.card.account_id, "caller_kind": caller.kind, "caller_id": caller.id}

    async def submit(self, values: dict[str, object]) -> object:
        """Ask whether it matches; only a match closes the form."""
        from app.operations.core import OperationError

        if self.caller is None:
            raise Wrong(_("Nobody may call for this customer."))
        chosen = str(values["service"] or "")
        name, argument = "callers.verify", "telephone_password"
        if not self.card.has_telephone_password:
            name, argument = "callers.verify_code", "code"
        given = {**self.call(), "reason": values["reason"], "group_id": int(chosen) if chosen else None}
        try:
            done: Verification = await desk_of(self).do(
                name, **given, **{argument: Secret(self.field("said").value)}
            )
        except OperationError as error:
            raise Wrong(error.message, FIELDS.get(error.field, "")) from error
        if done.matches:
            return done
        await self.read_again()
        if self.card.locked_until:
            raise Wrong(_("No match.") + " " + self.locked())
        raise Wrong(_("No match.") + " " + self.tries_left(), "said")

    async def read_again(self) -> None:
        """How many tries are left now."""
        card: CallerCard | None = await attempt(self, "callers.card", account_id=self.card.account_id)
        self.card = card or self.card
        self.field("said").value = ""
        self.show_lock()


def name_of(caller: Caller) -> str:
    """A caller, and for whom they work."""
    return f"{caller.name}, {caller.company}" if caller.company else caller.name


def role_of(caller: Caller) -> str:
    """What a caller is to the customer."""
    names = {"internal": _("internal contact"), "external": _("external contact")}
    return names.get(caller.role) or role_name(caller.role)


def scope_of(caller: Caller) -> str:
    """What a caller may speak about."""
    if caller.everything:
        return _("everything")
    return ", ".join(each.name for each in caller.services) or _("nothing yet")
