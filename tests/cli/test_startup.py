"""A command loads what it uses and nothing else: scripts call it often."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import sys
sys.argv = ["loket", *{argv!r}]
from app.__main__ import main
code = main()
print("LOADED", *sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
sys.exit(code)
"""
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "textual",
    "rich",
    "numpy",
    "numba",
    "pyarrow",
    "babel",
    "argon2",
)


def loaded(tmp_path: Path, *argv: str) -> tuple[int, list[str]]:
    """Exit code, and the heavy libraries that a fresh process has loaded for a command."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(argv=list(argv), heavy=HEAVY)],
        env={"LOKET_HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()[-1].split()[1:]


@pytest.mark.parametrize(
    "argv",
    [
        ("--version",),
        ("rate", "call", "--to", "+491", "--seconds", "60"),
        ("rate", "data", "1 GB", "--json"),
        ("usage", "import", "--help"),
    ],
)
def test_a_small_command_loads_no_large_library(tmp_path: Path, argv: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *argv) == (0, [])


def test_the_door_loads_nothing_before_it_knows_what_is_wanted() -> None:
    code = "import sys; before = set(sys.modules); import app.__main__; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"app", "app.__main__", "__future__", "gc"}
