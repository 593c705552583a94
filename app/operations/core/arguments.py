"""What no operation can work with: numbers beyond the database, text that is none, months that are none."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import _
from app.operations.core.errors import Invalid

LARGEST = 2**63 - 1
LONGEST = 10_000


def check_arguments(arguments: Mapping[str, object]) -> None:
    """Refuse such a value wherever it came from: a form, the command line, an export.

    Raises:
        Invalid: it names the argument.
    """
    for name, value in arguments.items():
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, str):
                _check_text(name, each)
            elif isinstance(each, int):
                _check_number(name, each)


def _check_text(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise Invalid(_("{name} is too long.").format(name=name), name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(_("{name} is not readable text.").format(name=name), name) from error


def _check_number(name: str, number: int) -> None:
    if not -LARGEST <= number <= LARGEST:
        raise Invalid(_("{name} is out of range.").format(name=name), name)
    if name == "month" and number and not (190001 <= number <= 299912 and 1 <= number % 100 <= 12):
        raise Invalid(_("Write the month as year and month, like 202611."), "month")
