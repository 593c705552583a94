"""The languages and sizes that a task is walked in: English on a small screen in every run, the others in
`make long`. What a large screen looks like is in the pictures of every run."""

from __future__ import annotations

import pytest

from app.i18n import LANGUAGES

IN_EACH = ["en", *(pytest.param(each, marks=pytest.mark.long) for each in LANGUAGES if each != "en")]
AT_EACH = [(80, 24), pytest.param((120, 40), marks=pytest.mark.long)]
