"""What every child needs is loaded once, before the first fork, and shared by all."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import suppress
from typing import Final

from rich.cells import cell_len

PACKAGES: Final = ("app.screens", "app.widgets", "app.operations", "app.tours", "app.models")
SKIPPED: Final = ("app.models.migrations",)
MODULES: Final = (
    "app.serving.portal_child",
    "app.serving.web.child",
    "app.guided",
    "app.content.articles_file",
    "app.store.sqlite_store",
    "app.store.file_sign",
    "textual.scrollbar",
    "app.cli.dispatch",
    "babel.numbers",
    "babel.dates",
)


def load() -> None:
    """Import the portal; nothing is opened, no thread is started."""
    from app.__main__ import load_loop

    load_loop()
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.startswith(SKIPPED):
                importlib.import_module(module.name)
    for name in MODULES:
        importlib.import_module(name)
    # Rich reads its table of widths at the first sign that is not ASCII.
    cell_len("é")
    read_sheets()


def read_sheets() -> None:
    """Read what every screen is styled by. Content that is wrong is told by the first child, as anywhere."""
    from app.content.errors import ContentError
    from app.serving import sheets
    from app.serving.portal_child import operator_of
    from app.settings import SettingsError, read_settings

    sheets.install()
    with suppress(ContentError, SettingsError):
        settings = read_settings()
        sheets.read_ahead(settings, operator_of(settings.content).brand.primary)
