"""Signing in with what a test does not care about filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.clock import FixedClock
from app.content import Content
from app.operations.core import Refused, Visit, one_time
from app.operations.core.next_step import NextStep
from app.operations.signin import sign_in
from app.secret import Secret
from app.settings import Settings
from app.store import Store
from tests.operations.three_customers import PASSWORD


class Door:
    """One way in: from an address, over a channel."""

    def __init__(
        self,
        store: Store,
        clock: FixedClock,
        content: Content,
        settings: Settings,
        address: str = "",
        channel: str = "terminal",
    ) -> None:
        self.store, self.clock, self.content, self.settings = store, clock, content, settings
        self.address, self.channel = address, channel

    def __call__(self, who: str, password: str = PASSWORD) -> Visit:
        return sign_in(
            self.store,
            self.clock,
            self.content,
            self.settings,
            who,
            password,
            channel=self.channel,
            address=self.address,
        )

    def at(self, address: str, channel: str = "terminal") -> Door:
        """The same from somewhere else."""
        return Door(self.store, self.clock, self.content, self.settings, address, channel)

    def with_schemes(self, *schemes: str) -> Door:
        """The same where people sign in with something else."""
        operator = replace(self.content.operator, login_scheme=schemes)
        content = replace(self.content, operator=operator)
        return Door(self.store, self.clock, content, self.settings, self.address, self.channel)

    def with_required(self, *roles: str) -> Door:
        """The same where some roles must have one-time passwords."""
        access = replace(self.content.access, second_factor=roles)
        content = replace(self.content, access=access)
        return Door(self.store, self.clock, content, self.settings, self.address, self.channel)

    def refused(self, who: str, password: str = PASSWORD) -> str:
        """The text of a refusal."""
        with pytest.raises(Refused) as caught:
            self(who, password)
        return caught.value.message

    def asked(self, who: str, password: str = PASSWORD) -> NextStep:
        """What is asked after the password."""
        with pytest.raises(NextStep) as caught:
            self(who, password)
        return caught.value


def code_of(seed: str, clock: FixedClock, steps: int = 0) -> Secret:
    """What the phone shows now, or some steps later."""
    return Secret(one_time.code_at(seed, clock.now() // one_time.STEP + steps))
