"""Mediation: rows of a file become normalised records, or wait with the field that is wrong."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from app.content import Content
from app.content.sources import SourceMapping
from app.i18n import _
from app.intake.columns import Columns
from app.intake.errors import IntakeError
from app.intake.files import Block
from app.intake.records import ID, START, Fields, Record, Waiting, empty_columns, integers, ties_of
from app.intake.row import Fault, RowReader
from app.intake.wrong import wrong
from app.rating.codes import Reason

AHEAD = 300
"""Seconds by which a sender's clock may be ahead of ours."""


@dataclass(slots=True)
class Mediated:
    """One block: records with the places of their rows, rows that wait, rows that cannot even be kept."""

    columns: Fields = field(default_factory=empty_columns)
    ties: array[int] = field(default_factory=lambda: integers(()))
    """See `ties_of`."""
    at: list[int] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    """Line numbers."""
    skipped: int = 0


class Mediator:
    """Reads blocks of one file, or rows that waited, with one mapping."""

    def __init__(self, mapping: SourceMapping, header: Sequence[str], content: Content, now: int) -> None:
        self.mapping = mapping
        self.header = tuple(header)
        self.now = now
        self.index = {name: number for number, name in enumerate(self.header)}
        self.reader = RowReader(mapping, self.index, content)
        self.columns = Columns(mapping, self.index, self.reader)
        self.used = [self.index[name] for name in mapping.columns]
        self._seen: Counter[str] = Counter()

    def mediate(self, block: Block, known_ids: Sequence[str] = ()) -> Mediated:
        """Sort the rows of a block into records, waiting and rejected ones.

        known_ids: the ids of rows that were read before.
        """
        done = self._mediated(block, known_ids)
        done.columns[START:] = map(integers, done.columns[START:])
        done.ties = ties_of(self.mapping.name, done.columns[ID])
        return done

    def _mediated(self, block: Block, known_ids: Sequence[str]) -> Mediated:
        done = Mediated()
        sound = self._sound(block, done)
        ids = [known_ids[index] for index in sound] if known_ids else self._ids(block, sound)
        if not sound:
            return done
        found, unsure = self.columns.read([block.rows[index] for index in sound], ids)
        latest = self.now + AHEAD
        if not unsure and max(found[START]) <= latest:
            done.columns, done.at = found, sound
            return done
        records: list[Record] = []
        for place, record in enumerate(zip(*found, strict=True)):
            quick = place not in unsure and record[START] <= latest
            read = record if quick else self._slowly(block, sound[place], ids[place], done)
            if read is not None:
                records.append(read)
                done.at.append(sound[place])
        if records:
            done.columns = [list(column) for column in zip(*records, strict=True)]
        return done

    def _slowly(self, block: Block, index: int, external_id: str, done: Mediated) -> Record | None:
        """A row that the quick way could not read: the row reader knows what is wrong, if anything."""
        try:
            record = self.reader.read(block.rows[index], external_id)
            if record[START] > self.now + AHEAD:
                raise Fault(
                    self.mapping.time.column,
                    Reason.CLOCK_AHEAD,
                    wrong("ahead", minutes=(record[START] - self.now) // 60),
                )
        except Fault as fault:
            self._wait(block, index, external_id, fault, done)
            return None
        return record

    def _wait(self, block: Block, index: int, external_id: str, fault: Fault, done: Mediated) -> None:
        raw = raw_of(self.header, block.rows[index])
        line = block.first_line + index
        reason = Reason(fault.reason).name
        done.waiting.append(Waiting(line, external_id, fault.field, reason, str(fault), raw))

    def _sound(self, block: Block, done: Mediated) -> list[int]:
        """Places of the rows that have the header's width, can be kept and are not skipped."""
        width = len(self.header)
        if block.plain and not self.mapping.skip and set(map(len, block.rows)) == {width}:
            return list(range(len(block.rows)))
        places = []
        keepable = block.plain or all_keepable(block.rows)
        for index, row in enumerate(block.rows):
            if not row:
                done.skipped += 1
            elif not keepable and not all_keepable([row]):
                done.rejected.append(block.first_line + index)
            elif len(row) != width:
                detail = wrong("cells", found=len(row), expected=width)
                self._wait(block, index, "", Fault("", Reason.BAD_FIELD, detail), done)
            elif self.mapping.skip and self._skipped(row):
                done.skipped += 1
            else:
                places.append(index)
        return places

    def _skipped(self, row: list[str]) -> bool:
        return any(row[self.index[column]].strip().lower() in words for column, words in self.mapping.skip)

    def _ids(self, block: Block, places: list[int]) -> list[str]:
        """The id of each row: its own, or one made from its content."""
        if self.mapping.id_column:
            column = self.index[self.mapping.id_column]
            return [block.rows[index][column].strip() for index in places]
        return [self._made_id(block.rows[index]) for index in places]

    def _made_id(self, row: list[str]) -> str:
        text = "\x1f".join([row[index] for index in self.used])
        made = "#" + blake2b(text.encode(), digest_size=16).hexdigest()
        if self.mapping.identity == "row":
            self._seen[made] += 1
            return f"{made}.{self._seen[made]}"
        return made


def mediator_of(mapping: SourceMapping, header: Sequence[str], content: Content, now: int) -> Mediator:
    """A mediator for a header that has all columns of the mapping.

    Raises:
        IntakeError: it has not.
    """
    missing = [column for column in mapping.columns if column not in header]
    if missing:
        raise IntakeError(_("There is no column {missing}.").format(missing=", ".join(missing)))
    return Mediator(mapping, header, content, now)


def all_keepable(rows: list[list[str]]) -> bool:
    """Whether all bytes were text: what was not became surrogates, and a zero byte is no text."""
    text = "".join(["".join(row) for row in rows])
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def raw_of(header: Sequence[str], row: list[str]) -> str:
    """A row as it came, by column; a row of another width as a list."""
    if len(row) == len(header):
        return json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False)
    return json.dumps(row, ensure_ascii=False)
