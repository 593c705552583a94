"""What went wrong, said once: a sentence for people, an object for scripts, an exit code for both."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from app.text import safe

USAGE = 2
UNAVAILABLE = 6


class WrongUsage(Exception):
    """The command line itself is wrong; the text says how to write it."""


def report(error: Exception, as_json: bool) -> int:
    """Write an error to the error output; the exit code.

    Raises:
        Exception: the error itself, where it is a fault of the program and not of the request.
    """
    code, told = describe(error)
    if as_json:
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr)
        return code
    for line in str(told["message"]).splitlines():
        print(safe(line), file=sys.stderr)
    for difference in told.get("differences", ()):
        print(safe("  {field}: {theirs} (you: {mine})".format(**difference)), file=sys.stderr)
    return code


def describe(error: Exception) -> tuple[int, dict[str, Any]]:
    """Exit code and {error, message, field, ...} of an error that a request can cause.

    Raises:
        Exception: the error itself, if it is none of those.
    """
    from app.content.errors import ContentError, InvalidContent
    from app.operations.core.errors import Conflict, OperationError
    from app.settings import SettingsError
    from app.store import StoreError

    told: dict[str, Any] = {"error": _word(error), "message": str(error), "field": ""}
    if isinstance(error, OperationError):
        told["field"] = error.field
        if isinstance(error, Conflict):
            told["version"] = error.version
            told["differences"] = [asdict(difference) for difference in error.differences]
        return error.exit_code, told
    if isinstance(error, WrongUsage):
        return USAGE, told
    if isinstance(error, SettingsError):
        return USAGE, told | {"field": error.variable}
    if isinstance(error, ContentError | InvalidContent):
        mistakes = [error] if isinstance(error, ContentError) else error.errors
        fields = ("file", "key", "problem", "cure")
        told["errors"] = [{name: getattr(mistake, name) for name in fields} for mistake in mistakes]
        return USAGE, told
    if isinstance(error, StoreError):
        return UNAVAILABLE, told
    if isinstance(error, OSError) and error.filename is not None:
        told["message"] = f"{error.filename}: {error.strerror}."
        return UNAVAILABLE, told
    raise error


def _word(error: Exception) -> str:
    """`NotFound` becomes `not_found`."""
    name = type(error).__name__.removesuffix("Error") or "Error"
    return "".join("_" * (i > 0) + c.lower() if c.isupper() else c for i, c in enumerate(name))
