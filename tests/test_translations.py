"""Dutch and German are complete, fit their sources and are compiled."""

from __future__ import annotations

import gettext
import re

import pytest

from tools import messages

PLACEHOLDER = re.compile(r"{(\w*)")


def forms(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, tuple | list) else [str(value)]


def test_every_text_is_translated() -> None:
    gaps = {language: messages.missing(messages.merged(language)) for language in messages.LANGUAGES}
    assert not any(gaps.values()), "run `make messages` and fill in data/locale"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    wrong = []
    for message in messages.read(language):
        if not message.id:
            continue
        allowed = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in forms(message.string):
            if form and set(PLACEHOLDER.findall(form)) != allowed:
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language: str) -> None:
    with messages.po_path(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in messages.read(language):
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string
