"""SSH keys: which there are, adding one, removing one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from app import units
from app.i18n import _
from app.operations.ssh_keys import SshKeyRow
from app.screens.area import attempt, desk_of
from app.screens.my_data.list_dialog import ListDialog
from app.screens.my_data.own_form import OwnForm
from app.screens.my_products.changes import say
from app.widgets.columns import Column
from app.widgets.dialog import Action, Confirm
from app.widgets.form_field import FormField
from app.widgets.rows import Key, Row

LONGEST = 4000
"""An RSA key of 16,384 bits with what it is called fits."""


class SshKeysDialog(ListDialog):
    """One's own, the newest first."""

    def __init__(self) -> None:
        text = _("Who has the other half of a key signs in over SSH as you, without your password.")
        super().__init__(_("SSH keys"), text)
        self.empty = _("No keys yet. Press n to add the first one.")

    def columns(self) -> list[Column]:
        return [
            Column(_("Name"), 14, flex=1),
            Column(_("Fingerprint"), 18, flex=1),
            Column(_("Added"), 11),
            Column(_("Last used"), 11),
        ]

    def actions(self) -> Sequence[Action]:
        return [
            Action("add", _("Add a key"), "primary", "n"),
            Action("remove", _("Remove"), key="x"),
            self.close_action(),
        ]

    def acts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"add": self.add, "remove": self.remove_one}

    async def read(self) -> Sequence[tuple[Key, SshKeyRow]] | None:
        found: list[SshKeyRow] | None = await attempt(self, "ssh_keys.page")
        return None if found is None else [(each.id, each) for each in found]

    def cells(self, thing: SshKeyRow) -> Row:
        visit = desk_of(self).visit
        zone = visit.zone if visit else "UTC"
        used = units.date(thing.last_used_at, zone) if thing.last_used_at else _("never")
        return (thing.name, thing.fingerprint, units.date(thing.created_at, zone), used)

    async def add(self) -> None:
        """Paste one; its fingerprint is said, to be compared with what ssh-keygen shows."""
        added = await self.app.push_screen_wait(SshKeyForm())
        if isinstance(added, SshKeyRow):
            say(
                self,
                _("{name} was added: {fingerprint}").format(name=added.name, fingerprint=added.fingerprint),
            )

    async def remove_one(self) -> None:
        """Ask first, with the whole fingerprint."""
        key: SshKeyRow | None = self.chosen
        if key is None:
            return
        text = _("Nobody signs in with it any more. Other sessions that it began end.")
        question = Confirm(
            _("Remove {name}?").format(name=key.name),
            f"{text}\n\n{key.fingerprint}",
            _("Remove"),
            _("Keep"),
            danger=True,
        )
        if await self.app.push_screen_wait(question):
            await self.change("ssh_keys.remove", key_id=key.id)


class SshKeyForm(OwnForm):
    """The line of a .pub file, and what the key is called."""

    def __init__(self) -> None:
        text = _(
            "Paste the line of your public key: a file like ~/.ssh/id_ed25519.pub holds it. "
            "No such file? Make one on your computer: ssh-keygen -t ed25519"
        )
        super().__init__(_("Add an SSH key"), "ssh_keys.add", text, _("Add"))

    def fields(self) -> Iterable[FormField]:
        yield FormField("key", _("Public key"), required=True, max_length=LONGEST)
        yield FormField("name", _("What it is called"), max_length=100)

    def arguments(self) -> dict[str, Any]:
        return {"key": self.typed("key"), "name": self.typed("name")}
