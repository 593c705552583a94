"""What every operation stands on: the visit, the register, the audit chain and the errors."""

from app.operations.core.errors import (
    Conflict,
    Difference,
    Invalid,
    NotFound,
    OperationError,
    Refused,
    Unavailable,
)
from app.operations.core.registry import operation, perform
from app.operations.core.visit import Visit

__all__ = [
    "Conflict",
    "Difference",
    "Invalid",
    "NotFound",
    "OperationError",
    "Refused",
    "Unavailable",
    "Visit",
    "operation",
    "perform",
]
