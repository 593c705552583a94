"""PostgreSQL as the database that several serving hosts share. The driver is loaded by who uses it."""

from app.store.errors import StoreError

try:
    import psycopg  # noqa: F401
except ImportError as missing:
    raise StoreError(
        "LOKET_DATABASE_URL: the driver for PostgreSQL is not installed. Run: pip install 'loket[postgres]'"
    ) from missing
