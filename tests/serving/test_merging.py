"""Equal pages of sessions are given to the kernel to merge only when the operator asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.serving.merging import KERNEL
from tests.serving.conftest import Served, eventually

LINUX = tuple(int(part) for part in os.uname().release.split(".")[:2])


@pytest.mark.parametrize("asked", ["yes", "no"])
def test_sessions_are_merged_when_asked_and_the_log_says_what_is_in_the_way(
    start: Callable[..., Served], asked: str
) -> None:
    served = start("--pool", "1", LOKET_MERGE_MEMORY=asked)
    eventually(served.sessions)
    told = (served.home / "server.err").read_text()
    (session,) = served.sessions()
    state = Path(f"/proc/{session}/ksm_stat")
    if asked == "no":
        assert "LOKET_MERGE_MEMORY" not in told
        assert not state.exists() or "ksm_merge_any: yes" not in state.read_text()
    elif KERNEL.exists() and LINUX >= (6, 4):
        assert not state.exists() or "ksm_merge_any: yes" in state.read_text()
        assert ("Write 1 to" in told) == (KERNEL.read_text().strip() != "1")
    else:
        assert "cannot merge memory" in told
