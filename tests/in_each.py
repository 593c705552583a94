"""The languages that a whole task is walked in: English in every run, the others in `make long`."""

from __future__ import annotations

import pytest

from app.i18n import LANGUAGES

IN_EACH = ["en", *(pytest.param(each, marks=pytest.mark.long) for each in LANGUAGES if each != "en")]
