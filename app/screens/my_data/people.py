"""People: who may act for the account, who is invited, and what each may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.i18n import _, mark
from app.operations.invitations import InvitationRow
from app.operations.members import MemberRow
from app.screens.my_data.data_panel import DataPanel
from app.screens.my_data.people_forms import ROLES, InviteForm, LineForm, RoleForm
from app.screens.my_data.people_words import (
    invitation_cells,
    invitation_detail,
    member_cells,
    member_detail,
    removal,
    withdrawal,
)
from app.screens.my_data.requests import ask
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column, Tone
from app.widgets.rows import Key, Row

Somebody = MemberRow | InvitationRow
OPEN = ("pending", "expired")


def last_tone(row: Row) -> Tone:
    """The colour of the last column."""
    tone: Tone = row[5]  # type: ignore[assignment]
    return tone


class PeoplePanel(DataPanel):
    """Members first, then invitations without an answer. Enter shows what can be done, and why what not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "act('invite')", mark("Invite"), id="people.invite"),
        Binding("r", "act('role')", mark("Role"), id="people.role"),
        Binding("i", "act('line')", mark("Own line"), id="people.line"),
        Binding("t", "act('resend')", mark("Send again"), id="people.resend"),
        Binding("x,delete", "act('remove')", mark("Remove"), id="people.remove"),
    ]

    def compose(self) -> ComposeResult:
        columns = [
            Column(_("Name"), 18, flex=2),
            Column(_("Role"), 15),
            Column(_("Mobile line"), 15),
            Column(_("Last sign-in"), 17, tone=last_tone),
            Column(_("E-mail"), 20, flex=1, shown_from=100),
        ]
        yield FactList(columns, id="people")
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static("", classes="detail-text", id="people-detail")

    def on_mount(self) -> None:
        self.people: dict[Key, Somebody] = {}

    async def renew(self) -> None:
        members: list[MemberRow] | None = await self.read("members.page")
        invitations: list[InvitationRow] | None = await self.read("invitations.page")
        if members is None or invitations is None:
            return
        waiting = [each for each in invitations if each.status in OPEN]
        self.people = {f"member:{each.id}": each for each in members}
        self.people |= {f"invitation:{each.id}": each for each in waiting}
        zone = self.visit.zone
        rows = [member_cells(each, zone) for each in members]
        rows += [invitation_cells(each, zone) for each in waiting]
        self.query_one(FactList).set_rows(rows, list(self.people))
        self.show_detail()

    async def show_object(self, number: int) -> None:
        """Put the cursor on the person with this login."""
        for key, each in self.people.items():
            if isinstance(each, MemberRow) and each.login_id == number:
                self.query_one(FactList).move_to_key(key)

    @property
    def chosen(self) -> Somebody | None:
        """Who is under the cursor."""
        return self.people.get(self.query_one(FactList).key)

    @on(FactList.RowHighlighted)
    def show_detail(self) -> None:
        """All about who is under the cursor."""
        person = self.chosen
        lines: list[str] = []
        why_not = ""
        if isinstance(person, MemberRow):
            lines = member_detail(person)
            why_not = self.why_not_about(person)
        elif person is not None:
            lines = invitation_detail(person, self.visit.zone)
            why_not = self.why_not_about(person)
        name = safe(person.name or person.email) if person is not None else ""
        text = Content.assemble(
            (name, "bold"),
            "\n",
            "\n".join(safe(line) for line in lines),
            ("\n" + safe(why_not) if why_not else "", "$text-warning"),
        )
        static = self.query_one("#people-detail", Static)
        if static.content != text:
            static.update(text)

    def why_not_about(self, person: Somebody) -> str:
        """Why the visitor does not decide about somebody; empty if they do."""
        if person.role == "holder":
            return _("The contract holder cannot be removed or changed; Enter leads to change of ownership.")
        return self.why_not("INVITE") or ("" if person.role == "user" else self.why_not("SET_ROLES"))

    def why_not_line(self, person: MemberRow) -> str:
        """Why the visitor does not link lines to somebody; empty if they do."""
        if person.linkable:
            return ""
        return self.why_not("INVITE") or _("Only the contract holder links lines to who is more than a user.")

    def why_not(self, right: str) -> str:
        """Roles are the holder's."""
        found = super().why_not(right)
        if found and right == "SET_ROLES" and self.visit.assistance is None:
            return _("Only the contract holder decides who is administrator, sub-account or reseller.")
        return found

    def options(self, person: Somebody) -> list[Option]:
        """What can be done about somebody, each with why not."""
        about = self.why_not_about(person)
        if person.role == "holder":
            about = _("The contract holder stays.")
        if isinstance(person, InvitationRow):
            return [
                Option("resend", _("Send again"), _("the earlier code ends"), about),
                Option("remove", _("Withdraw"), _("the code no longer works"), about),
            ]
        holder = person.role == "holder"
        linked = bool(person.line_number)
        line = self.why_not_line(person)
        options = [
            Option("role", _("Role"), "", about if holder else self.why_not("SET_ROLES")),
            Option("line", _("Link another line") if linked else _("Link a line"), "", line),
            Option("unlink", _("Unlink the line"), "", line or ("" if linked else _("No line is linked."))),
            Option("remove", _("Remove"), "", about),
        ]
        if holder:
            may = self.may("ASK_OWNERSHIP")
            why_not = "" if may else _("Only the contract holder can ask for this.")
            options.append(Option("ownership", _("Change of ownership"), "", why_not))
        return options

    @on(FactList.RowActivated)
    @work(exclusive=True, group="dialog")
    async def opened(self, event: FactList.RowActivated) -> None:
        """Enter shows what can be done."""
        person = self.chosen
        if person is None:
            return
        title = person.name or person.email
        chosen = await self.app.push_screen_wait(Choose(title, self.options(person)))
        if chosen:
            await self.do(chosen, person)

    @work(exclusive=True, group="dialog")
    async def action_act(self, what: str) -> None:
        """A key: do it, or say why not."""
        person = self.chosen
        if what == "invite":
            await self.invite()
        elif person is not None:
            option = next((each for each in self.options(person) if each.key == what), None)
            if option is None:
                resend = what == "resend"
                text = _("Only an invitation is sent again.") if resend else _("Nobody has answered yet.")
                say(self, text, "warning")
            elif option.why_not:
                say(self, option.why_not, "warning")
            else:
                await self.do(what, person)

    async def do(self, what: str, person: Somebody) -> None:
        """Ask what has to be asked, do it, show it."""
        if isinstance(person, MemberRow):
            acts: dict[str, Callable[[MemberRow], Awaitable[None]]] = {
                "role": self.set_role,
                "line": self.link_line,
                "unlink": self.unlink_line,
                "remove": self.remove_member,
                "ownership": self.change_ownership,
            }
            await acts[what](person)
        elif what == "resend":
            if await self.change("invitations.resend", invitation_id=person.id) is not None:
                say(self, _("The invitation was sent again."))
        else:
            await self.withdraw(person)

    async def invite(self) -> None:
        """Somebody new."""
        why_not = self.why_not("INVITE")
        if why_not:
            say(self, why_not, "warning")
            return
        roles = ROLES if self.may("SET_ROLES") else ROLES[:1]
        if await self.app.push_screen_wait(InviteForm(self.visit.account_id or 0, roles)) is not None:
            say(self, _("The invitation is on its way."))
            await self.renew()

    async def set_role(self, member: MemberRow) -> None:
        """Role and areas; they count at the next action."""
        if await self.app.push_screen_wait(RoleForm(member)) is not None:
            say(self, _("Saved."))
            await self.renew()

    async def link_line(self, member: MemberRow) -> None:
        """A line of their own."""
        if await self.app.push_screen_wait(LineForm(member)) is not None:
            say(self, _("Saved."))
            await self.renew()

    async def unlink_line(self, member: MemberRow) -> None:
        """They no longer see its use."""
        await self.change("members.unlink_line", member_id=member.id)

    async def remove_member(self, member: MemberRow) -> None:
        """Ask first, saying what it does."""
        if await self.app.push_screen_wait(removal(member, self.visit.account_name)):
            await self.change("members.remove", member_id=member.id)

    async def withdraw(self, invitation: InvitationRow) -> None:
        """Ask first."""
        if await self.app.push_screen_wait(withdrawal(invitation)):
            await self.change("invitations.withdraw", invitation_id=invitation.id)

    async def change_ownership(self, member: MemberRow) -> None:
        """Under Requests, where it is asked and followed."""
        from app.screens.my_data.area import MyDataArea

        await self.screen.query_one(MyDataArea).open_tab("requests")
        if await ask(self, "ownership") is not None:
            await self.screen.query_one(MyDataArea).refresh_data()
