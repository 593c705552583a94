"""What is wrong with a row, as it is stored: a code and its values, to be worded for whoever reads it."""

from __future__ import annotations

import json

MOST_TEXT = 80
"""Characters of a cell that are kept to show what is wrong; the row itself is kept whole elsewhere."""


def wrong(code: str, **values: str | int) -> str:
    """A fault to store or to raise; `app.operations.core.wrong_words` has the words of each code."""
    kept = {name: value[:MOST_TEXT] if isinstance(value, str) else value for name, value in values.items()}
    return json.dumps({"wrong": code, **kept}, ensure_ascii=False)
