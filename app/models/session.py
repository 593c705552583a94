"""Entities on a connection that somebody else opened and will commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session


def open_session(connection: Any) -> Session:
    """A session inside the connection's open transaction: flush it, do not commit it."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    # The owner of the transaction ends it; SQLAlchemy's own reset would roll it back.
    engine.dialect.do_rollback = _leave  # type: ignore[method-assign]
    engine.dialect.do_commit = _leave  # type: ignore[method-assign]
    engine.dialect.do_close = _leave  # type: ignore[method-assign]
    return Session(engine, expire_on_commit=False)


def _leave(dbapi_connection: Any) -> None:
    """Do nothing."""
