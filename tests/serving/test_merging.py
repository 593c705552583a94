"""Equal pages of sessions are given to the kernel to merge only when the operator asks for it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import pytest

from app.serving.merging import KERNEL
from tests.serving.conftest import Served, eventually

PR_GET_MEMORY_MERGE = 68


@pytest.mark.parametrize("asked", ["yes", "no"])
def test_sessions_are_merged_when_asked_and_the_log_says_what_is_in_the_way(
    start: Callable[..., Served], asked: str
) -> None:
    served = start("--pool", "1", LOKET_MERGE_MEMORY=asked)
    eventually(served.sessions)
    told = (served.home / "server.err").read_text()
    (session,) = served.sessions()
    kernel_can = ctypes.CDLL(None).prctl(PR_GET_MEMORY_MERGE, 0, 0, 0, 0) >= 0
    if asked == "no":
        assert "LOKET_MERGE_MEMORY" not in told
    elif kernel_can:
        assert ("Write 1 to" in told) == (KERNEL.read_text().strip() != "1")
    else:
        assert "cannot merge memory" in told
    state = Path(f"/proc/{session}/ksm_stat")
    says = state.read_text() if state.exists() else ""
    if "ksm_merge_any" in says:  # newer kernels do
        assert ("ksm_merge_any: yes" in says) == (asked == "yes")
