from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app import i18n


@pytest.fixture
def dutch(tmp_path: Path) -> Iterator[None]:
    catalogue = Catalog(locale="nl")
    catalogue.add("Lines", "Lijnen")
    catalogue.add(("{count} line", "{count} lines"), ("{count} lijn", "{count} lijnen"))
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "loket.mo").open("wb") as file:
        write_mo(file, catalogue)
    before = i18n._folder
    i18n.use_catalogues(tmp_path)
    yield
    i18n._folder = before
    i18n._catalogues.clear()


@pytest.mark.usefixtures("dutch")
def test_a_language_holds_inside_its_block() -> None:
    assert i18n._("Lines") == "Lines"
    with i18n.use_language("nl"):
        assert i18n._("Lines") == "Lijnen"
        assert i18n.ngettext("{count} line", "{count} lines", 2) == "{count} lijnen"
        with i18n.use_language("de"):
            assert i18n._("Lines") == "Lines"
        assert i18n.language() == "nl"
    assert i18n.language() == "en"
