"""Many rows at once: column by column, with tables of what texts mean.

Whatever is not plain here answers None for its row; `app.intake.row` then reads that row by itself. Both
use the same functions for single values, so they cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.content.sources import UNITS, Cell, SourceMapping
from app.intake import fields
from app.intake.fields import MEMO_SIZE, Memo
from app.intake.records import Fields
from app.intake.row import DAY, KIND_NAMES, LONGEST_ID, RowReader
from app.rating.codes import Direction, Flag

HOUR = 13
"""Characters of 2026-11-21T17."""
LAST_SECOND = 3599
MINUTES = re.compile(r":([0-5]\d):([0-5]\d)", re.ASCII)
TIME_FORMS = ("iso", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
MT = int(Direction.MT)
WIFI = int(Flag.WIFI)
Values = Sequence[int | None]


class Columns:
    """Reads the columns of one mapping."""

    def __init__(self, mapping: SourceMapping, index: dict[str, int], reader: RowReader) -> None:
        self.mapping = mapping
        self.index = index
        self.reader = reader
        self.hours = Memo(self._hour)
        self.minutes = Memo(self._minutes)
        self.times = Memo(reader.instant)
        self.kinds = Memo(lambda text: fields.word(text, mapping.kinds))
        self.directions = Memo(lambda text: fields.word(text, mapping.directions))
        self.outgoing = Memo(lambda text: fields.number(text, mapping.numbers))
        self.incoming = Memo(lambda text: fields.sender(text, mapping.numbers))
        self.flags = Memo(fields.flag)
        self.legs = Memo(fields.legs)
        self.countries = Memo(self._country)
        self.networks: dict[tuple[str, str, int], int | None] = {}
        self.subscribers: dict[str, str | None] = {}
        self.volumes = {kind: Memo(self._volume_of(kind)) for kind in mapping.volumes}

    def read(self, rows: list[list[str]], ids: list[str]) -> tuple[Fields, set[int]]:
        """The records of rows that have all columns, and the places of those to be read by themselves."""
        columns = list(zip(*rows, strict=True))
        count = len(rows)
        starts = self._starts(columns[self.index[self.mapping.time.column]])
        kinds = list(map(self.kinds.__getitem__, self._texts(self.mapping.kind, columns, count)))
        directions = list(
            map(self.directions.__getitem__, self._texts(self.mapping.direction, columns, count))
        )
        parts: tuple[list[Any], ...] = (
            ids,
            self._subscribers(columns, count),
            starts,
            kinds,
            directions,
            self._volumes(columns, kinds),
            self._places(columns, starts, count),
            self._numbers(columns, directions),
            self._flags(columns, count),
            self._legs(columns, count),
        )
        unsure = set[int]()
        for part in parts[1:]:
            if None in part:
                unsure.update(number for number, value in enumerate(part) if value is None)
        if not all(ids) or max(map(len, ids)) > LONGEST_ID:
            unsure.update(number for number, name in enumerate(ids) if not 0 < len(name) <= LONGEST_ID)
        return list(parts), unsure

    def _texts(self, cell: Cell, columns: list[tuple[str, ...]], count: int) -> Sequence[str]:
        return columns[self.index[cell.column]] if cell.column else (cell.constant,) * count

    def _starts(self, texts: Sequence[str]) -> list[int | None]:
        if self.mapping.time.format not in TIME_FORMS:
            return list(map(self.times.__getitem__, texts))
        hours, minutes = self.hours, self.minutes
        return [
            hour + rest
            if (hour := hours[text[:HOUR]]) is not None and (rest := minutes[text[HOUR:]]) is not None
            else None
            for text in texts
        ]

    def _hour(self, text: str) -> int:
        """The instant at which an hour begins; an hour in which the clock changes is not plain."""
        if len(text) != HOUR:
            raise ValueError(text)
        begin = self.reader.instant(text + ":00:00")
        if begin < 0 or self.reader.instant(text + ":59:59") - begin != LAST_SECOND:
            raise ValueError(text)
        return begin

    def _minutes(self, text: str) -> int:
        if self.mapping.time.format == "iso" and self.mapping.time.zone == "UTC":
            text = text.removesuffix("Z")
        found = MINUTES.fullmatch(text)
        if not found:
            raise ValueError(text)
        return int(found[1]) * 60 + int(found[2])

    def _subscribers(self, columns: list[tuple[str, ...]], count: int) -> list[str | None]:
        known, found = self.subscribers, []
        for text in self._texts(self.mapping.subscriber, columns, count):
            if text not in known:
                if len(known) > MEMO_SIZE:
                    known.clear()
                try:
                    known[text] = self.reader.subscriber(text)
                except ValueError:
                    known[text] = None
            found.append(known[text])
        return found

    def _volumes(self, columns: list[tuple[str, ...]], kinds: Values) -> list[int | None]:
        texts = {kind: self._texts(cell, columns, len(kinds)) for kind, cell in self.mapping.volumes.items()}
        scale = {
            kind: UNITS[KIND_NAMES[kind]][cell.unit] if cell.unit != "clock" else 0
            for kind, cell in self.mapping.volumes.items()
        }
        digits = {kind: 18 - len(str(factor)) if factor else 0 for kind, factor in scale.items()}
        slow = self.volumes
        return [
            None
            if kind is None
            else int(text) * scale[kind]
            if len(text := texts[kind][number]) <= digits[kind] and text.isdecimal()
            else slow[kind][text]
            for number, kind in enumerate(kinds)
        ]

    def _places(self, columns: list[tuple[str, ...]], starts: Values, count: int) -> list[int | None]:
        place = self.mapping.place
        if place.country is not None:
            return list(map(self.countries.__getitem__, self._texts(place.country, columns, count)))
        if place.network:
            codes = columns[self.index[place.network]]
            plain = [code.strip().replace("-", "").replace(" ", "") for code in codes]
            pairs: Iterable[tuple[str, str]] = [(code[:3], code[3:]) for code in plain]
        else:
            pairs = zip(columns[self.index[place.mcc]], columns[self.index[place.mnc]], strict=True)
        known, found = self.networks, list[int | None]()
        for (mcc, mnc), start in zip(pairs, starts, strict=True):
            key = (mcc, mnc, (start or 0) // DAY)
            if key not in known:
                if len(known) > MEMO_SIZE:
                    known.clear()
                known[key] = self.reader.network_place(*key)
            found.append(known[key])
        return found

    def _numbers(self, columns: list[tuple[str, ...]], directions: Values) -> list[int | None]:
        numbers = self.mapping.numbers
        none = ("",) * len(directions)
        to = columns[self.index[numbers.outgoing]] if numbers.outgoing else none
        back = columns[self.index[numbers.incoming]] if numbers.incoming else none
        outgoing, incoming = self.outgoing, self.incoming
        return [
            incoming[other] if direction == MT else outgoing[called]
            for direction, called, other in zip(directions, to, back, strict=True)
        ]

    def _flags(self, columns: list[tuple[str, ...]], count: int) -> list[int | None]:
        if not self.mapping.wifi:
            return [0] * count
        found = map(self.flags.__getitem__, columns[self.index[self.mapping.wifi]])
        return [None if value is None else value * WIFI for value in found]

    def _legs(self, columns: list[tuple[str, ...]], count: int) -> list[int | None]:
        if not self.mapping.legs:
            return [1] * count
        return list(map(self.legs.__getitem__, columns[self.index[self.mapping.legs]]))

    def _country(self, text: str) -> int:
        found = self.reader.country_place(text)
        if found is None:
            raise ValueError(text)
        return found

    def _volume_of(self, kind: int):  # type: ignore[no-untyped-def]
        return lambda text: self.reader.volume(kind, text)
