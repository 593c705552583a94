"""What the search is looked up in. Kept by app.store.search, out of the tables that people edit."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from app.models.base import STRICT, Entity

SORTED = {**STRICT, "sqlite_with_rowid": False}


class SearchTerm(Entity, table=True):
    """A beginning under which an object is found: for everybody's search in the order of the key, for one
    customer's in that of the index."""

    __tablename__ = "search_term"
    __table_args__ = (Index("search_term_account", "account_id", "kind", "term"), SORTED)

    kind: int = Field(primary_key=True)
    """Code of a kind in app.store.search.kinds."""
    term: str = Field(primary_key=True, max_length=42)
    object_id: int = Field(primary_key=True)
    account_id: int = Field(primary_key=True)


class SearchEntry(Entity, table=True):
    """All terms of one object, each behind a line feed: what to take away when it changes."""

    __tablename__ = "search_entry"
    __table_args__ = (SORTED,)

    kind: int = Field(primary_key=True)
    object_id: int = Field(primary_key=True)
    account_id: int = Field(primary_key=True)
    terms: str


class SearchPending(Entity, table=True):
    """An object that the open transaction changed; none is left when it is committed."""

    __tablename__ = "search_pending"
    __table_args__ = (STRICT,)

    id: int | None = Field(default=None, primary_key=True)
    kind: int
    object_id: int
