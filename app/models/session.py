"""Entities on a connection that somebody else opened and will commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

if TYPE_CHECKING:
    from app.store import Transaction

KEPT = "loket_engine"


def open_session(tx: Transaction) -> Session:
    """A session inside an open transaction: flush it, do not commit it."""
    engine = _in_postgres(tx.connection) if tx.dialect == "postgresql" else _on("sqlite://", tx.connection)
    return Session(engine, expire_on_commit=False)


def _in_postgres(connection: Any) -> Engine:
    """Kept with the connection: a new engine asks the server for its version and more."""
    engine: Engine | None = getattr(connection, KEPT, None)
    if engine is None:
        engine = _on("postgresql+psycopg://", connection, use_native_hstore=False)
        # Truth is 1 and 0, as in the statements that are written out.
        engine.dialect.supports_native_boolean = False
        setattr(connection, KEPT, engine)
    return engine


def _on(url: str, connection: Any, **more: Any) -> Engine:
    engine = create_engine(url, creator=lambda: connection, poolclass=StaticPool, **more)
    # The owner of the transaction ends it; SQLAlchemy's own reset would roll it back.
    engine.dialect.do_rollback = _leave  # type: ignore[method-assign]
    engine.dialect.do_commit = _leave  # type: ignore[method-assign]
    engine.dialect.do_close = _leave  # type: ignore[method-assign]
    return engine


def _leave(dbapi_connection: Any) -> None:
    """Do nothing."""
