"""What goes wrong with a database, in the same words for every kind of it."""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot do what was asked; the text says what to do about it."""


class Busy(StoreError):
    """Another program holds the database; the same may work a moment later."""


class IntegrityError(Exception):
    """A rule of the tables forbids this change; nothing of its transaction was kept.

    It is raised where the transaction ends, never inside: PostgreSQL does nothing more in a transaction after
    an error, so code that means to go on asks first, or says ON CONFLICT.
    """


def driver_error(error: BaseException) -> BaseException:
    """What the driver said, also where SQLAlchemy put its own error around it."""
    inner = getattr(error, "orig", None)
    return inner if isinstance(inner, BaseException) else error
