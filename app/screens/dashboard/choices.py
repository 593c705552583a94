"""What can be chosen on the start page."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CustomerChosen(Message):
    """Staff chose a customer to look at."""

    account_id: int
