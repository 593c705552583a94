"""What every child needs is loaded once, before the first fork, and shared by all."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

PACKAGES: Final = ("app.screens", "app.widgets", "app.operations", "app.tours", "app.models")
SKIPPED: Final = ("app.models.migrations",)
MODULES: Final = (
    "app.serving.portal_child",
    "app.serving.web.child",
    "app.guided",
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
