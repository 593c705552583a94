"""In tests a password costs next to nothing, except where its cost is what is tested: `real_hashes`.

A real hash takes 64 MiB and a quarter of a second of a core; thousands of tests need one on their way.
"""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.operations.core import passwords

REAL = (passwords.HASHER, passwords.NOBODY)
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords.HASHER = LIGHT  # type: ignore[misc]
passwords.NOBODY = LIGHT.hash("nobody")  # type: ignore[misc]


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash as the product does."""
    for name, value in zip(("HASHER", "NOBODY"), REAL, strict=True):
        monkeypatch.setattr(passwords, name, value)
