"""Inviting somebody, deciding what somebody may do, and linking a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import on

from app import units
from app.i18n import _
from app.operations.core.line_rows import LineRow
from app.operations.core.paging import Page
from app.operations.core.role_words import AREAS, area_name
from app.operations.members import MemberRow
from app.screens.area import desk_of
from app.screens.my_data.people_words import role_says
from app.screens.my_data.record_form import RecordForm
from app.screens.operation_form import FieldProblem
from app.screens.role_names import role_name
from app.widgets.dialog import Action
from app.widgets.form_field import FormField

ROLES = ("user", "sub", "admin", "reseller")
AREA = "area-"
FOUND = 3
"""Of the lines that match what was typed, so many are named."""


class PeopleForm(RecordForm):
    """A form with a role; the areas show for a sub-account only, and a line is found by what was typed."""

    def role_fields(self, role: str, areas: Sequence[str], roles: Sequence[str]) -> Iterable[FormField]:
        """The role, and what a sub-account may."""
        yield FormField(
            "role",
            _("Role"),
            role,
            options=[(each, role_name(each)) for each in roles],
            hint=role_says(role),
        )
        for area in AREAS:
            given = "yes" if area in areas else ""
            yield FormField(f"{AREA}{area}", f"  {area_name(area)}", given, options=ticks())

    def on_mount(self) -> None:
        self.show_areas()
        next(iter(self.query(FormField))).focus_input()

    @on(FormField.Changed, "#field-role")
    def show_areas(self) -> None:
        """Areas are asked of a sub-account only; what the role may do stands under it."""
        role = self.field("role")
        role.hint = role_says(role.value)
        role.error = " "
        role.set_error("")
        for field in self.query(FormField):
            if str(field.name).startswith(AREA):
                field.display = role.value == "sub"

    def chosen(self) -> dict[str, Any]:
        """Role and areas as the operations take them."""
        role = self.field("role").value
        areas = [area for area in AREAS if self.field(f"{AREA}{area}").value == "yes"]
        if role == "sub" and not areas:
            raise FieldProblem(_("Choose at least one."), f"{AREA}{AREAS[0]}")
        return {"role": role, "areas": areas if role == "sub" else []}

    async def line(self) -> int | None:
        """The line that was meant; None where none was typed."""
        text = self.field("line_id").value.strip()
        return await find_line(self, text) if text else None

    async def submit(self, values: dict[str, object]) -> object:
        answer = await super().submit(values)
        return True if answer is None else answer


class InviteForm(PeopleForm):
    """Somebody new; only the holder chooses another role than user.

    Args:
        roles: what the visitor may invite as.
    """

    def __init__(self, account_id: int, roles: Sequence[str]) -> None:
        super().__init__(_("Invite somebody"), "invitations.send", f"account:{account_id}")
        self.roles = roles
        self.found: int | None = None

    def fields(self) -> Iterable[FormField]:
        hint = _("A code goes there by mail.")
        yield FormField("email", _("E-mail address"), required=True, max_length=254, hint=hint)
        yield FormField("name", _("Name"), max_length=200)
        yield FormField("line_id", _("Own line, if any"), hint=how_to_find_a_line(), max_length=60)
        yield from self.role_fields("user", (), self.roles)

    def show_areas(self) -> None:
        super().show_areas()
        if len(self.roles) == 1:
            role = self.field("role")
            role.hint = _("Only the contract holder invites others than users.")
            role.error = " "
            role.set_error("")

    def actions(self) -> Sequence[Action]:
        return [Action("save", _("Send the invitation"), "primary"), Action("cancel", _("Cancel"))]

    def is_changed(self) -> bool:
        return any(field.changed for field in self.query(FormField))

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        texts = {name: self.field(name).value.strip() for name in ("email", "name")}
        return {**texts, **self.chosen(), "line_id": self.found}

    async def submit(self, values: dict[str, object]) -> object:
        self.found = await self.line()
        return await super().submit(values)


class RoleForm(PeopleForm):
    """What a member may do from now on; answers True."""

    def __init__(self, member: MemberRow) -> None:
        title = _("What {name} may do").format(name=member.name)
        super().__init__(title, "members.set_role", f"login:{member.login_id}", member_id=member.id)
        self.member = member

    def fields(self) -> Iterable[FormField]:
        yield from self.role_fields(self.member.role, self.member.areas, ROLES)

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        return {**self.given, **self.chosen()}


class LineForm(PeopleForm):
    """A line for a member; answers True."""

    def __init__(self, member: MemberRow) -> None:
        title = _("Link a line to {name}").format(name=member.name)
        super().__init__(title, "members.link_line", f"login:{member.login_id}", member_id=member.id)
        self.found: int | None = None

    def fields(self) -> Iterable[FormField]:
        yield FormField("line_id", _("Mobile line"), hint=how_to_find_a_line(), required=True, max_length=60)

    def show_areas(self) -> None:
        """There is no role here."""

    def arguments(self, values: dict[str, object]) -> dict[str, Any]:
        return {**self.given, "line_id": self.found}

    async def submit(self, values: dict[str, object]) -> object:
        self.found = await self.line()
        return await super().submit(values)


def ticks() -> list[tuple[str, str]]:
    """No and yes, as a box to tick."""
    return [("", "☐ " + _("no")), ("yes", "☑ " + _("yes"))]


def how_to_find_a_line() -> str:
    """What to type."""
    return _("The number, its last digits, or who uses it.")


async def find_line(form: RecordForm, text: str) -> int:
    """The one line that fits a text.

    Raises:
        FieldProblem: none fits, or several.
    """
    from app.operations.core.errors import OperationError

    try:
        page: Page[LineRow] = await desk_of(form).do("lines.page", text=text, limit=FOUND + 1)
    except OperationError as error:
        raise FieldProblem(error.message, "line_id") from error
    if not page.rows:
        raise FieldProblem(_("No line fits this."), "line_id")
    if len(page.rows) > 1:
        some = "; ".join(f"{units.phone(row.number)} {row.person}".strip() for row in page.rows[:FOUND])
        text = _("Several lines fit; type more: {lines} …").format(lines=some)
        raise FieldProblem(text, "line_id")
    return page.rows[0].id
