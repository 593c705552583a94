"""Tokens for scripts: which there are, making one, revoking one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from app import units
from app.i18n import _
from app.operations.core.role_words import AREAS, area_name
from app.operations.tokens import NewToken, TokenRow
from app.screens.area import attempt, desk_of
from app.screens.my_data.list_dialog import ListDialog
from app.screens.my_data.own_form import OwnForm
from app.screens.my_data.people_forms import ticks
from app.screens.sign_in.step_form import Wrong
from app.text import safe
from app.widgets.columns import Column
from app.widgets.dialog import Action, Confirm, Dialog
from app.widgets.form_field import FormField
from app.widgets.rows import Key, Row

EXPORT = "EXPORT"
PART = "part-"
DAYS, IDLE_DAYS = "90", "30"


class TokensDialog(ListDialog):
    """One's own for this customer, the newest first."""

    def __init__(self) -> None:
        text = _("A script works with a token instead of your password. It may do a part of what you may.")
        super().__init__(_("Tokens for scripts"), text)
        self.empty = _("No tokens yet. Press n to make the first one.")

    def columns(self) -> list[Column]:
        return [
            Column(_("Name"), 14, flex=1),
            Column(_("May"), 14, flex=1),
            Column(_("Until"), 11),
            Column(_("Last used"), 11),
            Column(_("State"), 8),
        ]

    def actions(self) -> Sequence[Action]:
        return [
            Action("add", _("New token"), "primary", "n"),
            Action("revoke", _("Revoke"), key="x"),
            self.close_action(),
        ]

    def acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"add": self.add, "revoke": self.revoke}

    async def read(self) -> Sequence[tuple[Key, TokenRow]] | None:
        found: list[TokenRow] | None = await attempt(self, "tokens.page")
        return None if found is None else [(each.id, each) for each in found]

    def cells(self, thing: TokenRow) -> Row:
        visit = desk_of(self).visit
        zone = visit.zone if visit else "UTC"
        states = {"valid": _("valid"), "expired": _("ran out"), "revoked": _("revoked")}
        until = units.date(min(thing.expires_at, thing.unused_until), zone)
        used = units.date(thing.last_used_at, zone) if thing.last_used_at else _("never")
        return (thing.name, ", ".join(thing.rights), until, used, states.get(thing.state, thing.state))

    async def add(self) -> None:
        """Ask what it may, then show it, this once."""
        visit = desk_of(self).visit
        assert visit is not None
        parts = {
            area: tuple(right for right in rights if visit.reach(right) is not None)
            for area, rights in {**visit.content.matrix.areas, EXPORT: (EXPORT,)}.items()
        }
        order = [area for area in (*AREAS, EXPORT) if parts.get(area)]
        made = await self.app.push_screen_wait(TokenForm({area: parts[area] for area in order}))
        if made is not None:
            await self.app.push_screen_wait(TokenShown(made))

    async def revoke(self) -> None:
        """Ask first: the script stops."""
        token: TokenRow | None = self.chosen
        if token is None or token.state == "revoked":
            return
        question = Confirm(
            _("Revoke {name}?").format(name=token.name),
            _("The script that has it is refused from now on."),
            _("Revoke"),
            _("Keep"),
            danger=True,
        )
        if await self.app.push_screen_wait(question):
            await self.change("tokens.revoke", token_id=token.id)


class TokenForm(OwnForm):
    """What a script may; answers with the token.

    Args:
        parts: what can be given, by area: the rights that the visitor has in it.
    """

    def __init__(self, parts: Mapping[str, Sequence[str]]) -> None:
        super().__init__(_("New token"), "tokens.add", go=_("Make it"))
        self.parts = parts

    def fields(self) -> Iterable[FormField]:
        yield FormField("name", _("What it is for"), required=True, max_length=100)
        for part in self.parts:
            label = _("export lists") if part == EXPORT else area_name(part)
            yield FormField(f"{PART}{part}", label, options=ticks())
        yield FormField("networks", _("Only from (address)"), max_length=200)
        yield FormField("days", _("Valid for days"), DAYS, required=True, max_length=3)
        yield FormField("idle_days", _("Ends unused after"), IDLE_DAYS, required=True, max_length=3)

    def arguments(self) -> dict[str, Any]:
        chosen = [part for part in self.parts if self.typed(f"{PART}{part}") == "yes"]
        if not chosen:
            raise Wrong(_("Choose at least one."), f"{PART}{next(iter(self.parts), '')}")
        return {
            "name": self.typed("name"),
            "rights": [right for part in chosen for right in self.parts[part]],
            "networks": self.typed("networks").replace(",", " ").split(),
            "days": self.number("days"),
            "idle_days": self.number("idle_days"),
        }

    def number(self, name: str) -> int:
        """A field as a whole number."""
        try:
            return int(self.typed(name))
        except ValueError as error:
            raise Wrong(_("Write a whole number."), name) from error


class TokenShown(Dialog):
    """The token, this once."""

    def __init__(self, made: NewToken) -> None:
        super().__init__(_("Copy the token now"))
        self.made: NewToken | None = made

    def body(self) -> Iterable[Widget]:
        assert self.made is not None
        text = _("It is shown only this once. Keep it in a file that LOKET_TOKEN_FILE names.")
        yield Label(Content(safe(text)), classes="dialog-text")
        yield Static(f"\n{self.made.token}\n", id="token", markup=False)

    def actions(self) -> Sequence[Action]:
        return [Action("kept", _("I have copied it"), "primary")]

    async def on_action(self, id: str) -> None:
        self.dismiss(True)

    def on_unmount(self) -> None:
        """The token goes with the screen."""
        self.made = None
