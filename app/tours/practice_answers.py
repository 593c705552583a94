"""What nobody types into a tour's file: the passwords and codes of the practice, as `$practice_password`.

$practice_password            of every login
$practice_new_password        another one that the rule accepts
$practice_telephone_password  of every customer
$practice_code                the newest code that would have gone out by mail or SMS
$practice_totp                what the phone of who practises shows now
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.content import Content
from app.operations.core import one_time
from app.store import Store
from app.vault import Vault

NEW_PASSWORD: Final = "Windkracht-2027"  # noqa: S105 - of nobody who exists
PREFIX: Final = "practice_"


class Answers:
    """The secrets of one copy of the practice world. Belongs to the thread that uses its store."""

    def __init__(self, store: Store, content: Content, keys: Vault, now: int) -> None:
        self.store, self.content, self.keys, self.now = store, content, keys, now

    def answer(self, name: str) -> str:
        """The secret of that name; empty where there is none, or where it is not known."""
        makers: dict[str, Callable[[], str]] = {
            "password": lambda: self.content.practice.password,
            "new_password": lambda: NEW_PASSWORD,
            "telephone_password": lambda: self.content.practice.telephone_password,
            "code": self._sent_code,
            "totp": self._phone_code,
        }
        make = makers.get(name.removeprefix(PREFIX))
        return make() if make is not None else ""

    def _sent_code(self) -> str:
        row = self.store.row("SELECT key, secret FROM message WHERE secret <> '' ORDER BY id DESC LIMIT 1")
        return self.keys.open(row[1], f"message.secret.{row[0]}") if row else ""

    def _phone_code(self) -> str:
        row = self.store.row(
            "SELECT login_id, seed, last_step FROM second_factor ORDER BY created_at DESC, login_id LIMIT 1"
        )
        if row is None:
            return ""
        seed = self.keys.open(row[1], f"second_factor.seed.{row[0]}")
        # The clock may stand still: a step that was used is not accepted again, the next one already is.
        return one_time.code_at(seed, max(row[2] + 1, self.now // one_time.STEP))
