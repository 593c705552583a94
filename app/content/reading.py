"""Read TOML with checks: every getter notes what is wrong in `errors` and goes on with a harmless value.

So one pass over a file finds all its mistakes. A file with mistakes must not be used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from app.content.errors import ContentError
from app.content.texts import Texts
from app.content.toml_kinds import is_of, kind_name
from app.i18n import LANGUAGES

_REQUIRED: Final = object()


def read_toml(path: Path, file: str, errors: list[ContentError]) -> Section:
    """The root of a TOML file; empty (with an error noted) when the file is missing or no TOML."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
        return Section(file, tomllib.loads(content), errors)
    except OSError as error:
        errors.append(
            ContentError(
                file, "", f"The file cannot be read: {error.strerror}.", "Put it into the content folder."
            )
        )
    except UnicodeDecodeError:
        errors.append(ContentError(file, "", "The file is not UTF-8.", "Save it in UTF-8."))
    except (ValueError, RecursionError) as error:
        errors.append(
            ContentError(file, "", f"This is not TOML: {error}.", "Correct the line that is named.")
        )
    return Section(file, {}, errors, silent=True)


class Section:
    """One table of a TOML file. Keys that nobody asked for are mistakes: call `finish` at the end."""

    def __init__(
        self,
        file: str,
        values: dict[str, Any],
        errors: list[ContentError],
        path: str = "",
        *,
        silent: bool = False,
    ) -> None:
        self.file = file
        self.path = path
        self._values = values
        self._errors = errors
        self._asked: list[str] = []
        self._known_errors = len(errors)
        self._silent = silent
        """Nothing is missed here: the whole table is missing, and that was said."""

    @property
    def sound(self) -> bool:
        """Nothing was noted since reading of this section began: its values can be compared."""
        return len(self._errors) == self._known_errors

    def error(self, key: str, problem: str, cure: str) -> None:
        """Note a mistake at a key of this section."""
        if not self._silent:
            self._errors.append(ContentError(self.file, self.dotted(key), problem, cure))

    def dotted(self, key: str) -> str:
        """The path of a key from the root of the file."""
        return ".".join(part for part in (self.path, key) if part)

    def call(self, path: str) -> None:
        """Have mistakes in this section said under another path."""
        self.path = path

    def peek(self, key: str) -> Any:
        """What stands under a key, unchecked; None if nothing does. It is still to be asked for."""
        return self._values.get(key)

    def suggest(self, word: str, known: Iterable[str], otherwise: str = "Remove it.") -> str:
        """A cure for a word that is not known."""
        import difflib  # only when there is something to mend

        close = difflib.get_close_matches(word, list(known), n=1)
        return f"Did you mean {close[0]}?" if close else otherwise

    def names(self) -> list[str]:
        """The keys in the order of the file."""
        return list(self._values)

    def has(self, key: str) -> bool:
        """Is the key there?"""
        self._asked.append(key)
        return key in self._values

    def text(
        self,
        key: str,
        *,
        default: Any = _REQUIRED,
        choices: Collection[str] = (),
        pattern: str = "",
        form: str = "",
    ) -> str:
        """A text that is not empty; one of `choices`, or fitting `pattern`, of which `form` tells people."""
        value = self._typed(key, str, 'a text in quotes, like "mobile"', default)
        if value is None:
            return "" if default is _REQUIRED else default
        if not value.strip():
            self.error(key, "The text is empty.", "Write something, or remove the key if it may be absent.")
        elif choices and value not in choices:
            cure = self.suggest(value, choices, f"Choose one of {', '.join(choices)}.")
            self.error(key, f"{value!r} is not one of the choices.", cure)
        elif pattern and not re.fullmatch(pattern, value):
            self.error(key, f"{value!r} has not the expected form.", f"Write {form}.")
        return str(value)

    def integer(self, key: str, *, low: int, high: int, default: Any = _REQUIRED) -> int:
        """A whole number from `low` to `high`."""
        value = self._typed(key, int, "a whole number", default)
        if value is None:
            return low if default is _REQUIRED else default
        if not low <= value <= high:
            self.error(key, f"{value} is out of range.", f"Write a number from {low} to {high}.")
            return low
        return int(value)

    def cents(self, key: str, *, default: Any = _REQUIRED) -> int:
        """A price in whole cents; 12.50 euro is written 1250."""
        value = self._values.get(key)
        if isinstance(value, float | str):
            self._asked.append(key)
            cure = "Write the number of cents as a whole number: 12.50 euro is 1250."
            self.error(key, f"{value!r} is not a price in cents.", cure)
            return 0
        return self.integer(key, low=0, high=10_000_000, default=default)

    def boolean(self, key: str, *, default: Any = _REQUIRED) -> bool:
        """True or false."""
        value = self._typed(key, bool, "true or false", default)
        if value is None:
            return False if default is _REQUIRED else default
        return bool(value)

    def day(self, key: str, *, default: Any = _REQUIRED) -> Any:
        """A day, written 2026-01-31 without quotes."""
        return self._typed(key, date, "a day like 2026-01-31, without quotes", default) or (
            date.min if default is _REQUIRED else default
        )

    def clock_time(self, key: str) -> time:
        """A time of day, written 08:30:00 without quotes."""
        return self._typed(key, time, "a time like 08:30:00, without quotes", _REQUIRED) or time()

    def instant(self, key: str, *, optional: bool = False) -> int | None:
        """A moment like 2026-01-31T08:30:00+01:00, without quotes, in unix seconds; None if it is absent."""
        form = "a moment like 2026-01-31T08:30:00+01:00, without quotes"
        value = self._typed(key, datetime, form, None if optional else _REQUIRED)
        if value is not None and value.tzinfo is None:
            self.error(key, f"{value} does not say in which zone.", f"Write {form}.")
            return None
        return None if value is None else int(value.timestamp())

    def integers(self, key: str, *, low: int, high: int) -> tuple[int, ...]:
        """A list of different whole numbers, ascending."""
        values = self._list(key, int, "a list of whole numbers, like [1, 12, 24]")
        if any(not low <= value <= high for value in values):
            self.error(key, "A number is out of range.", f"Each is from {low} to {high}.")
        if list(values) != sorted(set(values)):
            self.error(
                key, "The numbers are not in order, or one is there twice.", "List each once, ascending."
            )
        return values

    def words(self, key: str, *, choices: Collection[str] = (), default: Any = _REQUIRED) -> tuple[str, ...]:
        """A list of different texts, each one of `choices` when given."""
        if default is not _REQUIRED and key not in self._values:
            self._asked.append(key)
            return tuple(default)
        values = self._list(key, str, 'a list of texts, like ["en", "nl"]')
        if len(set(values)) != len(values):
            self.error(key, "A word is there twice.", "List each once.")
        for value in values:
            if choices and value not in choices:
                cure = self.suggest(value, choices, f"Choose from {', '.join(choices)}.")
                self.error(key, f"{value!r} is not one of the choices.", cure)
        return values

    def list_of_words(self, key: str) -> tuple[str, ...]:
        """A list of texts of which one may be there twice."""
        return self._list(key, str, 'a list of texts, like ["down", "down", "enter"]')

    def texts(self, key: str) -> Texts:
        """A text in every language: { en = "…", nl = "…", de = "…" }."""
        return self.section(key).texts_of_languages()

    def texts_of_languages(self) -> Texts:
        """The text that this section is, in every language; nothing else may stand in it."""
        texts = Texts(*(self.text(language) for language in LANGUAGES))
        self.finish()
        return texts

    def texts_list(self, key: str) -> tuple[Texts, ...]:
        """Texts in every language: [[key]] with en, nl and de."""
        return tuple(section.texts_of_languages() for section in self.sections(key))

    def section(self, key: str, *, optional: bool = False) -> Section:
        """The table under a key; an empty one if it is optional and absent."""
        default: Any = {} if optional else _REQUIRED
        value = self._typed(key, dict, f"a table, like [{self.dotted(key)}]", default)
        return self._child(key, value if value is not None else {}, silent=value is None and not optional)

    def sections(self, key: str, *, optional: bool = False) -> list[Section]:
        """The tables of an array: [[key]]."""
        if optional and key not in self._values:
            self._asked.append(key)
            return []
        values = self._list(key, dict, f"tables, each beginning with [[{self.dotted(key)}]]")
        return [self._child(f"{key}[{number}]", value) for number, value in enumerate(values, 1)]

    def one_or_more(self, key: str) -> list[Section]:
        """A table, or a list of tables, under a key."""
        if isinstance(self._values.get(key), dict):
            return [self.section(key)]
        return self.sections(key)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                cure = self.suggest(key, [known for known in self._asked if known not in self._values])
                self.error(key, f"There is no setting {key!r} here.", cure)

    def _child(self, key: str, values: dict[str, Any], *, silent: bool = False) -> Section:
        return Section(self.file, values, self._errors, self.dotted(key), silent=silent or self._silent)

    def _typed(self, key: str, kind: type, form: str, default: Any) -> Any:
        """The value if it is of the kind, else None."""
        self._asked.append(key)
        if key not in self._values:
            if default is _REQUIRED:
                self.error(key, "The setting is missing.", f"Add it: {form}.")
            return None
        value = self._values[key]
        if is_of(value, kind):
            return value
        self.error(key, f"{value!r} is {kind_name(value)}.", f"Write {form}.")
        return None

    def _list(self, key: str, kind: type, form: str) -> tuple[Any, ...]:
        values = self._typed(key, list, form, _REQUIRED)
        if values is None:
            return ()
        if any(not is_of(value, kind) for value in values):
            self.error(key, "The list holds something else.", f"Write {form}.")
            return ()
        return tuple(values)
