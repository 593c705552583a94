"""What can go wrong with an operation, each with a text for the person and an exit code for scripts."""

from __future__ import annotations

from dataclasses import dataclass


class OperationError(Exception):
    """Base: `message` is for the person who asked, `field` names the input at fault, if one is."""

    exit_code = 1

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(OperationError):
    """An input is wrong; the message names the cure."""

    exit_code = 2


class Refused(OperationError):
    """The right is missing, or a rule forbids it."""

    exit_code = 3


class RightMissing(Refused):
    """What exactly was asked needs a further right; written down like every refusal for want of a right."""


class SignedOut(Refused):
    """The session is over; the person has to sign in again."""


class PasswordNeeded(Refused):
    """A sensitive change: the person has to give the password again, then the same call succeeds."""


class HelpEnded(Refused):
    """An agent's time for a customer is over; the agent's own session goes on."""


class NotFound(OperationError):
    """No such thing, or not this visitor's: the two are never told apart."""

    exit_code = 4


class Unavailable(OperationError):
    """Somebody else holds what is needed, or a place outside does not answer; trying again helps."""

    exit_code = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people changed: what it was, what the other made of it, what was asked now."""

    field: str
    before: object
    theirs: object
    mine: object


class Conflict(OperationError):
    """The record was changed since it was read; nothing was saved."""

    exit_code = 5

    def __init__(self, message: str, differences: tuple[Difference, ...], version: int) -> None:
        super().__init__(message)
        self.differences = differences
        self.version = version
