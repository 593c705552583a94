"""What every operation stands on: the visit, the register, the audit chain and the errors."""

from app.operations.core.errors import (
    Conflict,
    Difference,
    HelpEnded,
    Invalid,
    NotFound,
    OperationError,
    PasswordNeeded,
    Refused,
    SignedOut,
    Unavailable,
)
from app.operations.core.registry import operation, perform
from app.operations.core.visit import Visit

__all__ = [
    "Conflict",
    "Difference",
    "HelpEnded",
    "Invalid",
    "NotFound",
    "OperationError",
    "PasswordNeeded",
    "Refused",
    "SignedOut",
    "Unavailable",
    "Visit",
    "operation",
    "perform",
]
