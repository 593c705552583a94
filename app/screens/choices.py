"""What the helpdesk chooses, told to the shell."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CustomerChosen(Message):
    """Somebody calls for this customer."""

    account_id: int
