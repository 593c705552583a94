"""Ways in beside the password: whoever knew the old one may have made some, so they end with it."""

from __future__ import annotations

from dataclasses import dataclass

from app.operations.core import mail_words, ssh_keys, tokens
from app.operations.core.visit import Visit


@dataclass(frozen=True, slots=True)
class Ended:
    """How many tokens for scripts and SSH keys a login had."""

    tokens: int = 0
    keys: int = 0

    def told(self) -> list[str]:
        """What a mail says of it, in the language in force; nothing where there were none."""
        return [
            *([mail_words.tokens_ended()] if self.tokens else []),
            *([mail_words.keys_removed()] if self.keys else []),
        ]


def end_all(visit: Visit, login_id: int) -> Ended:
    """End a login's tokens and take its SSH keys away, in the open transaction."""
    return Ended(tokens.end_all(visit, login_id), ssh_keys.end_all(visit, login_id))
