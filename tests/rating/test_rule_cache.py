"""Compiled rules are found again, and never served for other rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.rating import rule_cache


def test_what_another_version_compiled_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not rule_cache.is_compiled(tmp_path)
    folder = rule_cache.cache_folder(tmp_path) / "rating"
    folder.mkdir(parents=True)
    (folder / "batch.nbc").touch()
    assert rule_cache.is_compiled(tmp_path)
    monkeypatch.setattr(rule_cache, "numba_version", lambda: "0.1")
    assert not rule_cache.is_compiled(tmp_path)
