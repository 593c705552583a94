"""One row with one mapping: the record it says, or the first field that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.content import Content
from app.content.sources import Cell, SourceMapping
from app.intake import fields
from app.intake.records import Record
from app.intake.wrong import wrong
from app.rating.codes import Direction, Flag, Kind, Reason

LONGEST_ID = 100
LONGEST_SUBSCRIBER = 64
KIND_NAMES = {int(kind): kind.name.lower() for kind in (Kind.VOICE, Kind.SMS, Kind.DATA)}
DAY = 86_400


class Fault(Exception):
    """A row cannot be rated: the column at fault (or a field's name), a `Reason`, and what is `wrong`."""

    def __init__(self, field: str, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.reason = reason


class RowReader:
    """Reads single rows. What is quick for many rows is in `app.intake.columns`; this says what is true."""

    def __init__(self, mapping: SourceMapping, index: dict[str, int], content: Content) -> None:
        self.mapping = mapping
        self.index = index
        self.content = content
        self.zone = ZoneInfo(mapping.time.zone)

    def read(self, row: Sequence[str], external_id: str) -> Record:
        """The normalised record.

        Raises:
            Fault: a field is wrong.
        """
        mapping = self.mapping
        if not external_id or len(external_id) > LONGEST_ID:
            detail = wrong("bad_id", most=LONGEST_ID)
            raise Fault(mapping.id_column, Reason.BAD_FIELD, detail)
        start = self._value(mapping.time.column, row, self.instant)
        if start < 0:
            raise Fault(mapping.time.column, Reason.BAD_FIELD, wrong("too_old"))
        kind = self._word(mapping.kind, mapping.kinds, row)
        direction = self._word(mapping.direction, mapping.directions, row)
        return (
            external_id,
            self._subscriber(row),
            start,
            kind,
            direction,
            self._volume(kind, row),
            self._place(row, start // DAY),
            self._number(direction, row),
            int(Flag.WIFI) if mapping.wifi and self._value(mapping.wifi, row, fields.flag) else 0,
            self._value(mapping.legs, row, fields.legs) if mapping.legs else 1,
        )

    def text(self, cell: Cell, row: Sequence[str]) -> str:
        """What a cell of the mapping says in this row."""
        return row[self.index[cell.column]] if cell.column else cell.constant

    def instant(self, text: str) -> int:
        """A time of the file in unix seconds."""
        return fields.instant(text, self.mapping.time, self.zone)

    def volume(self, kind: int, text: str) -> int:
        """How much a record of this kind is."""
        return fields.volume(text, self.mapping.volumes[kind].unit, KIND_NAMES[kind], self.mapping.decimal)

    def subscriber(self, text: str) -> str:
        """The identifier as lines have it: numbers with the plus sign."""
        text = text.strip()
        if self.mapping.subscriber_kind == "msisdn" and text:
            text = f"+{fields.number(text, self.mapping.numbers)}"
        if not text or len(text) > LONGEST_SUBSCRIBER or text == "+0":
            raise ValueError(wrong("no_subscriber", text=text))
        return text

    def network_place(self, mcc: str, mnc: str, day: int) -> int | None:
        """The place of a network on a day since 1970, None if it is not known."""
        mcc, mnc = mcc.strip(), mnc.strip()
        if not (mcc.isascii() and mcc.isdecimal() and mnc.isascii() and mnc.isdecimal()):
            return None
        return self.content.networks.place_of(mcc, mnc, datetime.fromtimestamp(day * DAY, UTC).date())

    def country_place(self, text: str) -> int | None:
        """The place of a country code."""
        return self.content.places.find(text.strip().upper())

    def _value(self, column: str, row: Sequence[str], meaning: object) -> int:
        try:
            return int(meaning(row[self.index[column]]))  # type: ignore[operator]
        except ValueError as error:
            raise Fault(column, Reason.BAD_FIELD, str(error)) from None

    def _word(self, cell: Cell, known: dict[str, int], row: Sequence[str]) -> int:
        try:
            return fields.word(self.text(cell, row), known)
        except ValueError as error:
            raise Fault(cell.column, Reason.BAD_FIELD, str(error)) from None

    def _subscriber(self, row: Sequence[str]) -> str:
        try:
            return self.subscriber(self.text(self.mapping.subscriber, row))
        except ValueError as error:
            raise Fault(self.mapping.subscriber.column, Reason.BAD_FIELD, str(error)) from None

    def _volume(self, kind: int, row: Sequence[str]) -> int:
        cell = self.mapping.volumes[kind]
        try:
            return self.volume(kind, self.text(cell, row))
        except ValueError as error:
            raise Fault(cell.column, Reason.BAD_FIELD, str(error)) from None

    def _number(self, direction: int, row: Sequence[str]) -> int:
        numbers = self.mapping.numbers
        incoming = direction == Direction.MT
        column = numbers.incoming if incoming else numbers.outgoing
        if not column:
            return 0
        try:
            text = row[self.index[column]]
            return fields.sender(text, numbers) if incoming else fields.number(text, numbers)
        except ValueError as error:
            raise Fault(column, Reason.BAD_FIELD, str(error)) from None

    def _place(self, row: Sequence[str], day: int) -> int:
        place = self.mapping.place
        if place.country is not None:
            text = self.text(place.country, row)
            found, column = self.country_place(text), place.country.column
        else:
            mcc, mnc = self.network(row)
            text, column = f"{mcc}-{mnc}", place.network or place.mcc
            found = self.network_place(mcc, mnc, day)
        if found is None:
            detail = wrong("no_place", text=text)
            raise Fault(column, Reason.UNKNOWN_PLACE, detail)
        return found

    def network(self, row: Sequence[str]) -> tuple[str, str]:
        """MCC and MNC of a row, from two columns or from one."""
        place = self.mapping.place
        if place.network:
            code = row[self.index[place.network]].strip().replace("-", "").replace(" ", "")
            return code[:3], code[3:]
        return row[self.index[place.mcc]], row[self.index[place.mnc]]
