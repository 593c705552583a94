"""What lists and the first screen import: never the ORM, which costs more than the rest together."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "accounts",
        "lines",
        "dashboard",
        "usage",
        "tariffs",
        "limits",
        "blocks",
        "bundles",
        "barring",
        "features",
    ],
)
def test_reading_loads_no_orm(module: str) -> None:
    code = (
        f"import sys, app.operations.{module}; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} "
        "& {'sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'textual', 'rich', 'numpy', 'numba'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
