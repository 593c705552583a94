"""The database as plain rows: what reads and bulk writes use."""

from app.store.sqlite import StoreError
from app.store.store import Row, Store, Transaction

__all__ = ["Row", "Store", "StoreError", "Transaction"]
