"""What all entities share: strict tables, instants as integers, versions on what people edit."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, CheckConstraint, String
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, SQLModel

STRICT: dict[str, Any] = {"sqlite_strict": True}
BLANK: dict[str, Any] = {"server_default": ""}
"""A text column that rows of before it was added hold empty."""
PERSONAL: dict[str, Any] = {"info": {"personal": True}}
"""A column that says something about a person: export shows it, erasure empties it."""


@compiles(String, "sqlite")
def _text(_type: String, _compiler: Any, **_: Any) -> str:
    return "TEXT"


@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(_type: Any, _compiler: Any, **_: Any) -> str:
    # STRICT tables of SQLite know neither BIGINT nor BOOLEAN.
    return "INTEGER"


class Entity(SQLModel):
    """Base of all tables. Instants are unix seconds UTC, money is in cents unless named `_micro`."""

    __table_args__: ClassVar[Any] = STRICT


def one_of(column: str, *values: str) -> CheckConstraint:
    """A constraint that a text column holds one of a few words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def between(column: str, low: int, high: int) -> CheckConstraint:
    """A constraint on the range of a whole number."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


def personal(*, max_length: int, default: Any = "") -> Any:
    """A text column that is PERSONAL.

    Args:
        default: `...` where a value must be given; else empty.
    """
    more = PERSONAL if default is ... else PERSONAL | BLANK
    return Field(default=default, max_length=max_length, sa_column_kwargs=more)
