"""The desk of somebody who practises: a copy of the practice world instead of the portal's database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.clock import Clock
from app.content import Content
from app.i18n import _, language
from app.operations.core.outbox import SECRET_PLACE
from app.screens.desk import Desk
from app.settings import Settings
from app.store import Store
from app.text import safe
from app.tours.practice_copies import throw_away
from app.vault import Vault

T = TypeVar("T")
Told = tuple[str, str, bool]
"""Title and text of a message, and whether a code is in it that must be typed over."""
Tell = Callable[[str, str, bool], object]
MOST_CELLS = 300


class PracticeDesk(Desk):
    """Works on a copy that is thrown away with it. Nothing is sent: what would be is told to the person."""

    practice = True

    def __init__(self, settings: Settings, content: Content, clock: Clock, tell: Tell) -> None:
        super().__init__(settings, clock)
        self.content = content
        self.tell = tell
        """Called with what is `Told` of each message that would leave the house."""
        self._told = 0

    def _open(self) -> None:
        store = Store(self.settings.database_url, self.settings.home)
        newest = store.row("SELECT coalesce(max(id), 0) FROM message")
        self._told = int(newest[0]) if newest else 0
        self.store = store

    async def enter(self, user_name: str) -> None:
        """Be this person from now on, without a password."""
        await self.opened()
        spoken = language()

        def signed_in() -> None:
            from app.tours.practice_visit import enter

            assert self.store is not None
            assert self.content is not None
            self._entered(enter(self.store, self.content, self.clock, self.settings, user_name, spoken))

        await super().run(signed_in)

    async def tell_last_code(self) -> None:
        """Tell the code that was mailed last: who practises as a visitor has no mailbox to find it in."""
        await self.opened()
        newest = "secret <> '' ORDER BY id DESC LIMIT 1"
        for told in await super().run(lambda: self._messages(newest)):
            self.tell(*told)

    async def run(self, function: Callable[[], T]) -> T:
        """As for every desk; then what would be sent is told."""
        written: list[Told] = []

        def both() -> T:
            try:
                return function()
            finally:
                written.extend(self._new_messages())

        try:
            return await super().run(both)
        finally:
            for told in written:
                self.tell(*told)

    def _new_messages(self) -> list[Told]:
        newest = None if self.store is None else self.store.row("SELECT max(id) FROM message")
        if newest is None or (newest[0] or 0) <= self._told:
            return []
        told, self._told = self._told, newest[0]
        return self._messages("id > :told ORDER BY id", told=told)

    def _messages(self, condition: str, **values: int) -> list[Told]:
        """The messages for which something is true."""
        assert self.store is not None
        columns = "SELECT key, recipient, subject, body, secret FROM message"
        found = []
        for key, recipient, subject, body, secret in self.store.rows(
            f"{columns} WHERE {condition}", **values
        ):
            code = Vault(self.settings.keys).open(secret, f"message.secret.{key}") if secret else ""
            said = [subject, code] if subject else [body.replace(SECRET_PLACE, code)]
            title = _("Practice: this would go to {recipient}").format(recipient=recipient)
            text = "\n".join(safe(line, cells=MOST_CELLS) for line in said if line)
            found.append((title, text, bool(code)))
        return found

    def close(self) -> None:
        """End the thread and throw everything away."""
        self.stop_listening()
        if self.store is not None:
            self._thread.submit(self.store.close)
        self._thread.shutdown(wait=True)
        throw_away(self.settings)
