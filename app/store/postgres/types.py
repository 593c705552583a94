"""Values come and go as SQLite has them: whole numbers of 64 bits, truth as 1 and 0."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from psycopg import postgres
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumperUnknown

if TYPE_CHECKING:
    from psycopg.abc import AdaptContext

INT8 = postgres.types["int8"].oid


class TruthDumper(Dumper):
    """As SQLite keeps it."""

    oid = INT8

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"

    def quote(self, obj: bool) -> bytes:
        return self.dump(obj)


class TextDumper(StrDumperUnknown):
    """The server holds every sign but one, which nobody types: what is looked for with it is not there."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)


class NumericLoader(Loader):
    """Sums of 64-bit numbers are `numeric` here; all that is stored is whole."""

    def load(self, data: Buffer) -> int | Decimal:
        text = bytes(data).decode()
        return Decimal(text) if "." in text else int(text)


class TruthLoader(Loader):
    """As SQLite says it."""

    def load(self, data: Buffer) -> int:
        return 1 if bytes(data) == b"t" else 0


def adapt(context: AdaptContext) -> None:
    """Make a connection speak so."""
    adapters: Any = context.adapters
    assert adapters is not None
    # Every whole number of one type: a statement is prepared once, not for each size.
    adapters.register_dumper(int, Int8Dumper)
    adapters.register_dumper(bool, TruthDumper)
    adapters.register_dumper(str, TextDumper)
    adapters.register_loader("numeric", NumericLoader)
    adapters.register_loader("bool", TruthLoader)
